import {
	type Attributes,
	type Context,
	createContextKey,
	type Link,
	ROOT_CONTEXT,
	type Span,
	SpanKind,
	SpanStatusCode,
	type Tracer,
	trace,
} from '@opentelemetry/api'

export { type Attributes, type Span, SpanKind, SpanStatusCode } from '@opentelemetry/api'

/** The trace to which some work belongs, and the span above it. */
export type TraceContext = Context

export type SpanStart = {
	/** INTERNAL unless given. */
	kind?: SpanKind
	/** The trace and the span above. Without it the span begins a trace. */
	parent?: TraceContext
	links?: Link[]
	attributes?: Attributes
	/** In milliseconds since the epoch; now, unless given. */
	startTime?: number
	/** The id of the trace that the span begins; a new one, unless given. Without effect for a span with a parent. */
	traceId?: string
	/** Who decides whether the trace is sampled; the span above, as the standard has it, unless given. */
	sampling?: Sampling
}

/**
 * `own`: the sampler of this process decides, whatever the caller has decided and whatever id it has chosen for the trace.
 * `always`: the trace is sampled, because it carries work of a sampled trace.
 */
export type Sampling = 'own' | 'always'

/** A span, and the context for the work under it. */
export type StartedSpan = { span: Span; context: TraceContext | undefined }

const silentSpan = trace.wrapSpanContext({ traceId: '0'.repeat(32), spanId: '0'.repeat(16), traceFlags: 0 })
const samplingKey = createContextKey('who decides whether a trace is sampled')
let tracer: Tracer | undefined
let nextTraceId: string | undefined

/** From now on the tracer makes the spans. Without one, no spans are made. */
export function setTracer(next: Tracer | undefined): void {
	tracer = next
}

/** Whether spans are made. For speed, a caller asks before it builds attributes. */
export function isTracing(): boolean {
	return tracer !== undefined
}

/** Starts a span. Whoever starts it ends it. Without an SDK the span does nothing, and the context is the one of the parent. */
export function startSpan(name: string, start: SpanStart = {}): StartedSpan {
	const { parent, kind = SpanKind.INTERNAL, traceId, sampling, ...options } = start
	if (tracer === undefined) return { span: silentSpan, context: parent }
	const above = parent ?? ROOT_CONTEXT
	const sampled = sampling === undefined ? above : above.setValue(samplingKey, sampling)
	nextTraceId = traceId
	try {
		const span = tracer.startSpan(name, { kind, ...options }, sampled)
		return { span, context: trace.setSpan(above, span) }
	} finally {
		nextTraceId = undefined
	}
}

/**
 * Marks a span as failed.
 *
 * @param errorType one of few texts, such as the code of a problem
 */
export function failSpan(span: Span, errorType: string): void {
	span.setAttribute('error.type', errorType)
	span.setStatus({ code: SpanStatusCode.ERROR })
}

/** The `error.type` of an error: its code, or its class. */
export function errorTypeOf(error: unknown): string {
	const { code, name } = error as { code?: unknown; name?: unknown }
	return typeof code === 'string' ? code : String(name)
}

/** For the sampler: who decides about the span that starts in the context. */
export function samplingOf(context: Context): Sampling | undefined {
	return context.getValue(samplingKey) as Sampling | undefined
}

/** For the generator of ids: the id that the starting span has for its new trace. */
export function traceIdOfStart(): string | undefined {
	return nextTraceId
}
