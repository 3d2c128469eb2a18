import { setTimeout as sleep } from 'node:timers/promises'
import { type ServiceError, status } from '@grpc/grpc-js'
import { attemptCall } from '@mercat/catalog-api/attempt-call'
import type { CatalogClients, Rpc } from '@mercat/catalog-api/client'
import { type ErrorDetails, errorDetails, isConnectionBroken } from '@mercat/catalog-api/errors'
import { Problem } from '@mercat/rest-api/problem'
import { backoffMs } from '@mercat/service/backoff'
import { type Budget, ClientLeftError } from '@mercat/service/budget'
import { BrokenCircuitError, CircuitState, ConsecutiveBreaker, circuitBreaker, handleWhen } from 'cockatiel'
import { type BreakerState, breakerIs, showChannel } from './catalog-instruments.ts'
import { earlierCatalogProblem } from './failures/earlier-catalog.ts'
import { outageDetail } from './failures/outage-detail.ts'
import { createRetryThrottle } from './retry-throttle.ts'

export type CatalogCallOptions = {
	clients: CatalogClients
	/** The token of this service for the catalog. It is read at every attempt. */
	token(): string
	/** The first attempt of a call gets at most 40 % of it. */
	requestBudgetMs: number
}

/** The problem for an error that the client's own request has caused; undefined for any other error. */
export type Explain = (details: ErrorDetails) => Problem | undefined

export type CallOptions = {
	/** Names the errors that the client's own request has caused. */
	explain?: Explain
	/** The token of the caller itself, in place of the one of this service. Never the token of a customer. */
	token?: string
}

export type CatalogCall = <Request, Response>(
	rpc: Rpc<Request, Response>,
	request: Request,
	budget: Budget,
	options?: CallOptions,
) => Promise<Response>

type AttemptLimits = { timeoutMs: number; attempts: number; token: string | undefined }

const attemptShare = 0.4
const mostAttempts = 3
const firstBackoffMs = 50
const largestBackoffMs = 500
// Kept back from the budget, so that the answer leaves in time.
const answerMs = 50
// The balancer avoids a single replica that fails. So many failures in a row mean that all replicas fail.
const failuresThatBreak = 10
const brokenForMs = 1_000
// Longer than a slow catalog takes to answer something, so the connection must be dead.
const reconnectAfterMs = 2_000

const breakerStates: Record<CircuitState, BreakerState> = {
	[CircuitState.Closed]: 'closed',
	[CircuitState.HalfOpen]: 'half_open',
	[CircuitState.Open]: 'open',
	// Only by hand, which nobody does.
	[CircuitState.Isolated]: 'open',
}

/**
 * Makes calls to the catalog, with retries, within the budget of the request. Every call must be safe to repeat. This is the
 * only place that turns the catalog's statuses into problems.
 */
export function createCatalogCall({ clients, token: ownToken, requestBudgetMs }: CatalogCallOptions): CatalogCall {
	const throttle = createRetryThrottle()
	let unansweredSince: number | undefined
	const breaker = circuitBreaker(
		handleWhen((error) => isUnanswered(error as ServiceError)),
		{ halfOpenAfter: brokenForMs, breaker: new ConsecutiveBreaker(failuresThatBreak) },
	)
	breakerIs(breakerStates[breaker.state])
	breaker.onStateChange((state) => breakerIs(breakerStates[state]))
	showChannel(clients.channelState)

	async function attempt<Request, Response>(
		rpc: Rpc<Request, Response>,
		request: Request,
		{ timeoutMs, attempts, token, signal, trace }: AttemptLimits & Pick<Budget, 'signal' | 'trace'>,
	) {
		const response = await breaker.execute(() => {
			const options = { timeoutMs, token: token ?? ownToken(), signal, trace, attempt: attempts }
			return attemptCall(clients, rpc, request, options).catch((error: unknown) => {
				// A client that leaves is no failure of the catalog.
				throw signal?.aborted ? new ClientLeftError('the client has left', { cause: error }) : error
			})
		})
		throttle.succeeded()
		unansweredSince = undefined
		return response
	}

	function timedOut(): void {
		unansweredSince ??= performance.now()
		if (performance.now() - unansweredSince < reconnectAfterMs) return
		clients.reconnect()
		unansweredSince = undefined
	}

	return async (rpc, request, budget, { explain = () => undefined, token } = {}) => {
		let timedOutBefore = false
		let hasAnswered = false
		for (let attempts = 1; ; attempts++) {
			const leftMs = budget.remainingMs() - answerMs
			const attemptsBefore = attempts - 1
			if (leftMs <= 0)
				throw new Problem('CATALOG_TIMEOUT', {}, { detail: outageDetail.outOfTime(attemptsBefore, hasAnswered) })
			const timeoutMs = timedOutBefore ? leftMs : Math.min(leftMs, attemptShare * requestBudgetMs)
			try {
				const { signal, trace } = budget
				return await attempt(rpc, request, { timeoutMs, attempts, token, signal, trace })
			} catch (error) {
				if (error instanceof ClientLeftError) throw error
				if (error instanceof BrokenCircuitError) {
					throw new Problem(
						'CATALOG_UNAVAILABLE',
						{},
						{ cause: error, detail: outageDetail.notAskedAgain(attemptsBefore, hasAnswered) },
					)
				}
				const verdict = judge(error as ServiceError, explain)
				if (verdict === 'timeout') timedOut()
				else unansweredSince = undefined
				if (verdict instanceof Problem) throw verdict
				throttle.failed()
				hasAnswered ||= errorDetails(error as ServiceError).reason !== undefined
				if (verdict === 'timeout') {
					if (timedOutBefore || !throttle.allowsRetry()) {
						throw new Problem(
							'CATALOG_TIMEOUT',
							{},
							{ cause: error, detail: outageDetail.inVain(attempts, hasAnswered) },
						)
					}
					timedOutBefore = true
					continue
				}
				const waitMs = pushbackMs(error as ServiceError) ?? backoffMs(attempts, firstBackoffMs, largestBackoffMs)
				const comesInTime = waitMs >= 0 && waitMs < budget.remainingMs() - answerMs
				if (attempts === mostAttempts || !comesInTime || !throttle.allowsRetry()) {
					throw new Problem(
						'CATALOG_UNAVAILABLE',
						{},
						{ cause: error, detail: outageDetail.inVain(attempts, hasAnswered) },
					)
				}
				await sleep(waitMs)
			}
		}
	}
}

// The wait that the server asks for (gRFC A6). A negative wait forbids a retry.
function pushbackMs({ metadata }: ServiceError): number | undefined {
	const [value] = metadata?.get('grpc-retry-pushback-ms') ?? []
	return value === undefined ? undefined : Number.parseInt(String(value), 10)
}

function isUnanswered(error: ServiceError): boolean {
	if (!('code' in error)) return false
	const verdict = judge(error, () => undefined)
	return verdict === 'timeout' || verdict === 'unavailable'
}

/** The meaning of a failed attempt: a problem for the client, or a reason to retry. */
function judge(error: ServiceError, explain: Explain): Problem | 'timeout' | 'unavailable' {
	if (isConnectionBroken(error)) return 'unavailable'
	const details = errorDetails(error)
	switch (error.code) {
		case status.DEADLINE_EXCEEDED:
			return 'timeout'
		case status.UNAVAILABLE:
		case status.CANCELLED:
			return 'unavailable'
		case status.RESOURCE_EXHAUSTED:
			return new Problem('OVERLOADED', {}, { cause: error, retryAfterS: retryAfterS(details) })
	}
	const earlier = error.code === status.UNIMPLEMENTED ? earlierCatalogProblem(error) : undefined
	return explain(details) ?? earlier ?? new Problem('CATALOG_ERROR', {}, { cause: error })
}

const longestRetryAfterS = 60

function retryAfterS({ retryDelayMs }: ErrorDetails): number | undefined {
	if (retryDelayMs === undefined) return undefined
	return Math.min(Math.max(1, Math.ceil(retryDelayMs / 1000)), longestRetryAfterS)
}
