import { type handleUnaryCall, type Metadata, type ServerUnaryCall, type ServiceError, status } from '@grpc/grpc-js'
import { OutOfTimeError } from '@mercat/database/errors'
import { type Budget, createBudget } from '@mercat/service/budget'
import type { Logger } from '@mercat/service/log'
import type { Scope } from '@mercat/service/scopes'
import type { Identity } from '@mercat/service/tokens'
import type { TraceContext } from '@mercat/service/tracing'
import { GeneralError } from '../errors/general-error.ts'
import { isUnexpected, reasonOf, refusalFacts, toServiceError } from '../errors/service-error.ts'
import type { OpenStreams } from '../streams/open-streams.ts'
import { answeredStream } from './answered-stream.ts'
import { type AuthorizeNeeds, authorize, hasScope } from './authorize.ts'
import { type CallEnd, type ObserveCallsOptions, observeCalls } from './observe-calls.ts'
import { type RequestBytes, readRequest } from './request-bytes.ts'
import { type OpenResponses, responseStream } from './response-stream.ts'

export type RpcsNeeds = AuthorizeNeeds & {
	log: Logger
	streams: Pick<OpenStreams, 'add' | 'isDraining'>
	/** Is told of each error that neither a caller nor a deadline explains. */
	unexpected?(error: unknown): void
}

export type RpcsOptions = ObserveCallsOptions & {
	/** A token with one of these scopes tells a caller that may decide which calls are traced. */
	trustedScopes: readonly Scope[]
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
export function createRpcs(
	{ log, verifyToken, streams, unexpected }: RpcsNeeds,
	{ requestLog, trustedScopes }: RpcsOptions,
) {
	const observe = observeCalls({ log }, { requestLog })
	const isTrustedCaller = (metadata: Metadata) => hasScope(metadata, trustedScopes, { verifyToken })
	let inFlight = 0

	/** The status that answers a failed call. The log has unexpected errors whole, and refusals at the level debug. */
	function report(
		error: unknown,
		method: string,
		{ traceId, facts }: { traceId: string; facts?: () => object },
	): Partial<ServiceError> & { code: status } {
		if (isUnexpected(error)) {
			log.error({ err: error, method, ...facts?.(), traceId }, 'rpc failed')
			unexpected?.(error)
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
				if (inFlight > mostInFlight) throw new GeneralError('OVERLOADED', { retryDelayMs: overloadedRetryMs })
				if (isLate(call)) throw new OutOfTimeError()
				const caller = scopes === undefined ? nobody : await authorize(call.metadata, scopes, { verifyToken })
				// For the methods that anyone may call, too, a token tells a caller that is trusted.
				const isTrusted = scopes !== undefined || (needsTrust && (await isTrustedCaller(call.metadata)))
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

	const streamNeeds = { streams, verifyToken, isTrustedCaller, observe, report }
	return {
		/** A handler of a stream of responses that anyone may open. It writes them as bytes. */
		watch: <Request, Response>(open: OpenResponses<Request>, largestRequestKb: number) =>
			responseStream<Request, Response>(streamNeeds, open, { largestRequestKb }),

		/** The same for callers whose token has the scope. The stream ends when the token does. */
		scopedWatch: <Request, Response>(scope: Scope, open: OpenResponses<Request>, largestRequestKb: number) =>
			responseStream<Request, Response>(streamNeeds, open, { scopes: [scope], largestRequestKb }),

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
		scopedStream: <Request, Response>(
			scope: Scope,
			handle: (request: Request, trace: TraceContext, caller: Identity) => Promise<Response>,
		) => answeredStream<Request, Response>({ ...streamNeeds, log }, scope, handle),
	}
}

function isLate(call: ServerUnaryCall<unknown, unknown>): boolean {
	return Number(call.getDeadline()) <= Date.now()
}

function budgetOf(call: ServerUnaryCall<unknown, unknown>, trace: TraceContext): Budget {
	return createBudget(Math.min(Number(call.getDeadline()) - Date.now(), longestCallMs), { trace })
}
