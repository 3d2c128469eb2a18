import type { ProductUpsert } from '@mercat/catalog-api/messages/ProductUpsert'

/** One record of a product file: the product that it gives, or the reason that it gives none. */
export type ProductRow = {
	/** The line of the file where the record begins, or the number of its element. */
	line: number
	/** The sku of the product, or the text that the file has for it. Missing where the record has none. */
	sku?: string
} & ({ upsert: ProductUpsert } | { rule: string; problem: string })
