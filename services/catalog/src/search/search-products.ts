import type { Product as ProductMessage } from '@mercat/catalog-api/messages/Product'
import type { SearchProductsRequest__Output as Request } from '@mercat/catalog-api/messages/SearchProductsRequest'
import type { SearchProductsResponse as Response } from '@mercat/catalog-api/messages/SearchProductsResponse'
import { openPage } from '@mercat/grpc-service/open-page'
import type { Budget } from '@mercat/service/budget'
import type { PageTokens } from '@mercat/service/page-token'
import { createPageBytes } from '../products/page-bytes.ts'
import { type Product, toProductMessage } from '../products/product.ts'
import { findSpelling } from './analysis/find-spelling.ts'
import type { SearchAnswer, SearchPage } from './answer-search.ts'
import type { PreviousMatches, PreviousSearch } from './previous/previous-query.ts'
import type { SearchCursor } from './request/search-cursor.ts'
import { type Search, validSearch } from './request/search-request.ts'
import { searchTook } from './search-duration.ts'
import { type Corrections, correctedQuery } from './understanding/corrected-query.ts'

type Hits = PreviousMatches['hits']

export type SearchProductsNeeds = {
	pageTokens: PageTokens<SearchCursor>
	/** Whether the first build of the index has ended. */
	isIndexComplete(budget: Budget): Promise<boolean>
	answer(search: Search, page: SearchPage, budget: Budget): Promise<SearchAnswer>
	/** Answers until the first build of the index has ended. */
	previousSearch: PreviousSearch
	/** The products that exist, in any order. */
	findProducts(skus: readonly string[], budget: Budget): Promise<Product[]>
}

type Answer = Omit<PreviousMatches, 'forgiving'> & {
	match: 'MATCH_ALL' | 'MATCH_SOME' | 'MATCH_CORRECTED'
	corrected: Corrections | undefined
	/** What the cursor of the next page has besides its place. */
	decided: Pick<SearchCursor, 'decision' | 'forgiving'>
}

/** One page of the products that match a query and a filter. */
export function searchProducts(needs: SearchProductsNeeds) {
	const { pageTokens, isIndexComplete, answer, previousSearch, findProducts } = needs
	return async (request: Request, budget: Budget): Promise<Response> => {
		const startedAt = performance.now()
		const search = validSearch(request)
		// Facets may differ between pages.
		const { attributeFacets: _, ...of } = search
		const page = openPage(request, { pageTokens, of })
		const { hits, hasMore, decided, corrected, ...summary } = await find(search, page, budget)
		const found = await productsOf(hits, corrected, budget)
		const products = messagesOf(found)
		const shown = fittingHits(hits, products)
		searchTook(performance.now() - startedAt, summary.match === 'MATCH_CORRECTED')
		const last = hasMore || shown.length < hits.length ? shown.at(-1) : undefined
		return {
			...summary,
			correctedQuery: corrected === undefined ? '' : correctedQuery(corrected, spellingOf(found)),
			products: shown.flatMap(({ sku }) => products.get(sku) ?? []),
			nextPageToken: page.tokenAfter(last && { ...decided, ...last }),
		}
	}

	async function find(search: Search, page: SearchPage, budget: Budget): Promise<Answer> {
		// A page of the version before is followed by pages of the version before.
		const isPrevious = page.after?.forgiving !== undefined
		if (isPrevious || !(await isIndexComplete(budget))) return findPreviously(search, page, budget)
		const { decision, ...found } = await answer(search, page, budget)
		return { ...found, match: matchNames[decision.match], decided: { decision } }
	}

	async function findPreviously(search: Search, { after, size }: SearchPage, budget: Budget): Promise<Answer> {
		const { query, collapse: _, attributeFacets, ...filter } = search
		const request = { query, filter, forgiving: after?.forgiving, after, size }
		const { forgiving, ...found } = await previousSearch(request, budget)
		const facets = [...found.facets, ...attributeFacets.map((name) => ({ field: `attributes.${name}`, values: [] }))]
		// The version before tells no correction.
		return { ...found, facets, match: 'MATCH_ALL', corrected: undefined, decided: { forgiving } }
	}

	// A product that has the corrected words comes with those of the page.
	async function productsOf(hits: Hits, corrected: Corrections | undefined, budget: Budget): Promise<Product[]> {
		const skus = new Set(hits.map(({ sku }) => sku))
		if (corrected !== undefined) skus.add(corrected.sku)
		return findProducts([...skus], budget)
	}
}

/** By sku, without products that were archived after the search. */
function messagesOf(products: readonly Product[]): Map<string, ProductMessage> {
	const shown = products.filter(({ archived }) => !archived)
	return new Map(shown.map((product) => [product.sku, toProductMessage(product)]))
}

/** How the first of the products that has a folded word writes it. */
function spellingOf(products: readonly Product[]): (word: string) => string | undefined {
	return (word) => {
		for (const product of products) {
			const spelling = findSpelling(product, word)
			if (spelling !== undefined) return spelling
		}
		return undefined
	}
}

const matchNames = {
	all: 'MATCH_ALL',
	sku: 'MATCH_ALL',
	corrected: 'MATCH_CORRECTED',
	some: 'MATCH_SOME',
} as const

/** The hits that fit into one message. A page of large products may be shorter than asked for (AIP-158). */
function fittingHits(hits: Hits, products: Map<string, ProductMessage>): Hits {
	const page = createPageBytes()
	const end = hits.findIndex(({ sku }) => !page.add(products.get(sku) ?? ''))
	return end === -1 ? hits : hits.slice(0, end)
}
