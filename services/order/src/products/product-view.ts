import type { LowestPrice__Output } from '@mercat/catalog-api/messages/LowestPrice'
import type { Product__Output } from '@mercat/catalog-api/messages/Product'
import type { LowestPrice, ProductView } from '@mercat/order-api/product-schemas'
import { toMoney } from '../catalog/catalog-money.ts'
import { toIsoTime } from '../catalog/catalog-time.ts'
import { invalidAnswer } from '../catalog/failures/invalid-answer.ts'

/** @throws Problem CATALOG_ERROR when the catalog's message is no product */
export function toProductView(product: Product__Output): ProductView {
	const { sku, title, description, brand, category, price, attributes, imageUrls, state, availableQuantity, etag } =
		product
	const productState = productStates[state]
	if (price === null || productState === undefined) throw invalidAnswer('a product without price or state')
	return {
		sku,
		title,
		description,
		brand,
		category,
		price: toMoney(price),
		attributes,
		imageUrls,
		state: productState,
		availableQuantity,
		etag,
		createTime: toIsoTime(product.createTime),
		updateTime: toIsoTime(product.updateTime),
		...(product.group !== '' && { group: product.group }),
		...toLowestPrice(product.lowestPrice30d),
	}
}

const productStates: Partial<Record<string, string>> = { STATE_ACTIVE: 'ACTIVE', STATE_ARCHIVED: 'ARCHIVED' }

/** The member of a product whose price is a reduction; of any other product no member. */
export function toLowestPrice(lowest: LowestPrice__Output | null): { lowestPrice30d?: LowestPrice } {
	if (lowest === null) return {}
	if (lowest.amount === null) throw invalidAnswer('a lowest price without an amount')
	return { lowestPrice30d: { amount: toMoney(lowest.amount), since: toIsoTime(lowest.since) } }
}
