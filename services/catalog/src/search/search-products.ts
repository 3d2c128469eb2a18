import type { Product as ProductMessage } from '@mercat/catalog-api/messages/Product'
import type { SearchProductsRequest__Output as Request } from '@mercat/catalog-api/messages/SearchProductsRequest'
import type { SearchProductsResponse as Response } from '@mercat/catalog-api/messages/SearchProductsResponse'
import type { Budget } from '@mercat/service/budget'
import type { PageTokens } from '@mercat/service/page-token'
import { CatalogError } from '../errors/catalog-error.ts'
import { createPageBytes } from '../products/page-bytes.ts'
import { type Product, toProductMessage } from '../products/product.ts'
import { searchTook } from './search-duration.ts'
import { type Cursor, type Search, validSearch } from './search-request.ts'
import { forgivingTerms, plainTerms, type SearchTerm } from './search-terms.ts'

export type FacetValue = { value: string; count: number }

/** One page of matches, and the count and facets of all pages. */
export type Matches = {
	hits: { sku: string; sortKey: number }[]
	hasMore: boolean
	totalSize: number
	totalSizeExact: boolean
	facets: { field: string; values: FacetValue[] }[]
}

export type MatchesPage = { after: Pick<Cursor, 'sku' | 'sortKey'> | undefined; size: number }

export type SearchProductsNeeds = {
	pageTokens: PageTokens<Cursor>
	/** Whether any product matches the terms, whatever the filter. */
	hasMatches(search: Search, terms: readonly SearchTerm[], budget: Budget): Promise<boolean>
	/** For each word that no product has: similar words that products have. */
	findSimilarWords(words: readonly string[], budget: Budget): Promise<Map<string, string[]>>
	findMatches(search: Search, terms: readonly SearchTerm[], page: MatchesPage, budget: Budget): Promise<Matches>
	/** The products that exist, in any order. */
	findProducts(skus: readonly string[], budget: Budget): Promise<Product[]>
}

/** One page of the products that match a query and a filter. */
export function searchProducts(needs: SearchProductsNeeds) {
	const { pageTokens, hasMatches, findSimilarWords, findMatches, findProducts } = needs
	return async (request: Request, budget: Budget): Promise<Response> => {
		const startedAt = performance.now()
		const { search, pageSize } = validSearch(request)
		// A page token belongs to the query as the caller spelled it, not only to its words.
		const otherArguments = [request.query, search]
		const after = request.pageToken === '' ? undefined : pageTokens.decode(request.pageToken, otherArguments)
		if (request.pageToken !== '' && after === undefined) throw new CatalogError('PAGE_TOKEN_INVALID')
		const forgiving = after?.forgiving ?? (await mustForgive(search, budget))
		const terms = forgiving
			? forgivingTerms(search.words, await findSimilarWords(search.words, budget))
			: plainTerms(search.words)
		const { hits, hasMore, ...summary } = await findMatches(search, terms, { after, size: pageSize }, budget)
		const products = await productsOf(hits, budget)
		const shown = fittingHits(hits, products)
		searchTook(performance.now() - startedAt, terms)
		const last = hasMore || shown.length < hits.length ? shown.at(-1) : undefined
		return {
			...summary,
			products: shown.flatMap(({ sku }) => products.get(sku) ?? []),
			nextPageToken: last === undefined ? '' : pageTokens.encode({ forgiving, ...last }, otherArguments),
		}
	}

	// Typos are forgiven only when no product matches the words as they stand, whatever the filter.
	async function mustForgive(search: Search, budget: Budget): Promise<boolean> {
		return search.words.length > 0 && !(await hasMatches(search, plainTerms(search.words), budget))
	}

	// By sku, without products that were archived after the search.
	async function productsOf(hits: Matches['hits'], budget: Budget): Promise<Map<string, ProductMessage>> {
		const found = await findProducts(
			hits.map(({ sku }) => sku),
			budget,
		)
		const shown = found.filter(({ archived }) => !archived)
		return new Map(shown.map((product) => [product.sku, toProductMessage(product)]))
	}
}

/** The hits that fit into one message. A page of large products may be shorter than asked for (AIP-158). */
function fittingHits(hits: Matches['hits'], products: Map<string, ProductMessage>): Matches['hits'] {
	const page = createPageBytes()
	const end = hits.findIndex(({ sku }) => !page.add(products.get(sku) ?? ''))
	return end === -1 ? hits : hits.slice(0, end)
}
