import type { Product } from '@mercat/catalog-api/messages/Product'

const productCount = 1_000
const customerCount = 1_000

/** The stock of each product, so large that no run can sell it out. */
export const onHand = 1_000_000_000

/** The products of every contestant. */
export const products = Array.from({ length: productCount }, (_, index) => {
	const sku = `SKU-${String(index).padStart(5, '0')}`
	return {
		sku,
		title: `Stoneware mug, glaze ${index}`,
		description: 'Thrown by hand and fired twice. Holds 350 ml, goes into the dishwasher and the microwave.',
		brand: 'Mercat Studio',
		category: 'Home/Kitchen/Mugs',
		price: { currencyCode: 'EUR', amountMinor: 990 + index },
		attributes: { color: 'stone', capacity: '350 ml' },
		imageUrls: [`https://images.example.com/${sku}.jpg`],
	} satisfies Product
})

export const skus = products.map(({ sku }) => sku)

export const customers = Array.from({ length: customerCount }, (_, index) => `customer-${index}`)

/** The issuer and audience of all tokens. */
export const tokenIssuer = { issuer: 'mercat', audience: 'mercat' }
