import type { Budget } from '@mercat/service/budget'
import type { Dictionary } from './memory/dictionary.ts'
import type { ProductTable } from './memory/product-table.ts'

/** The row `search_index`. */
export type IndexState = {
	epoch: number
	/** The version of the code that made the tokens of the index. */
	analysis: number
	/** Whether the first build has ended. Until then the index of the version before answers. */
	complete: boolean
	synonymsVersion: number
}

/** What each process knows of the products without asking the database. */
export type Columns = {
	/**
	 * Brings the columns up to all that was committed before the call. Calls that wait at the same time share one statement.
	 *
	 * @throws OutOfTimeError when the columns are not loaded within the budget
	 */
	refresh(budget: Budget): Promise<ColumnsView>
	/** The state of the index, not older than the call. It needs no columns. */
	readState(budget: Budget): Promise<IndexState>
}

/**
 * The columns for one search. Docs that die after {@link Columns.refresh} still live in it, and docs that take their place do
 * not. Only values such as price and stock may be newer. It is for searches that end within {@link longestSearchMs}.
 */
export type ColumnsView = {
	readonly index: IndexState
	/** Living docs are below this number. */
	readonly docsEnd: number
	/** The number of products, archived ones included. */
	readonly size: number
	isLiving(doc: number): boolean
	/** Whether a search may show the doc: it lives, and its product is not archived. */
	isFindable(doc: number): boolean
	/** The number of words in the title of a doc that lives. */
	titleWords(doc: number): number
	sku(doc: number): string
	/** The docs of findable products whose sku, folded and without separators, contains the text. At most `most`, in no order. */
	docsWithSkuPart(text: string, most: number): number[]
	/** The brands of products, and how many findable products have each. */
	readonly brands: Dictionary
	/** The categories and all paths above them, and how many findable products each has. */
	readonly categories: Dictionary
	/**
	 * Whether a search may still need the postings of a doc. It is right for docs whose postings were committed before
	 * {@link Columns.refresh}.
	 */
	keepsDoc(doc: number): boolean
	/** Whether {@link keepsDoc} is true for all docs, because the columns were loaded a short time ago. */
	readonly keepsAll: boolean
	/** The slot of a doc in the table; -1 when it does not live. */
	slotOf(doc: number): number
	/** The products behind the view. Slots from `size` on belong to products that are newer. */
	readonly table: ProductTable
}

/** No search takes longer. Longer calls are refused after 10 s. */
export const longestSearchMs = 20_000
