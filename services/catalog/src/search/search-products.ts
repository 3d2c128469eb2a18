import type { Product as ProductMessage } from '@mercat/catalog-api/messages/Product'
import type { SearchProductsRequest__Output as Request } from '@mercat/catalog-api/messages/SearchProductsRequest'
import type { SearchProductsResponse as Response } from '@mercat/catalog-api/messages/SearchProductsResponse'
import type { Budget } from '@mercat/service/budget'
import type { PageTokens } from '@mercat/service/page-token'
import { CatalogError } from '../errors/catalog-error.ts'
import { createPageBytes } from '../products/page-bytes.ts'
import { type Product, toProductMessage } from '../products/product.ts'
import type { PreviousMatches, PreviousSearch } from './previous/previous-query.ts'
import { searchTook } from './search-duration.ts'
import { type Cursor, validSearch } from './search-request.ts'

type Hits = PreviousMatches['hits']

export type SearchProductsNeeds = {
	pageTokens: PageTokens<Cursor>
	previousSearch: PreviousSearch
	/** The products that exist, in any order. */
	findProducts(skus: readonly string[], budget: Budget): Promise<Product[]>
}

/** One page of the products that match a query and a filter. */
export function searchProducts({ pageTokens, previousSearch, findProducts }: SearchProductsNeeds) {
	return async (request: Request, budget: Budget): Promise<Response> => {
		const startedAt = performance.now()
		const { search, pageSize } = validSearch(request)
		const after = request.pageToken === '' ? undefined : pageTokens.decode(request.pageToken, search)
		if (request.pageToken !== '' && after === undefined) throw new CatalogError('PAGE_TOKEN_INVALID')
		const { query, ...filter } = search
		const previous = { query, filter, forgiving: after?.forgiving, after, size: pageSize }
		const { hits, hasMore, forgiving, ...summary } = await previousSearch(previous, budget)
		const products = await productsOf(hits, budget)
		const shown = fittingHits(hits, products)
		searchTook(performance.now() - startedAt, forgiving)
		const last = hasMore || shown.length < hits.length ? shown.at(-1) : undefined
		return {
			...summary,
			products: shown.flatMap(({ sku }) => products.get(sku) ?? []),
			nextPageToken: last === undefined ? '' : pageTokens.encode({ forgiving, ...last }, search),
		}
	}

	// By sku, without products that were archived after the search.
	async function productsOf(hits: Hits, budget: Budget): Promise<Map<string, ProductMessage>> {
		const found = await findProducts(
			hits.map(({ sku }) => sku),
			budget,
		)
		const shown = found.filter(({ archived }) => !archived)
		return new Map(shown.map((product) => [product.sku, toProductMessage(product)]))
	}
}

/** The hits that fit into one message. A page of large products may be shorter than asked for (AIP-158). */
function fittingHits(hits: Hits, products: Map<string, ProductMessage>): Hits {
	const page = createPageBytes()
	const end = hits.findIndex(({ sku }) => !page.add(products.get(sku) ?? ''))
	return end === -1 ? hits : hits.slice(0, end)
}
