import type { LowestPrice } from '@mercat/catalog-api/messages/LowestPrice'
import type { Money } from '@mercat/catalog-api/messages/Money'
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
	/** When the present price began; null when it is as old as the product, or older than the history. */
	priceBeganAt: Date | null
	/**
	 * The lowest price of the 30 days before the present one, in its currency; null unless the present price is lower than the
	 * one before it.
	 */
	lowestMinor: number | null
}

export type Price = Pick<ProductFields, 'currency' | 'amountMinor'>

/** A product under a lock. */
export type LockedProduct = Product & {
	/** The price that the etag began with, when later ones came without a new etag; null when none did. */
	etagPrice: Price | null
}

/** A product as an edit of a person finds it. */
export type EditedProduct = Product & {
	/** The prices that the product has had with its present etag, without the present one; of very many the latest. */
	etagPrices: readonly Price[]
}

/** What a message tells of a product. The log of changes knows no quantity. */
export type ToldProduct = Omit<Product, 'available' | 'archivedBy' | keyof Reduction> &
	Reduction & { available?: number }

/** The present price as a reduction, if it is one. */
type Reduction = { priceBeganAt?: Date | null; lowestMinor?: number | null }

export function toProductMessage(product: ToldProduct): ProductMessage {
	return {
		sku: product.sku,
		title: product.title,
		description: product.description,
		brand: product.brand,
		category: product.category,
		price: toMoney(product),
		attributes: product.attributes,
		imageUrls: product.imageUrls,
		state: product.archived ? 'STATE_ARCHIVED' : 'STATE_ACTIVE',
		...(product.available !== undefined && { availableQuantity: product.available }),
		etag: etagOf(product),
		createTime: toTimestamp(product.createdAt),
		updateTime: toTimestamp(product.updatedAt),
		group: product.group,
		lowestPrice30d: lowestPriceOf(product),
	}
}

export function lowestPriceOf({
	currency,
	lowestMinor,
	priceBeganAt,
}: Pick<Product, 'currency'> & Reduction): LowestPrice | null {
	if (lowestMinor == null || priceBeganAt == null) return null
	return { amount: toMoney({ currency, amountMinor: lowestMinor }), since: toTimestamp(priceBeganAt) }
}

export function toMoney({ currency, amountMinor }: Price): Money {
	return { currencyCode: currency, amountMinor }
}

/** The version as an entity tag, quotes included: `"3"`. */
export function etagOf({ version }: Pick<Product, 'version'>): string {
	return `"${version}"`
}
