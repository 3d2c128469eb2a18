import type { SearchProductsRequest__Output as Request } from '@mercat/catalog-api/messages/SearchProductsRequest'
import type { SearchProductsResponse as Response } from '@mercat/catalog-api/messages/SearchProductsResponse'
import type { PageTokens } from '@mercat/service/page-token'
import { CatalogError } from './errors.ts'
import { type Product, toProductMessage } from './product.ts'
import { type Cursor, type Search, validSearch } from './search-request.ts'
import type { Matches } from './search-store.ts'
import { forgivingTerms, plainTerms, type SearchTerm } from './search-terms.ts'

type Needs = {
	pageTokens: PageTokens<Cursor>
	hasMatches(search: Search, terms: readonly SearchTerm[]): Promise<boolean>
	findSimilarWords(words: readonly string[]): Promise<Map<string, string[]>>
	/** One page after the cursor, and what is told of all pages. */
	findMatches(
		search: Search,
		terms: readonly SearchTerm[],
		page: { after: Cursor | undefined; size: number },
	): Promise<Matches>
	findProducts(skus: readonly string[]): Promise<Product[]>
}

export function searchProducts({ pageTokens, hasMatches, findSimilarWords, findMatches, findProducts }: Needs) {
	return async (request: Request): Promise<Response> => {
		const { search, pageSize } = validSearch(request)
		// The query as it was asked, beside what was made of it.
		const otherArguments = [request.query, search]
		const after = request.pageToken === '' ? undefined : pageTokens.decode(request.pageToken, otherArguments)
		if (request.pageToken !== '' && after === undefined) throw new CatalogError('PAGE_TOKEN_INVALID')
		const forgiving = after?.forgiving ?? (await mustForgive(search))
		const terms = forgiving
			? forgivingTerms(search.words, await findSimilarWords(search.words))
			: plainTerms(search.words)
		const { hits, hasMore, ...summary } = await findMatches(search, terms, { after, size: pageSize })
		const last = hasMore ? hits.at(-1) : undefined
		return {
			...summary,
			products: await productsOf(hits),
			nextPageToken: last === undefined ? '' : pageTokens.encode({ forgiving, ...last }, otherArguments),
		}
	}

	/** Typos are looked for only when the words as they stand find nothing, whatever the filter. */
	async function mustForgive(search: Search): Promise<boolean> {
		return search.words.length > 0 && !(await hasMatches(search, plainTerms(search.words)))
	}

	async function productsOf(hits: Matches['hits']) {
		const bySku = new Map((await findProducts(hits.map(({ sku }) => sku))).map((product) => [product.sku, product]))
		// What was archived since the search was made is not shown.
		const products = hits.flatMap(({ sku }) => bySku.get(sku) ?? []).filter(({ archived }) => !archived)
		return products.map(toProductMessage)
	}
}
