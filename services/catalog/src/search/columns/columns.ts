import type { Budget } from '@mercat/service/budget'

/** What each process knows of the products without asking the database. */
export type Columns = {
	/** Brings the columns up to all that was committed before the call. */
	refresh(budget: Budget): Promise<ColumnsView>
}

/**
 * The columns for one search. Docs that die after {@link Columns.refresh} still live in it, and docs that are born later do not.
 * Only values such as price and stock may be newer.
 */
export type ColumnsView = {
	/** Living docs are below this number. */
	readonly docsEnd: number
	/** The number of products, archived ones included. */
	readonly size: number
	isLiving(doc: number): boolean
	/** Whether a search may show the doc: it lives, and its product is not archived. */
	isFindable(doc: number): boolean
	/** The number of words in the title. */
	titleWords(doc: number): number
	sku(doc: number): string
	/** The docs whose sku, folded and without separators, contains the text. At most `most`, in no order. */
	docsWithSkuPart(text: string, most: number): number[]
}
