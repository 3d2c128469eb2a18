import type { IncomingMessage } from 'node:http'
import type { ProblemCode } from '@mercat/order-api/problem-table'
import { newTraceContext, readTraceparent, spanContextOf } from '@mercat/service/trace-context'
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
	/** Its trace, and the span for the work that it causes. */
	trace: TraceContext
	span?: Span
	/** Missing for a request that was answered before the router has seen it. */
	routed?: FastifyRequest
	/** Missing while no route is known. For speed it is kept: Fastify builds it each time it is asked for. */
	route?: ObservedRoute
	/** The code of the problem that is its answer. */
	code?: ProblemCode
	/** The outcome of a request without a problem, for a route that counts outcomes. */
	outcome?: string
	/** The order that the request is about. */
	orderId?: string
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
	request[observed] ??= { arrivedAt: performance.now(), trace: callersTrace(request) ?? newTraceContext() }
	return request[observed]
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
