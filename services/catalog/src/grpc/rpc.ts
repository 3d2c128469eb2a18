import type { handleUnaryCall, Metadata, ServerDuplexStream, ServerUnaryCall, ServiceError } from '@grpc/grpc-js'
import { OutOfTimeError } from '@mercat/database/errors'
import { type Budget, createBudget } from '@mercat/service/budget'
import type { Logger } from '@mercat/service/log'
import { type Identity, InvalidTokenError } from '@mercat/service/tokens'
import { CatalogError, isUnexpected, toServiceError } from './errors.ts'
import { readRequest, type UnaryRequest } from './unary-bytes.ts'

export type Scope = 'catalog:write' | 'stock:reserve'

export type RpcDeps = {
	log: Logger
	verifyToken(token: string): Promise<Identity>
}

export type Rpcs = ReturnType<typeof createRpcs>

// Measured: from 64 at a time on reads bring no more, and the slowest single reservation at this many takes 0.16 s.
// Twice as many bring nearly half as many more of those, and an order service sends its own by the batch, one call at a time.
const mostInFlight = 256
const overloadedRetryMs = 1_000
// For callers that set no deadline, or one that is far too late.
const longestCallMs = 10_000

/**
 * Turns async functions into grpc-js handlers that answer exactly once: a handler that throws is
 * answered from the error table, and what is in no table is logged whole and answered with nothing.
 */
export function createRpcs({ log, verifyToken }: RpcDeps) {
	let inFlight = 0

	async function authorize(metadata: Metadata, scope: Scope): Promise<void> {
		const [header] = metadata.get('authorization')
		const token = typeof header === 'string' ? /^Bearer (\S+)$/i.exec(header)?.[1] : undefined
		if (token === undefined) throw new CatalogError('UNAUTHENTICATED')
		const identity = await verifyToken(token).catch((error: unknown) => {
			if (error instanceof InvalidTokenError) throw new CatalogError('UNAUTHENTICATED', { cause: error })
			throw error
		})
		if (!identity.scopes.has(scope)) throw new CatalogError('SCOPE_MISSING', { metadata: { scope } })
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
		// The types know of handlers that are given messages.
		return answer as handleUnaryCall<unknown, unknown> as handleUnaryCall<Request, Response>
	}

	return {
		/** Anyone may call it. */
		open: <Request, Response>(handle: (request: Request, budget: Budget) => Promise<Response>) =>
			unary(undefined, handle),

		/** Only callers whose token has the scope may call it. */
		scoped: <Request, Response>(scope: Scope, handle: (request: Request, budget: Budget) => Promise<Response>) =>
			unary(scope, handle),

		/** A stream both ways that answers each request with one response, in order. */
		scopedStream:
			<Request, Response>(scope: Scope, handle: (request: Request) => Promise<Response>) =>
			async (call: ServerDuplexStream<Request, Response>): Promise<void> => {
				// The caller may go away at any time; what it had no answer for, it sends again.
				call.on('error', (error) => log.debug({ err: error, method: call.getPath() }, 'stream broken'))
				try {
					await authorize(call.metadata, scope)
					// A call that is destroyed sends no status: neither leaving the loop nor an error may do so.
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
