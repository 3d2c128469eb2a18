import { trace as api } from '@opentelemetry/api'
import { isSampled, newTraceContext, spanContextOf } from '../telemetry/trace-context.ts'
import { errorTypeOf, failSpan, isTracing, startSpan, type TraceContext } from '../telemetry/tracing.ts'

export type BatchSpan = {
	/** The trace for the work of the batch. */
	trace: TraceContext | undefined
	/** @param error the error of the batch; undefined when the batch itself did not fail */
	end(error: unknown): void
}

const end = () => {}

/**
 * Starts the span of a batch. A batch of one request is a part of the request's trace. A batch of several has a trace of
 * its own, which is sampled when the trace of any request is; it has a link to each request, and each request to it.
 *
 * @param requests the traces of the requests in the batch
 */
export function startBatchSpan(name: string, requests: (TraceContext | undefined)[]): BatchSpan {
	const parent = requests.length === 1 ? requests[0] : undefined
	if (!isTracing()) return { trace: parent, end }
	if (!requests.some(isSampled)) return { trace: parent ?? unsampled(requests), end }
	const links = requests
		.map(spanContextOf)
		.flatMap((context) => context ?? [])
		.map((context) => ({ context }))
	const { span, context } = startSpan(`batch ${name}`, {
		parent,
		links,
		sampling: parent === undefined ? 'always' : undefined,
		attributes: { 'mercat.batch.size': requests.length },
	})
	const link = { context: span.spanContext() }
	for (const request of requests) if (request !== undefined) api.getSpan(request)?.addLink(link)
	return {
		trace: context,
		end(error) {
			if (error !== undefined) failSpan(span, errorTypeOf(error))
			span.end()
		},
	}
}

// A receiver samples no work of a trace that says that it is not sampled. Of work without a trace it might.
function unsampled(requests: (TraceContext | undefined)[]): TraceContext | undefined {
	return requests.some((request) => request !== undefined) ? newTraceContext() : undefined
}
