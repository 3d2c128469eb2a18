import type { PriceLimitsSetting } from '@mercat/order-api/price-limit-schemas'
import type { PriceHistory } from '@mercat/order-api/price-schemas'
import type { ProductView } from '@mercat/order-api/product-schemas'

export const exampleProduct: ProductView = {
	sku: 'MUG-STONE-350',
	title: 'Stoneware mug, 350 ml',
	description: 'Hand-glazed; safe in the dishwasher.',
	brand: 'Terra',
	category: 'Home/Kitchen',
	price: { amountMinor: 1290, currency: 'EUR' },
	attributes: { colour: 'sand', material: 'stoneware' },
	imageUrls: ['https://shop.example/images/mug-stone-350.jpg'],
	state: 'ACTIVE',
	availableQuantity: 42,
	etag: '7',
	createTime: '2026-10-01T08:00:00.000Z',
	updateTime: '2026-11-20T09:30:00.000Z',
	lowestPrice30d: { amount: { amountMinor: 1450, currency: 'EUR' }, since: '2026-11-20T09:30:00.000Z' },
}

export const exampleHistoryOfPrices: PriceHistory = {
	sku: exampleProduct.sku,
	bars: [
		{
			beginsAt: '2026-11-20T00:00:00.000Z',
			open: { amountMinor: 1490, currency: 'EUR' },
			high: { amountMinor: 1490, currency: 'EUR' },
			low: exampleProduct.price,
			close: exampleProduct.price,
			changes: 1,
		},
	],
	nextPageToken: '',
	beginsAt: exampleProduct.createTime,
	exactSince: '2026-10-20T00:00:00.000Z',
}

export const exampleLimits: PriceLimitsSetting = { floor: { amountMinor: 990, currency: 'EUR' }, ceiling: null }
