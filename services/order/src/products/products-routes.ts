import { isSku } from '@mercat/catalog-api/identifiers'
import type { GetPriceHistoryRequest } from '@mercat/catalog-api/messages/GetPriceHistoryRequest'
import type { GetPriceHistoryResponse__Output } from '@mercat/catalog-api/messages/GetPriceHistoryResponse'
import type { Product__Output } from '@mercat/catalog-api/messages/Product'
import type { SearchProductsRequest } from '@mercat/catalog-api/messages/SearchProductsRequest'
import type { SearchProductsResponse__Output } from '@mercat/catalog-api/messages/SearchProductsResponse'
import type { SuggestQueriesRequest } from '@mercat/catalog-api/messages/SuggestQueriesRequest'
import type { SuggestQueriesResponse__Output } from '@mercat/catalog-api/messages/SuggestQueriesResponse'
import { PriceHistoryQuerySchema, PriceHistorySchema } from '@mercat/order-api/price-schemas'
import { ProductListSchema, ProductQuerySchema, ProductSchema } from '@mercat/order-api/product-schemas'
import { SuggestionListSchema, SuggestionQuerySchema } from '@mercat/order-api/suggestion-schemas'
import { Problem } from '@mercat/rest-api/problem'
import type { ProblemCode } from '@mercat/rest-api/problem-table'
import type { FastifyTypeBox } from '@mercat/rest-service/fastify-typebox'
import type { Budget } from '@mercat/service/budget'
import { Type } from '@sinclair/typebox'
import { toHistoryRequest, toPriceHistory } from './price-history.ts'
import { toProductList, toSearchRequest, toSuggestionList } from './product-query.ts'
import { toProductView } from './product-view.ts'

export type ProductsRoutesNeeds = {
	getProduct(sku: string, budget: Budget): Promise<Product__Output>
	searchProducts(request: SearchProductsRequest, budget: Budget): Promise<SearchProductsResponse__Output>
	suggestQueries(request: SuggestQueriesRequest, budget: Budget): Promise<SuggestQueriesResponse__Output>
	getPriceHistory(request: GetPriceHistoryRequest, budget: Budget): Promise<GetPriceHistoryResponse__Output>
}

// A query in it has up to 20,000 letters. Letters that a URI has to encode take up to nine characters.
const longestSearchUri = 22_528
// The catalog gives no more, but its integers are smaller than the integers of a query.
const mostSuggestions = 20

const SkuParams = Type.Object({ sku: Type.String({ description: 'The sku of the product' }) })
const catalogProblems: ProblemCode[] = ['CATALOG_ERROR', 'CATALOG_UNAVAILABLE', 'CATALOG_TIMEOUT']

/** Routes that show the catalog's products, also to callers without a token. */
export function productsRoutes(app: FastifyTypeBox, needs: ProductsRoutesNeeds): void {
	const { getProduct, searchProducts, suggestQueries, getPriceHistory } = needs
	app.get(
		'/v1/products',
		{
			config: { problems: catalogProblems, longestUri: longestSearchUri },
			schema: {
				operationId: 'searchProducts',
				summary: 'Search the catalog, or list it',
				description:
					'Ranked, with typos tolerated. `match` says how the products match. Without `q` it lists all products that fit the filters.',
				tags: ['products'],
				security: [],
				querystring: ProductQuerySchema,
				response: { 200: Type.Ref(ProductListSchema, { description: 'A page of products' }) },
			},
		},
		async (request) => toProductList(await searchProducts(toSearchRequest(request.query), request.budget)),
	)

	app.get(
		'/v1/suggestions',
		{
			config: { problems: catalogProblems, longestUri: longestSearchUri },
			schema: {
				operationId: 'suggestQueries',
				summary: 'Complete a query while it is typed',
				description: 'From the words, titles, brands and categories of the products.',
				tags: ['products'],
				security: [],
				querystring: SuggestionQuerySchema,
				response: { 200: Type.Ref(SuggestionListSchema, { description: 'The suggestions' }) },
			},
		},
		async ({ query: { q, limit }, budget }) =>
			toSuggestionList(await suggestQueries({ prefix: q, limit: Math.min(limit, mostSuggestions) }, budget)),
	)

	app.get(
		'/v1/products/:sku',
		{
			config: { problems: [...catalogProblems, 'PRODUCT_NOT_FOUND'] },
			schema: {
				operationId: 'getProduct',
				summary: 'Read a product',
				description: 'With its present price and the quantity that can be ordered.',
				tags: ['products'],
				security: [],
				params: SkuParams,
				response: { 200: Type.Ref(ProductSchema, { description: 'The product' }) },
			},
		},
		async (request) => toProductView(await getProduct(skuOf(request.params), request.budget)),
	)

	app.get(
		'/v1/products/:sku/prices',
		{
			config: { problems: [...catalogProblems, 'PRODUCT_NOT_FOUND'] },
			schema: {
				operationId: 'getPriceHistory',
				summary: 'Read the prices that a product had',
				description:
					'Each price with its time, or with `step` the first, highest, lowest and last price of each minute, hour or day. A page may have fewer than `pageSize`, and only the last one has no `nextPageToken`.',
				tags: ['products'],
				security: [],
				params: SkuParams,
				querystring: PriceHistoryQuerySchema,
				response: { 200: Type.Ref(PriceHistorySchema, { description: 'A page of prices, the oldest first' }) },
			},
		},
		async ({ params, query, budget }) => {
			const sku = skuOf(params)
			return toPriceHistory(sku, query.step, await getPriceHistory(toHistoryRequest(sku, query), budget))
		},
	)
}

function skuOf({ sku }: { sku: string }): string {
	if (!isSku(sku)) throw new Problem('PRODUCT_NOT_FOUND')
	return sku
}
