import type { Product as ProductMessage } from '@mercat/catalog-api/messages/Product'
import { toTimestamp } from '@mercat/catalog-api/timestamps'

/** The fields of a product that callers set. */
export type ProductFields = {
	sku: string
	title: string
	description: string
	brand: string
	/** A path such as `Home/Kitchen`, or empty. */
	category: string
	/** ISO 4217. */
	currency: string
	/** In the currency's minor units. */
	amountMinor: number
	attributes: Record<string, string>
	imageUrls: string[]
	/** The name that the variants of one thing share, or empty. */
	group: string
}

export type Product = ProductFields & {
	archived: boolean
	/** The source whose feed has archived the product. Empty when a person has, and for an active product. */
	archivedBy: string
	/** 1 at first; every change adds one. */
	version: number
	createdAt: Date
	updatedAt: Date
	/** On hand minus held. */
	available: number
}

export function toProductMessage(product: Product): ProductMessage {
	return {
		sku: product.sku,
		title: product.title,
		description: product.description,
		brand: product.brand,
		category: product.category,
		price: { currencyCode: product.currency, amountMinor: product.amountMinor },
		attributes: product.attributes,
		imageUrls: product.imageUrls,
		state: product.archived ? 'STATE_ARCHIVED' : 'STATE_ACTIVE',
		availableQuantity: product.available,
		etag: etagOf(product),
		createTime: toTimestamp(product.createdAt),
		updateTime: toTimestamp(product.updatedAt),
		group: product.group,
	}
}

/** The version as an entity tag, quotes included: `"3"`. */
export function etagOf({ version }: Product): string {
	return `"${version}"`
}
