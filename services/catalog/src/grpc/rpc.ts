import {
	type handleUnaryCall,
	type ServerDuplexStream,
	type ServerUnaryCall,
	type ServiceError,
	status,
} from '@grpc/grpc-js'
import { OutOfTimeError } from '@mercat/database/errors'
import { type Budget, createBudget } from '@mercat/service/budget'
import type { Logger } from '@mercat/service/log'
import type { Scope } from '@mercat/service/scopes'
import type { Identity } from '@mercat/service/tokens'
import type { TraceContext } from '@mercat/service/tracing'
import { CatalogError } from '../errors/catalog-error.ts'
import { type AuthorizeNeeds, authorize, hasCatalogScope } from './authorize.ts'
import { type CallEnd, type ObserveCallsOptions, observeCalls } from './observe-calls.ts'
import type { OpenStreams } from './open-streams.ts'
import { type RequestBytes, readRequest, readStreamed } from './request-bytes.ts'
import { type OpenResponses, responseStream } from './response-stream.ts'
import { failStream, isUnexpected, reasonOf, refusalFacts, toServiceError } from './service-error.ts'
import { countGuardRefusal } from './stock-guard.ts'

export type RpcsNeeds = AuthorizeNeeds & {
	log: Logger
	streams: Pick<OpenStreams, 'add' | 'isDraining'>
}

/** The members that a method adds to the line of a call. A call that failed has no response. */
export type FactsOf<Request, Response> = (request: Request, response: Response | undefined) => object

type UnaryOptions<Request, Response> = { factsOf?: FactsOf<Request, Response>; largestRequestKb?: number }

const noFacts = () => ({})

// The caller of a method that anyone may call. It is not asked for.
const nobody: Identity = { subject: '', scopes: new Set(), expiresAt: Number.POSITIVE_INFINITY }

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
 * unexpected error is logged whole, and its caller learns nothing of it. Each call is observed.
 */
export function createRpcs({ log, verifyToken, streams }: RpcsNeeds, options: ObserveCallsOptions) {
	const observe = observeCalls({ log }, options)
	let inFlight = 0

	/** The status that answers a failed call. The log has unexpected errors whole, and refusals at the level debug. */
	function report(
		error: unknown,
		method: string,
		{ traceId, facts }: { traceId: string; facts?: () => object },
	): Partial<ServiceError> & { code: status } {
		if (isUnexpected(error)) {
			log.error({ err: error, method, ...facts?.(), traceId }, 'rpc failed')
			countGuardRefusal(error)
		} else if (log.isLevelEnabled('debug')) log.debug({ method, ...refusalFacts(error), traceId }, 'rpc refused')
		return toServiceError(error)
	}

	function unary<Request, Response>(
		scopes: readonly Scope[] | undefined,
		handle: (request: Request, budget: Budget, caller: Identity) => Promise<Response | Buffer>,
		{ factsOf = noFacts, largestRequestKb }: UnaryOptions<Request, Response>,
	): handleUnaryCall<Request, Response> {
		const answer: handleUnaryCall<RequestBytes<Request, Response>, Buffer> = async (call, callback) => {
			const { traceId, needsTrust, start, end } = observe(call)
			let outcome: CallEnd = { code: status.OK }
			let request: Request | undefined
			let response: Response | undefined
			const facts = () => (request === undefined ? {} : factsOf(request, response))
			inFlight++
			try {
				if (inFlight > mostInFlight) throw new CatalogError('OVERLOADED', { retryDelayMs: overloadedRetryMs })
				if (isLate(call)) throw new OutOfTimeError()
				const caller = scopes === undefined ? nobody : await authorize(call.metadata, scopes, { verifyToken })
				// For the methods that anyone may call, too, a token tells a caller that is trusted.
				const isTrusted =
					scopes !== undefined || (needsTrust && (await hasCatalogScope(call.metadata, { verifyToken })))
				const budget = budgetOf(call, start(isTrusted))
				request = readRequest(call.request, largestRequestKb)
				const answered = await handle(request, budget, caller)
				const isEncoded = Buffer.isBuffer(answered)
				if (!isEncoded) response = answered
				callback(null, isEncoded ? answered : call.request.method.responseSerialize(answered))
			} catch (error) {
				const failure = report(error, call.getPath(), { traceId, facts })
				callback(failure)
				outcome = { code: failure.code, reason: reasonOf(error) }
			} finally {
				inFlight--
			}
			end({ ...outcome, facts })
		}
		// The types know only handlers that take messages.
		return answer as handleUnaryCall<unknown, unknown> as handleUnaryCall<Request, Response>
	}

	return {
		/** A handler of a stream of responses that anyone may open. It writes them as bytes. */
		watch: <Request, Response>(open: OpenResponses<Request>, largestRequestKb: number) =>
			responseStream<Request, Response>({ streams, verifyToken, observe, report }, open, largestRequestKb),

		/** A handler that anyone may call. It may answer with the bytes of a response. */
		open: <Request, Response>(
			handle: (request: Request, budget: Budget) => Promise<Response | Buffer>,
			factsOf: FactsOf<Request, Response> = noFacts,
		) => unary(undefined, handle, { factsOf }),

		/** A handler for callers whose token has the scope, or one of the scopes. */
		scoped: <Request, Response>(
			scopes: Scope | readonly Scope[],
			handle: (request: Request, budget: Budget, caller: Identity) => Promise<Response>,
			factsOf: FactsOf<Request, Response> = noFacts,
		) => unary([scopes].flat(), handle, { factsOf }),

		/** The same for requests of up to so many KB. They are read only after the token. */
		scopedLarge: <Request, Response>(
			scope: Scope,
			handle: (request: Request, budget: Budget, caller: Identity) => Promise<Response>,
			largestRequestKb: number,
		) => unary([scope], handle, { largestRequestKb }),

		/** A handler of a stream both ways that answers each request with one response, in order. */
		scopedStream:
			<Request, Response>(
				scope: Scope,
				handle: (request: Request, trace: TraceContext, caller: Identity) => Promise<Response>,
			) =>
			async (call: ServerDuplexStream<Request, Response>): Promise<void> => {
				const { traceId, start, end } = observe(call)
				let outcome: CallEnd = { code: status.OK }
				let messages = 0
				let isOver = false
				let isIdle = true
				const fail = (error: unknown) => {
					if (isOver || call.cancelled) return
					isOver = true
					const failure = report(error, call.getPath(), { traceId })
					outcome = { code: failure.code, reason: reasonOf(error) }
					failStream(call, failure)
				}
				const endAtDrain = () => {
					if (isIdle) fail(new CatalogError('SHUTTING_DOWN'))
				}
				// The caller may leave at any time. It sends unanswered requests again.
				call.on('error', (error) => {
					if (!isOver) log.debug({ err: error, method: call.getPath() }, 'stream broken')
				})
				try {
					const caller = await authorize(call.metadata, [scope], { verifyToken })
					const trace = start(true)
					streams.add('import', call, endAtDrain)
					// A destroyed call sends no status, so the end of the loop must not destroy it.
					for await (const request of call.iterator({ destroyOnReturn: false })) {
						isIdle = false
						const message = readStreamed(request as RequestBytes<Request, Response>)
						const response = await handle(message, trace, caller)
						messages++
						if (call.cancelled) break
						await send(call, response)
						isIdle = true
						if (streams.isDraining) throw new CatalogError('SHUTTING_DOWN')
					}
					if (!call.cancelled) call.end()
				} catch (error) {
					fail(error)
				}
				end({ ...outcome, facts: () => ({ messages }) })
			},
	}
}

// Resolves when the response is on its way, or when the caller has left.
function send<Response>(call: ServerDuplexStream<unknown, Response>, response: Response): Promise<void> {
	return new Promise((resolve) => {
		const done = () => {
			call.off('close', done)
			resolve()
		}
		call.once('close', done)
		call.write(response, done)
	})
}

function isLate(call: ServerUnaryCall<unknown, unknown>): boolean {
	return Number(call.getDeadline()) <= Date.now()
}

function budgetOf(call: ServerUnaryCall<unknown, unknown>, trace: TraceContext): Budget {
	return createBudget(Math.min(Number(call.getDeadline()) - Date.now(), longestCallMs), { trace })
}
