import { setTimeout as sleep } from 'node:timers/promises'
import { type ServiceError, status } from '@grpc/grpc-js'
import { type CatalogClients, callUnary, type Rpc } from '@mercat/catalog-api/client'
import { type ErrorDetails, errorDetails } from '@mercat/catalog-api/errors'
import { catalogRpcs, inventoryRpcs } from '@mercat/catalog-api/load-proto'
import type { Product__Output } from '@mercat/catalog-api/messages/Product'
import type { SearchProductsRequest } from '@mercat/catalog-api/messages/SearchProductsRequest'
import type { SearchProductsResponse__Output } from '@mercat/catalog-api/messages/SearchProductsResponse'
import type { Reservation, ReservationRequest } from './place-order.ts'
import { Problem } from './problems.ts'
import { productProblem } from './product-query.ts'
import { createRequestBudget, type RequestBudget } from './request-budget.ts'
import { readReservation, refusalProblem, toReservationMessage } from './reservation-messages.ts'

export type CatalogClient = ReturnType<typeof createCatalogClient>

export type CatalogClientOptions = {
	clients: CatalogClients
	/** The token that the catalog is shown, asked for at every call. */
	token(): string
	/** Of which one attempt gets at most 40 %. */
	requestBudgetMs: number
}

/** The client of the request has left: nobody is to be answered. */
export class ClientLeftError extends Error {
	override name = 'ClientLeftError'
}

const attemptShare = 0.4
const mostAttempts = 3
const firstBackoffMs = 50
const largestBackoffMs = 500
// Kept back, so that the answer to the client is out before its budget is over.
const answerMs = 50

/** The catalog as the order service sees it: its statuses become problems here, and only here. */
export function createCatalogClient({ clients, token, requestBudgetMs }: CatalogClientOptions) {
	/** One call with its retries, all within the budget. Only for calls that may be repeated. */
	async function call<Request, Response>(
		rpc: Rpc<Request, Response>,
		request: Request,
		budget: RequestBudget,
		explain: Explain = () => undefined,
	): Promise<Response> {
		let timedOutBefore = false
		for (let attempt = 1; ; attempt++) {
			const leftMs = budget.remainingMs() - answerMs
			if (leftMs <= 0) throw new Problem('CATALOG_TIMEOUT')
			const timeoutMs = timedOutBefore ? leftMs : Math.min(leftMs, attemptShare * requestBudgetMs)
			try {
				return await callUnary(clients.catalog, rpc, request, { timeoutMs, token: token(), signal: budget.signal })
			} catch (error) {
				if (budget.signal.aborted) throw new ClientLeftError('the client has left', { cause: error })
				const verdict = judge(error as ServiceError, explain)
				if (verdict instanceof Problem) throw verdict
				if (verdict === 'timeout') {
					if (timedOutBefore) throw new Problem('CATALOG_TIMEOUT', {}, { cause: error })
					timedOutBefore = true
					continue
				}
				const backoffMs = Math.min(largestBackoffMs, firstBackoffMs * 2 ** (attempt - 1)) * (0.5 + Math.random() / 2)
				if (attempt === mostAttempts || backoffMs >= budget.remainingMs() - answerMs) {
					throw new Problem('CATALOG_UNAVAILABLE', {}, { cause: error })
				}
				await sleep(backoffMs)
			}
		}
	}

	return {
		/** Prices and holds what an order asks for. */
		async reserveStock(request: ReservationRequest, budget: RequestBudget): Promise<Reservation | 'released'> {
			const message = { reservations: [toReservationMessage(request)] }
			const { results } = await call(inventoryRpcs.ReserveStock, message, budget)
			const [result] = results
			if (result?.refusal?.reason === 'RESERVATION_RELEASED') return 'released'
			if (result?.refusal) throw refusalProblem(result.refusal)
			return readReservation(result, request)
		},

		/** Sells what the orders hold; the reasons, by order id, for those whose stock could not be sold. */
		async commitReservations(orderIds: string[]): Promise<Map<string, string>> {
			const { results } = await call(inventoryRpcs.CommitReservations, { orderIds }, commandBudget())
			checkAnswered(results, orderIds)
			return new Map(
				results.flatMap(({ orderId, refusalReason }) => (refusalReason === '' ? [] : [[orderId, refusalReason]])),
			)
		},

		/** Ends what the orders hold, for good. */
		async releaseReservations(orderIds: string[]): Promise<void> {
			const { results } = await call(inventoryRpcs.ReleaseReservations, { orderIds }, commandBudget())
			checkAnswered(results, orderIds)
		},

		async getProduct(sku: string, budget: RequestBudget): Promise<Product__Output> {
			const { product } = await call(catalogRpcs.GetProduct, { sku }, budget, productProblem)
			if (product === null) throw new Problem('CATALOG_ERROR')
			return product
		},

		searchProducts(request: SearchProductsRequest, budget: RequestBudget): Promise<SearchProductsResponse__Output> {
			return call(catalogRpcs.SearchProducts, request, budget, productProblem)
		},

		/** Whether some catalog says that it is serving. */
		isServing: () => clients.isServing(readinessTimeoutMs),
	}
}

const readinessTimeoutMs = 1_000
const commandTimeoutMs = 5_000

// Commands have no client who waits; the outbox repeats them.
function commandBudget(): RequestBudget {
	return createRequestBudget(performance.now(), commandTimeoutMs, new AbortController().signal)
}

function checkAnswered(results: { orderId: string }[], orderIds: string[]): void {
	const answered =
		results.length === orderIds.length && results.every(({ orderId }, index) => orderId === orderIds[index])
	if (!answered) throw new Problem('CATALOG_ERROR', {}, { cause: new Error('the catalog answered for other orders') })
}

/** Tells what an error means where the client's own words may be at fault. */
type Explain = (details: ErrorDetails) => Problem | undefined

/** What a failed attempt means: a problem to report, or a reason to try again. */
function judge(error: ServiceError, explain: Explain): Problem | 'timeout' | 'unavailable' {
	const details = errorDetails(error)
	switch (error.code) {
		case status.DEADLINE_EXCEEDED:
			return 'timeout'
		case status.UNAVAILABLE:
		case status.CANCELLED:
			return 'unavailable'
		case status.INTERNAL:
			// Without details it is the connection that broke, not the catalog that answered.
			if (details.reason === undefined) return 'unavailable'
			break
		case status.RESOURCE_EXHAUSTED: {
			const retryAfterS = details.retryDelayMs === undefined ? undefined : Math.ceil(details.retryDelayMs / 1000)
			return new Problem('OVERLOADED', {}, { cause: error, retryAfterS })
		}
	}
	return explain(details) ?? new Problem('CATALOG_ERROR', {}, { cause: error })
}
