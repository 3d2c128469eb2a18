import type { ProductFields } from './product.ts'

/** The fields of a product that search reads as text. */
export type ProductText = Pick<ProductFields, 'sku' | 'title' | 'description' | 'brand' | 'category' | 'attributes'>

/** What the search of the version before reads: words by weight, and the text that misspelled words are compared with. */
export type PreviousText = { a: string; b: string; c: string; d: string; text: string }

/** What a row of a product keeps of the index of its text. */
export type IndexedText = {
	/** The number of the text in the index. */
	searchDoc: number
	/** The version of the analysis that made its tokens. */
	searchAnalysis: number
	/** Missing once the index of the version before is no longer read. */
	search?: PreviousText
}

/** The index of the texts of products. */
export type TextIndex<Transaction> = {
	/**
	 * Adds the texts of products to the index, in the transaction that is to write the products afterwards. A doc whose product
	 * is not written never lives.
	 *
	 * @returns one for each product, in their order
	 */
	indexTexts(transaction: Transaction, products: readonly ProductText[]): Promise<IndexedText[]>
}

/** Whether two versions of a product have the same text in the index. */
export function isSameText(one: ProductText, other: ProductText): boolean {
	return (
		one.title === other.title &&
		one.description === other.description &&
		one.brand === other.brand &&
		one.category === other.category &&
		isSameRecord(one.attributes, other.attributes)
	)
}

/** Whether two records have the same members, whatever their order. */
export function isSameRecord(one: Readonly<Record<string, string>>, other: Readonly<Record<string, string>>): boolean {
	const names = Object.keys(one)
	return (
		names.length === Object.keys(other).length &&
		names.every((name) => Object.hasOwn(other, name) && one[name] === other[name])
	)
}
