import type { SearchProductsRequest__Output as Request } from '@mercat/catalog-api/messages/SearchProductsRequest'
import type { SearchProductsResponse as Response } from '@mercat/catalog-api/messages/SearchProductsResponse'
import type { PageTokens } from '@mercat/service/page-token'
import { CatalogError } from './errors.ts'
import { type Product, toProductMessage } from './product.ts'
import type { CallContext } from './rpc.ts'
import { type Cursor, type Search, validSearch } from './search-request.ts'
import type { Matches } from './search-store.ts'
import { forgivingTerms, plainTerms, type SearchTerm } from './search-terms.ts'

type Needs = {
	pageTokens: PageTokens<Cursor>
	hasMatches(search: Search, terms: readonly SearchTerm[], context: CallContext): Promise<boolean>
	findSimilarWords(words: readonly string[], context: CallContext): Promise<Map<string, string[]>>
	/** One page after the cursor, and what is told of all pages. */
	findMatches(
		search: Search,
		terms: readonly SearchTerm[],
		page: { after: Cursor | undefined; size: number },
		context: CallContext,
	): Promise<Matches>
	findProducts(skus: readonly string[], context: CallContext): Promise<Product[]>
}

export function searchProducts({ pageTokens, hasMatches, findSimilarWords, findMatches, findProducts }: Needs) {
	return async (request: Request, context: CallContext): Promise<Response> => {
		const { search, pageSize } = validSearch(request)
		// The query as it was asked, beside what was made of it.
		const otherArguments = [request.query, search]
		const after = request.pageToken === '' ? undefined : pageTokens.decode(request.pageToken, otherArguments)
		if (request.pageToken !== '' && after === undefined) throw new CatalogError('PAGE_TOKEN_INVALID')
		const forgiving = after?.forgiving ?? (await mustForgive(search, context))
		const terms = forgiving
			? forgivingTerms(search.words, await findSimilarWords(search.words, context))
			: plainTerms(search.words)
		const { hits, hasMore, ...summary } = await findMatches(search, terms, { after, size: pageSize }, context)
		const last = hasMore ? hits.at(-1) : undefined
		return {
			...summary,
			products: await productsOf(hits, context),
			nextPageToken: last === undefined ? '' : pageTokens.encode({ forgiving, ...last }, otherArguments),
		}
	}

	/** Typos are looked for only when the words as they stand find nothing, whatever the filter. */
	async function mustForgive(search: Search, context: CallContext): Promise<boolean> {
		return search.words.length > 0 && !(await hasMatches(search, plainTerms(search.words), context))
	}

	async function productsOf(hits: Matches['hits'], context: CallContext) {
		const found = await findProducts(
			hits.map(({ sku }) => sku),
			context,
		)
		const bySku = new Map(found.map((product) => [product.sku, product]))
		// What was archived since the search was made is not shown.
		const products = hits.flatMap(({ sku }) => bySku.get(sku) ?? []).filter(({ archived }) => !archived)
		return products.map(toProductMessage)
	}
}
