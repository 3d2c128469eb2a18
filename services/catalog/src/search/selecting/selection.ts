import type { Budget } from '@mercat/service/budget'
import type { ColumnsView } from '../columns/columns.ts'
import type { Candidates } from '../matching/candidates.ts'
import type { Search } from '../request/search-request.ts'

/** Which of the candidates are shown. Without candidates: of all products. */
export type SelectionRequest = {
	view: ColumnsView
	candidates: Candidates | undefined
	/** Its filter, order, collapse and attribute facets. */
	search: Search
	after: { sortKey: number; sku: string } | undefined
	size: number
	budget: Budget
}

export type FacetValue = { value: string; count: number }

export type Facet = { field: string; values: FacetValue[] }

/** One page, and the count and facets of all pages. */
export type Selection = {
	hits: { sku: string; sortKey: number }[]
	hasMore: boolean
	totalSize: number
	totalSizeExact: boolean
	facets: Facet[]
}

export type Select = (request: SelectionRequest) => Promise<Selection>

/** So many candidates are ranked and counted after the filters: those with the best scores. */
export const mostCounted = 10_000

/** So many values of a facet are shown: the most frequent ones. */
export const mostFacetValues = 50
