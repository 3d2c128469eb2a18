import type { Product as ProductMessage } from '@mercat/catalog-api/messages/Product'
import type { SearchProductsRequest__Output as Request } from '@mercat/catalog-api/messages/SearchProductsRequest'
import type { SearchProductsResponse as Response } from '@mercat/catalog-api/messages/SearchProductsResponse'
import type { Budget } from '@mercat/service/budget'
import type { PageTokens } from '@mercat/service/page-token'
import { CatalogError } from '../grpc/errors.ts'
import { type Product, toProductMessage } from '../products/product.ts'
import { type Cursor, type Search, validSearch } from './search-request.ts'
import type { Matches } from './search-store.ts'
import { forgivingTerms, plainTerms, type SearchTerm } from './search-terms.ts'

type Needs = {
	pageTokens: PageTokens<Cursor>
	hasMatches(search: Search, terms: readonly SearchTerm[], budget: Budget): Promise<boolean>
	findSimilarWords(words: readonly string[], budget: Budget): Promise<Map<string, string[]>>
	/** One page after the cursor, and what is told of all pages. */
	findMatches(
		search: Search,
		terms: readonly SearchTerm[],
		page: { after: Cursor | undefined; size: number },
		budget: Budget,
	): Promise<Matches>
	findProducts(skus: readonly string[], budget: Budget): Promise<Product[]>
}

// With a margin below the 4 MB that gRPC clients take in one message.
const mostPageBytes = 3 * 1024 * 1024

export function searchProducts({ pageTokens, hasMatches, findSimilarWords, findMatches, findProducts }: Needs) {
	return async (request: Request, budget: Budget): Promise<Response> => {
		const { search, pageSize } = validSearch(request)
		// The query as it was asked, beside what was made of it.
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
		const last = hasMore || shown.length < hits.length ? shown.at(-1) : undefined
		return {
			...summary,
			products: shown.flatMap(({ sku }) => products.get(sku) ?? []),
			nextPageToken: last === undefined ? '' : pageTokens.encode({ forgiving, ...last }, otherArguments),
		}
	}

	/** Typos are looked for only when the words as they stand find nothing, whatever the filter. */
	async function mustForgive(search: Search, budget: Budget): Promise<boolean> {
		return search.words.length > 0 && !(await hasMatches(search, plainTerms(search.words), budget))
	}

	/** By sku; what was archived since the search was made is not shown. */
	async function productsOf(hits: Matches['hits'], budget: Budget): Promise<Map<string, ProductMessage>> {
		const found = await findProducts(
			hits.map(({ sku }) => sku),
			budget,
		)
		const shown = found.filter(({ archived }) => !archived)
		return new Map(shown.map((product) => [product.sku, toProductMessage(product)]))
	}
}

/** A page of large products ends sooner than was asked for (AIP-158). */
function fittingHits(hits: Matches['hits'], products: Map<string, ProductMessage>): Matches['hits'] {
	let bytes = 0
	const end = hits.findIndex(({ sku }) => {
		// About as much as in the message itself.
		bytes += Buffer.byteLength(JSON.stringify(products.get(sku) ?? ''))
		return bytes > mostPageBytes
	})
	return end === -1 ? hits : hits.slice(0, end)
}
