import { setTimeout as sleep } from 'node:timers/promises'
import { type ServiceError, status } from '@grpc/grpc-js'
import { backoffMs } from '@mercat/service/backoff'
import { type CatalogClients, callUnary, type Rpc } from './client.ts'
import { errorDetails, isConnectionBroken, isStreamRefused } from './errors.ts'
import { isRepeatable } from './repeatable.ts'

export type RetryingCallNeeds = {
	clients: Pick<CatalogClients, 'catalog' | 'reconnect'>
	/** The caller's token, without the word `Bearer`. It is asked at each attempt. */
	token?(): string | Promise<string>
}

export type RetryingCallOptions = {
	/** How long the call may take with all of its attempts: 2 s, unless given. */
	budgetMs?: number
	/** Cancels the call. */
	signal?: AbortSignal
}

export type RetryingCall = <Request, Response>(
	rpc: Rpc<Request, Response>,
	request: Request,
	options?: RetryingCallOptions,
) => Promise<Response>

const usualBudgetMs = 2_000
const mostAttempts = 3
// An attempt that is not answered leaves time for another one.
const attemptShare = 0.4
const firstWaitMs = 50
const longestWaitMs = 500
// Nobody answers on a connection that the network has dropped.
const timeoutsThatReconnect = 2

/**
 * Makes calls to the catalog for programs outside of the services, each within a budget. An attempt whose outcome is unknown is
 * repeated if that is safe, and one that the catalog has refused for now is repeated when the catalog asks for it.
 *
 * The promise of a call rejects with the `ServiceError` of the last attempt; `errorDetails` tells its reason.
 */
export function createRetryingCall({ clients, token }: RetryingCallNeeds): RetryingCall {
	let timeouts = 0

	function countTimeouts({ code }: ServiceError): void {
		timeouts = code === status.DEADLINE_EXCEEDED ? timeouts + 1 : 0
		if (timeouts < timeoutsThatReconnect) return
		timeouts = 0
		clients.reconnect()
	}

	return async (rpc, request, { budgetMs = usualBudgetMs, signal } = {}) => {
		const endsAt = performance.now() + budgetMs
		const isSafe = isRepeatable(rpc.path, request)
		for (let attempt = 1; ; attempt++) {
			const leftMs = endsAt - performance.now()
			// What cannot be repeated after it has timed out may take all of the time.
			const timeoutMs = attempt === mostAttempts || !isSafe ? leftMs : Math.min(leftMs, attemptShare * budgetMs)
			try {
				const response = await callUnary(clients.catalog, rpc, request, {
					timeoutMs,
					...(token !== undefined && { token: await token() }),
					...(signal !== undefined && { signal }),
				})
				timeouts = 0
				return response
			} catch (error) {
				if (signal?.aborted || !isServiceError(error)) throw error
				countTimeouts(error)
				const waitMs = waitAfter(error, attempt, isSafe)
				const comesInTime = waitMs !== undefined && performance.now() + waitMs < endsAt
				if (attempt === mostAttempts || !comesInTime) throw error
				await sleep(waitMs, undefined, { signal })
			}
		}
	}
}

/** The wait before another attempt. Undefined: there is none. */
function waitAfter(error: ServiceError, attempt: number, isSafe: boolean): number | undefined {
	const { retryDelayMs } = errorDetails(error)
	const usualMs = backoffMs(attempt, firstWaitMs, longestWaitMs)
	// Nothing has happened.
	if (error.code === status.RESOURCE_EXHAUSTED) return retryDelayMs
	if (isStreamRefused(error)) return usualMs
	if (!isSafe) return undefined
	if (error.code === status.DEADLINE_EXCEEDED) return 0
	const isUnknown = error.code === status.UNAVAILABLE || error.code === status.CANCELLED || isConnectionBroken(error)
	return isUnknown ? Math.max(retryDelayMs ?? 0, usualMs) : undefined
}

function isServiceError(error: unknown): error is ServiceError {
	return error instanceof Error && 'code' in error && typeof error.code === 'number'
}
