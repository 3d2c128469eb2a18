import type { SearchProductsRequest__Output as Request } from '@mercat/catalog-api/messages/SearchProductsRequest'
import type { SearchProductsResponse as Response } from '@mercat/catalog-api/messages/SearchProductsResponse'
import type { Cursor, PageTokens } from './page-token.ts'
import { type Product, toProductMessage } from './product.ts'
import { type Search, validSearch } from './search-request.ts'
import type { Matches } from './search-store.ts'

type Needs = {
	pageTokens: PageTokens
	/** Whether any product has all the words, whatever the filter. */
	hasWords(search: Search): Promise<boolean>
	/** One page after the cursor, and what is told of all pages. */
	findMatches(search: Search, page: { mode: Cursor['mode']; after: Cursor | undefined; size: number }): Promise<Matches>
	findProducts(skus: readonly string[]): Promise<Product[]>
}

export function searchProducts({ pageTokens, hasWords, findMatches, findProducts }: Needs) {
	return async (request: Request): Promise<Response> => {
		const { search, pageSize } = validSearch(request)
		// The words that count are a part of the query, so that the query itself belongs to the token.
		const otherArguments = [request.query, search]
		const after = request.pageToken === '' ? undefined : pageTokens.decode(request.pageToken, otherArguments)
		const mode = after?.mode ?? (await chooseMode(search))
		const { hits, hasMore, ...summary } = await findMatches(search, { mode, after, size: pageSize })
		const last = hasMore ? hits.at(-1) : undefined
		return {
			...summary,
			products: await productsOf(hits),
			nextPageToken: last === undefined ? '' : pageTokens.encode({ mode, ...last }, otherArguments),
		}
	}

	/** Typos are looked for only when the words as they stand are nowhere. */
	async function chooseMode(search: Search): Promise<Cursor['mode']> {
		if (search.isListing) return 'list'
		return search.words.length === 0 || (await hasWords(search)) ? 'words' : 'similar'
	}

	async function productsOf(hits: Matches['hits']) {
		const bySku = new Map((await findProducts(hits.map(({ sku }) => sku))).map((product) => [product.sku, product]))
		// What was archived since the search was made is not shown.
		const products = hits.flatMap(({ sku }) => bySku.get(sku) ?? []).filter(({ archived }) => !archived)
		return products.map(toProductMessage)
	}
}
