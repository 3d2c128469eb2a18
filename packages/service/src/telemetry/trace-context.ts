import { randomFillSync } from 'node:crypto'
import { ROOT_CONTEXT, type SpanContext, TraceFlags, trace } from '@opentelemetry/api'
import type { SpanStart, TraceContext } from './tracing.ts'

const form = /^(?!ff)([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/

/**
 * The context of a `traceparent` (W3C Trace Context): its trace, and the span of the caller. Undefined for a text that is no
 * `traceparent`.
 */
export function readTraceparent(text: string | undefined): TraceContext | undefined {
	const [, version, traceId, spanId, flags, more] = (text !== undefined && form.exec(text)) || []
	if (traceId === undefined || spanId === undefined || flags === undefined) return undefined
	// Only later versions may have more fields.
	if (version === '00' && more !== undefined) return undefined
	const spanContext: SpanContext = { traceId, spanId, traceFlags: Number.parseInt(flags, 16) & 1, isRemote: true }
	return trace.isSpanContextValid(spanContext) ? trace.setSpanContext(ROOT_CONTEXT, spanContext) : undefined
}

/** The `traceparent` that tells another process of the context. Undefined for a context without a trace. */
export function traceparentOf(context: TraceContext | undefined): string | undefined {
	const spanContext = spanContextOf(context)
	if (spanContext === undefined) return undefined
	const { traceId, spanId, traceFlags } = spanContext
	return `00-${traceId}-${spanId}-0${traceFlags & 1}`
}

/** The trace and the span of a context, for a link. Undefined for a context without a trace. */
export function spanContextOf(context: TraceContext | undefined): SpanContext | undefined {
	return context && trace.getSpanContext(context)
}

export function traceIdOf(context: TraceContext | undefined): string | undefined {
	return spanContextOf(context)?.traceId
}

/** Whether the spans of the context are sampled. */
export function isSampled(context: TraceContext | undefined): boolean {
	return ((spanContextOf(context)?.traceFlags ?? TraceFlags.NONE) & TraceFlags.SAMPLED) !== 0
}

/** The context with another decision about its sampling. */
export function withSampling(context: TraceContext, isSampled: boolean): TraceContext {
	const spanContext = spanContextOf(context)
	if (spanContext === undefined) return context
	const traceFlags = isSampled ? TraceFlags.SAMPLED : TraceFlags.NONE
	return trace.setSpanContext(context, { ...spanContext, traceFlags })
}

/**
 * How the span of work for several causes starts. The work for a single one is a part of its trace. The work for several has a
 * trace of its own, which is sampled: its caller asks before whether the trace of any cause is. It has a link to each cause.
 *
 * @param causes their traces; undefined for a cause without one
 */
export function startingFrom(causes: (TraceContext | undefined)[]): Pick<SpanStart, 'parent' | 'links' | 'sampling'> {
	const parent = causes.length === 1 ? causes[0] : undefined
	return {
		parent,
		links: causes.flatMap((cause) => spanContextOf(cause) ?? []).map((context) => ({ context })),
		sampling: parent === undefined ? 'always' : undefined,
	}
}

/**
 * How the span of a request or a call starts: as of its arrival, in the trace of its caller or in a new one that has the id
 * already. The sampler of this process decides whether it is sampled, unless the caller is trusted: anyone else could have all
 * of its requests sampled.
 *
 * @param arrivedAt on the clock of `performance.now()`
 */
export function startingAt(
	arrivedAt: number,
	context: TraceContext,
	isTrusted: boolean,
): Pick<SpanStart, 'startTime' | 'parent' | 'sampling' | 'traceId'> & { startTime: number } {
	const startTime = Date.now() - (performance.now() - arrivedAt)
	const above = spanContextOf(context)
	if (!above?.isRemote) return { startTime, traceId: above?.traceId }
	return { startTime, parent: context, sampling: isTrusted ? undefined : 'own' }
}

// A trace and a span have 24 bytes of ids. For speed the random bytes of many traces are made at once.
const idBytes = 24
const randomIds = Buffer.alloc(idBytes * 256)
let nextIds = randomIds.length

/** A context of a trace that is new, for work that no caller has put into a trace. */
export function newTraceContext(): TraceContext {
	if (nextIds === randomIds.length) {
		randomFillSync(randomIds)
		nextIds = 0
	}
	const ids = randomIds.toString('hex', nextIds, nextIds + idBytes)
	nextIds += idBytes
	return trace.setSpanContext(ROOT_CONTEXT, { traceId: ids.slice(0, 32), spanId: ids.slice(32), traceFlags: 0 })
}
