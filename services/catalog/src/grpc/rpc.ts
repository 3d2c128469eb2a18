import type { handleUnaryCall, Metadata, ServerDuplexStream, ServerUnaryCall, ServiceError } from '@grpc/grpc-js'
import { OutOfTimeError } from '@mercat/database/errors'
import { type Budget, createBudget } from '@mercat/service/budget'
import type { Logger } from '@mercat/service/log'
import type { Scope } from '@mercat/service/scopes'
import { type Identity, InvalidTokenError, readBearer } from '@mercat/service/tokens'
import { CatalogError, scopeMissing } from '../errors/catalog-error.ts'
import { isUnexpected, toServiceError } from './service-error.ts'
import { readRequest, type UnaryRequest } from './unary-bytes.ts'

export type RpcsNeeds = {
	log: Logger
	verifyToken(token: string): Promise<Identity>
}

export type Rpcs = ReturnType<typeof createRpcs>

// Measured: reads gain nothing from more than 64 calls in flight, and with this many the slowest single reservation
// takes 0.16 s. Twice as many calls would raise single reservations by nearly half, but an order service sends its
// reservations in batches, one call at a time.
const mostInFlight = 256
const overloadedRetryMs = 1_000
// For calls without a deadline, or with a later one.
const longestCallMs = 10_000

/**
 * Turns async functions into grpc-js handlers that answer exactly once. An error becomes a status in one place; an
 * unexpected error is logged whole, and its caller learns nothing of it.
 */
export function createRpcs({ log, verifyToken }: RpcsNeeds) {
	let inFlight = 0

	async function authorize(metadata: Metadata, scope: Scope): Promise<void> {
		const [header] = metadata.get('authorization')
		const token = typeof header === 'string' ? readBearer(header) : undefined
		if (token === undefined) throw new CatalogError('UNAUTHENTICATED')
		const identity = await verifyToken(token).catch((error: unknown) => {
			if (error instanceof InvalidTokenError) throw new CatalogError('UNAUTHENTICATED', { cause: error })
			throw error
		})
		if (!identity.scopes.has(scope)) throw scopeMissing(scope)
	}

	function report(error: unknown, method: string): Partial<ServiceError> {
		if (isUnexpected(error)) log.error({ err: error, method }, 'rpc failed')
		return toServiceError(error)
	}

	function unary<Request, Response>(
		scope: Scope | undefined,
		handle: (request: Request, budget: Budget) => Promise<Response>,
	): handleUnaryCall<Request, Response> {
		const answer: handleUnaryCall<UnaryRequest<Request, Response>, Buffer> = async (call, callback) => {
			inFlight++
			try {
				if (inFlight > mostInFlight) throw new CatalogError('OVERLOADED', { retryDelayMs: overloadedRetryMs })
				const budget = budgetOf(call)
				if (budget.remainingMs() <= 0) throw new OutOfTimeError()
				if (scope !== undefined) await authorize(call.metadata, scope)
				const response = await handle(readRequest(call.request), budget)
				callback(null, call.request.method.responseSerialize(response))
			} catch (error) {
				callback(report(error, call.getPath()))
			} finally {
				inFlight--
			}
		}
		// The types know only handlers that take messages.
		return answer as handleUnaryCall<unknown, unknown> as handleUnaryCall<Request, Response>
	}

	return {
		/** A handler that anyone may call. */
		open: <Request, Response>(handle: (request: Request, budget: Budget) => Promise<Response>) =>
			unary(undefined, handle),

		/** A handler for callers whose token has the scope. */
		scoped: <Request, Response>(scope: Scope, handle: (request: Request, budget: Budget) => Promise<Response>) =>
			unary(scope, handle),

		/** A handler of a stream both ways that answers each request with one response, in order. */
		scopedStream:
			<Request, Response>(scope: Scope, handle: (request: Request) => Promise<Response>) =>
			async (call: ServerDuplexStream<Request, Response>): Promise<void> => {
				// The caller may leave at any time. It sends unanswered requests again.
				call.on('error', (error) => log.debug({ err: error, method: call.getPath() }, 'stream broken'))
				try {
					await authorize(call.metadata, scope)
					// A destroyed call sends no status, so the end of the loop must not destroy it.
					for await (const request of call.iterator({ destroyOnReturn: false })) {
						const response = await handle(request as Request)
						if (call.cancelled) return
						if (!call.write(response))
							await new Promise((drained) => call.once('drain', drained).once('close', drained))
					}
					call.end()
				} catch (error) {
					if (!call.cancelled) call.emit('error', Object.assign(new Error(), report(error, call.getPath())))
				}
			},
	}
}

function budgetOf(call: ServerUnaryCall<unknown, unknown>): Budget {
	return createBudget(Math.min(Number(call.getDeadline()) - Date.now(), longestCallMs))
}
