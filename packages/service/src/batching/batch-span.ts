import { trace as api } from '@opentelemetry/api'
import { isSampled, newTraceContext, startingFrom } from '../telemetry/trace-context.ts'
import { errorTypeOf, failSpan, isTracing, startSpan, type TraceContext } from '../telemetry/tracing.ts'

export type BatchSpan = {
	/** The trace for the work of the batch. */
	trace: TraceContext | undefined
	/** @param error the error of the batch; undefined when the batch itself did not fail */
	end(error: unknown): void
}

const end = () => {}

/**
 * Starts the span of a batch, which starts from its requests ({@link startingFrom}). Each request gets a link to it.
 *
 * @param requests the traces of the requests in the batch
 */
export function startBatchSpan(name: string, requests: (TraceContext | undefined)[]): BatchSpan {
	const onlyOne = requests.length === 1 ? requests[0] : undefined
	if (!isTracing()) return { trace: onlyOne, end }
	if (!requests.some(isSampled)) return { trace: onlyOne ?? unsampled(requests), end }
	const { span, context } = startSpan(`batch ${name}`, {
		...startingFrom(requests),
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
