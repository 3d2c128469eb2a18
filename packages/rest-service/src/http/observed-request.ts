import type { IncomingMessage } from 'node:http'
import type { Problem } from '@mercat/rest-api/problem'
import { isSampled, newTraceContext, readTraceparent, spanContextOf, withSampling } from '@mercat/service/trace-context'
import type { Span, TraceContext } from '@mercat/service/tracing'
import type { FastifyContextConfig, FastifyRequest } from 'fastify'
import { valuesOf } from './header-values.ts'

/** The parts of a route that are observed. */
export type ObservedRoute = {
	/** The pattern of its path. */
	readonly url?: string
	readonly config?: FastifyContextConfig
}

/** What the span, the metrics and the log tell of a request. The places that learn it write it here. */
export type ObservedRequest = {
	/** The arrival of its head, on the clock of `performance.now()`. */
	arrivedAt: number
	/** Its trace, and the span for the work that it causes. It is not sampled until this service has decided that. */
	trace: TraceContext
	/** Whether its caller says that the trace is sampled. */
	isSampledByCaller: boolean
	span?: Span
	/** Missing for a request that was answered before the router has seen it. */
	routed?: FastifyRequest
	/** Missing while no route is known. */
	route?: ObservedRoute
	/** The problem that is its answer. */
	problem?: Problem
	/** The outcome of a request without a problem, for a route that counts outcomes. */
	outcome?: string
	/** The id of the resource that the request is about, such as an order. */
	resourceId?: string
}

/** The resources that the requests of a service are about, as the log and the spans name them. */
export type ObservedResource = {
	/** The name of an id in the log, such as `orderId`. */
	logName: string
	/** The attribute of spans with the id. */
	attribute: string
	/** The resource that a request is about, also when it is only in its path. */
	idOf(request: ObservedRequest): string | undefined
}

declare module 'node:http' {
	interface IncomingMessage {
		/** Only for {@link observedOf}. For speed it is no WeakMap: the garbage collector takes long for one. */
		[observed]?: ObservedRequest
	}
}

const observed = Symbol('observed')

/**
 * What is known of the request. Its trace is the one of the caller (W3C Trace Context), or else a new one. There is one for
 * each request, also when no span is made, so that the log, the problem and the catalog name the same trace.
 */
export function observedOf(request: IncomingMessage): ObservedRequest {
	request[observed] ??= observe(callersTrace(request))
	return request[observed]
}

// The catalog, the history and webhooks get the trace, also when this process makes no spans. For them, too, the flag of a
// client must not count.
function observe(callers: TraceContext | undefined): ObservedRequest {
	const isSampledByCaller = isSampled(callers)
	const trace = callers && (isSampledByCaller ? withSampling(callers, false) : callers)
	return { arrivedAt: performance.now(), trace: trace ?? newTraceContext(), isSampledByCaller }
}

/** The route of a request that has come to the router. Fastify builds it each time it is asked for, so it is kept. */
export function routeOf(request: FastifyRequest): ObservedRoute {
	const observed = observedOf(request.raw)
	observed.route ??= request.routeOptions
	return observed.route
}

/** The id of the request's trace, which problems and the log tell. */
export function traceIdOf(request: IncomingMessage): string {
	return spanContextOf(observedOf(request).trace)?.traceId as string
}

// More than one such header names no trace. For speed from `rawHeaders`: Node would parse all headers.
function callersTrace({ rawHeaders }: IncomingMessage): TraceContext | undefined {
	const [traceparent, another] = valuesOf('traceparent', rawHeaders)
	return another === undefined ? readTraceparent(traceparent) : undefined
}
