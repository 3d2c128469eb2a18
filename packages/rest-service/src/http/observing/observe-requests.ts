import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { type ProblemCode, problemTable } from '@mercat/rest-api/problem-table'
import type { Logger } from '@mercat/service/log'
import { isTracing } from '@mercat/service/tracing'
import type { FastifyContextConfig, FastifyInstance } from 'fastify'
import { type ObservedRequest, type ObservedResource, observedOf, routeOf, traceIdOf } from '../observed-request.ts'
import { answerOf, type RequestAnswer } from './request-answer.ts'
import { createRequestLog, type RequestIdentity } from './request-log.ts'
import { countRequest } from './request-metrics.ts'
import { describeAnswer, startServerSpan } from './server-span.ts'
import { collectStaticRoutes, type FindStaticRoute } from './static-routes.ts'

declare module 'fastify' {
	interface FastifyContextConfig {
		/** Whether the requests are neither traced nor logged. They are counted. */
		isQuiet?: boolean
		/** Counts the outcome of each request: the one that its handler names, or the code of the problem. */
		countOutcome?(outcome: string): void
	}
}

export type ObserveRequestsNeeds = {
	log: Logger
	/** The name of a customer in logs and spans. */
	customerPseudonym(customer: string): string
	/** Is told of each request when it ends, for what a service does with them beside. */
	noteAnswer?(request: IncomingMessage, observed: ObservedRequest, answer: RequestAnswer): void
}

export type ObserveRequestsOptions = {
	/** Whether the log has a line for each request. */
	requestLog: boolean
	/** What requests are about. */
	resource: ObservedResource
	/** The scope of callers who decide themselves whether their traces are sampled. */
	trustedScope: string
}

/** Tells of each request in its span, in the metrics and in a line of the log, which agree with each other. */
export function observeRequests(
	{ log, customerPseudonym, noteAnswer }: ObserveRequestsNeeds,
	{ requestLog, resource, trustedScope }: ObserveRequestsOptions,
) {
	const writeRequest = createRequestLog(log, resource.logName, requestLog)
	let findStaticRoute: FindStaticRoute = () => undefined

	function end(request: IncomingMessage, response: ServerResponse): void {
		const observed = observedOf(request)
		// A request that was shed has not come to the router.
		observed.route ??= findStaticRoute(request.method, request.url)
		const answer = answerOf(request, response, observed)
		const config = observed.route?.config
		countRequest(answer)
		config?.countOutcome?.(outcomeOf(answer, observed))
		noteAnswer?.(request, observed, answer)
		if (!config?.isQuiet) tell(request, observed, answer)
	}

	function tell(request: IncomingMessage, observed: ObservedRequest, answer: RequestAnswer): void {
		const span = observed.span ?? (isTracing() ? startServerSpan(request, observed, trustedScope) : undefined)
		const isRecording = span?.isRecording() === true
		if (writeRequest !== undefined || isRecording) {
			const identity = identityOf(request, observed)
			writeRequest?.(answer, identity)
			if (isRecording) describeAnswer(span, request, observed, answer, identity, resource.attribute)
		}
		span?.end()
	}

	function identityOf(request: IncomingMessage, observed: ObservedRequest): RequestIdentity {
		const customer = observed.routed?.identity?.subject
		return {
			customer: customer === undefined ? undefined : customerPseudonym(customer),
			resourceId: resource.idOf(observed),
			traceId: traceIdOf(request),
		}
	}

	return {
		/** Observes each request that comes to the handler. */
		listen(handle: RequestListener): RequestListener {
			return (request, response) => {
				observedOf(request)
				response.on('close', () => end(request, response))
				handle(request, response)
			}
		},

		/** Lets the routes of `app` be known. Comes before all routes, and before every hook that may answer. */
		noteRoutes(app: FastifyInstance): void {
			findStaticRoute = collectStaticRoutes(app)
			app.addHook('onRequest', (request, _reply, done) => {
				observedOf(request.raw).routed = request
				routeOf(request)
				done()
			})
		},

		/** Starts the spans of the routes of `app`. Comes after the sign-in, which may decide whether a trace is sampled. */
		startSpans(app: FastifyInstance): void {
			// For speed there is no hook without an SDK. The service loads it before it builds the app.
			if (!isTracing()) return
			app.addHook('onRequest', (request, _reply, done) => {
				const observed = observedOf(request.raw)
				startServerSpan(request.raw, observed, trustedScope)
				request.budget.trace = observed.trace
				done()
			})
		},

		/** Counts and logs a problem that is the answer to bytes that are no request. */
		noteUnreadable(code: ProblemCode, traceId: string): void {
			const { status } = problemTable[code]
			const answer: RequestAnswer = {
				method: '_OTHER',
				route: undefined,
				status,
				isSent: true,
				code,
				errorType: undefined,
				scheme: 'http',
				ms: 0,
			}
			countRequest(answer)
			writeRequest?.(answer, { customer: undefined, resourceId: undefined, traceId })
		},
	}
}

/** Keeps the requests for the routes of `app` out of the traces and out of the log. */
export function keepQuiet(app: FastifyInstance): void {
	app.addHook('onRoute', (route) => {
		route.config = { ...route.config, isQuiet: true } as FastifyContextConfig
	})
}

function outcomeOf({ isSent, code }: RequestAnswer, { outcome }: ObservedRequest): string {
	return isSent ? (code ?? outcome ?? 'none') : 'client_left'
}
