import type { ColumnsView } from '../columns/columns.ts'
import type { Candidates } from '../matching/candidates.ts'
import type { Search } from '../request/search-request.ts'

/** Which of the candidates are shown. Without candidates: of all products. */
export type SelectionRequest = {
	view: ColumnsView
	candidates: Candidates | undefined
	/** Its filter, order and collapse. */
	search: Search
	after: { sortKey: number; sku: string } | undefined
	size: number
}

export type FacetValue = { value: string; count: number }

/** One page, and the count and facets of all pages. */
export type Selection = {
	hits: { sku: string; sortKey: number }[]
	hasMore: boolean
	totalSize: number
	totalSizeExact: boolean
	facets: { field: string; values: FacetValue[] }[]
}

export type Select = (request: SelectionRequest) => Promise<Selection>
