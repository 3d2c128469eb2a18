import { skuProblem } from '@mercat/grpc-service/skus'
import type { Budget } from '@mercat/service/budget'
import { foldedWords } from './search-text.ts'

/** What the callers of the search may set besides the words. */
export type PreviousFilter = {
	categories: readonly string[]
	brands: readonly string[]
	inStock: boolean
	currency: string | undefined
	minAmountMinor: number | undefined
	maxAmountMinor: number | undefined
	order: 'relevance' | 'price' | 'price desc' | 'newest'
}

export type PreviousRequest = {
	/** As the caller wrote it. */
	query: string
	filter: PreviousFilter
	/** Whether typos are forgiven. The first page decides it for all pages: there it is undefined. */
	forgiving: boolean | undefined
	after: { sortKey: number; sku: string } | undefined
	size: number
}

export type FacetValue = { value: string; count: number }

/** One page of matches, and the count and facets of all pages. */
export type PreviousMatches = {
	forgiving: boolean
	hits: { sku: string; sortKey: number }[]
	hasMore: boolean
	totalSize: number
	totalSizeExact: boolean
	facets: { field: string; values: FacetValue[] }[]
}

export type PreviousSearch = (request: PreviousRequest, budget: Budget) => Promise<PreviousMatches>

export type PreviousQuery = {
	/** Folded. The last one may be the beginning of a word. */
	words: string[]
	/** The whole query, when it can be a sku. */
	sku: string | undefined
	/** The query is empty: the search lists everything. */
	isListing: boolean
}

const longestQuery = 500
const mostWords = 16
const longestWord = 100

export function previousQuery(query: string): PreviousQuery {
	const text = query.trim()
	return {
		words: foldedWords(text.slice(0, longestQuery).toWellFormed())
			.slice(0, mostWords)
			.map((word) => word.slice(0, longestWord).toWellFormed()),
		sku: skuProblem(text) === undefined ? text : undefined,
		isListing: text === '',
	}
}
