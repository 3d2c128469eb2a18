/** Where a page ended, and what the first page decided for all pages. */
export type SearchCursor = {
	sortKey: number
	sku: string
	/** How products match, and how rare each term is. Missing on pages of the version before. */
	decision?: {
		match: 'all' | 'corrected' | 'sku' | 'some'
		rarities: number[]
		corrections?: string[]
		unfound?: number[]
	}
	/** Whether the version before forgives typos. */
	forgiving?: boolean
}
