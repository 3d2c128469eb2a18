import { catalogRpcs, inventoryRpcs } from '@mercat/catalog-api/load-proto'
import type { GetPriceHistoryRequest } from '@mercat/catalog-api/messages/GetPriceHistoryRequest'
import type { GetPriceHistoryResponse__Output } from '@mercat/catalog-api/messages/GetPriceHistoryResponse'
import type { Product__Output } from '@mercat/catalog-api/messages/Product'
import type { SearchProductsRequest } from '@mercat/catalog-api/messages/SearchProductsRequest'
import type { SearchProductsResponse__Output } from '@mercat/catalog-api/messages/SearchProductsResponse'
import type { SuggestQueriesRequest } from '@mercat/catalog-api/messages/SuggestQueriesRequest'
import type { SuggestQueriesResponse__Output } from '@mercat/catalog-api/messages/SuggestQueriesResponse'
import { Problem } from '@mercat/rest-api/problem'
import { type Budget, createBudget } from '@mercat/service/budget'
import type { TraceContext } from '@mercat/service/tracing'
import type { ReservationOutcome, ReservationRequest } from '../placing/place-order.ts'
import { type CatalogCallOptions, createCatalogCall } from './catalog-call.ts'
import { isOfEarlierCatalog } from './failures/earlier-catalog.ts'
import { invalidAnswer } from './failures/invalid-answer.ts'
import { createFeedsClient } from './feeds-client.ts'
import { productProblem, suggestionProblem } from './product-problem.ts'
import { readOutcome, toReservationMessage } from './reservation-messages.ts'
import { createStockClient } from './stock-client.ts'

/** The calls of the order service to the catalog. */
export function createCatalogClient(options: CatalogCallOptions) {
	const call = createCatalogCall(options)

	return {
		...createStockClient(call),
		...createFeedsClient(call),

		/**
		 * Prices and holds stock for orders, all in one call. Returns the outcome of each request, or the problem of a
		 * refused one.
		 */
		async reserveStock(requests: ReservationRequest[], budget: Budget): Promise<(ReservationOutcome | Problem)[]> {
			const message = { reservations: requests.map(toReservationMessage) }
			const reply = await call(reserveStockOf(requests), message, budget)
			if (reply === undefined) throw invalidAnswer('with a message larger than any answer to this request')
			return requests.map((request, index) => readOutcome(reply.results[index], request))
		},

		/** Sells reserved stock. Returns the reason by order id for each order whose stock could not be sold. */
		async commitReservations(orderIds: string[], trace?: TraceContext): Promise<Map<string, string>> {
			const { results } = await call(inventoryRpcs.CommitReservations, { orderIds }, commandBudget(trace))
			checkAnswered(results, orderIds)
			return new Map(
				results.flatMap(({ orderId, refusalReason }) => (refusalReason === '' ? [] : [[orderId, refusalReason]])),
			)
		},

		/** Releases reserved stock for good. */
		async releaseReservations(orderIds: string[], trace?: TraceContext): Promise<void> {
			const { results } = await call(inventoryRpcs.ReleaseReservations, { orderIds }, commandBudget(trace))
			checkAnswered(results, orderIds)
		},

		async getProduct(sku: string, budget: Budget): Promise<Product__Output> {
			const { product } = await call(catalogRpcs.GetProduct, { sku }, budget, { explain: productProblem })
			if (product === null) throw new Problem('CATALOG_ERROR')
			return product
		},

		searchProducts(request: SearchProductsRequest, budget: Budget): Promise<SearchProductsResponse__Output> {
			return call(catalogRpcs.SearchProducts, request, budget, { explain: productProblem })
		},

		getPriceHistory(request: GetPriceHistoryRequest, budget: Budget): Promise<GetPriceHistoryResponse__Output> {
			return call(catalogRpcs.GetPriceHistory, request, budget, { explain: productProblem })
		},

		/** A catalog of an earlier version has no suggestions. */
		async suggestQueries(request: SuggestQueriesRequest, budget: Budget): Promise<SuggestQueriesResponse__Output> {
			try {
				return await call(catalogRpcs.SuggestQueries, request, budget, { explain: suggestionProblem })
			} catch (error) {
				if (isOfEarlierCatalog(error)) return { suggestions: [] }
				throw error
			}
		},

		/** Whether a replica of the catalog reports that it is serving. */
		isServing: () => options.clients.isServing(readinessTimeoutMs),
	}
}

// A title has up to 200 characters of four bytes.
const largestLineBytes = 1_000
const largestResultBytes = 500

// A reply larger than any answer to these requests is not decoded, which would block this process for seconds.
function reserveStockOf(requests: ReservationRequest[]) {
	const { path, requestSerialize, responseDeserialize } = inventoryRpcs.ReserveStock
	const mostBytes = requests.reduce((sum, { items }) => sum + largestResultBytes + items.length * largestLineBytes, 0)
	const read = (bytes: Buffer) => (bytes.length > mostBytes ? undefined : responseDeserialize(bytes))
	return { path, requestSerialize, responseDeserialize: read }
}

const readinessTimeoutMs = 1_000
const commandTimeoutMs = 4_000

// No client waits for a command, and the outbox repeats it.
function commandBudget(trace: TraceContext | undefined): Budget {
	return createBudget(commandTimeoutMs, { trace })
}

function checkAnswered(results: { orderId: string }[], orderIds: string[]): void {
	const answered =
		results.length === orderIds.length && results.every(({ orderId }, index) => orderId === orderIds[index])
	if (!answered) throw new Problem('CATALOG_ERROR', {}, { cause: new Error('the catalog answered for other orders') })
}
