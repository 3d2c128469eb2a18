import { isSampled, newTraceContext, readTraceparent, startingFrom } from '@mercat/service/trace-context'
import { errorTypeOf, failSpan, isTracing, SpanKind, startSpan, type TraceContext } from '@mercat/service/tracing'
import type { ClaimedMessage, Settlement } from './outbox-message.ts'

/**
 * Makes one attempt to deliver commands to the catalog, in a span that starts from their transitions ({@link startingFrom}). The
 * conventions of messaging have it so for a consumer. Without a sampled transition an attempt has no span.
 */
export async function inDeliverySpan(
	messages: ClaimedMessage[],
	deliver: (trace: TraceContext) => Promise<Settlement[]>,
): Promise<Settlement[]> {
	const transitions = messages.map(({ traceparent }) => readTraceparent(traceparent ?? undefined))
	if (!isTracing() || !transitions.some(isSampled)) {
		// The catalog samples no work of a trace that says that it is not sampled. Of work without a trace it might.
		return deliver((transitions.length === 1 ? transitions[0] : undefined) ?? newTraceContext())
	}
	const { span, context = newTraceContext() } = startSpan('deliver catalog', {
		kind: SpanKind.CONSUMER,
		...startingFrom(transitions),
		attributes: { 'mercat.batch.size': messages.length },
	})
	try {
		const settlements = await deliver(context)
		const failed = settlements.find(({ outcome }) => outcome !== 'delivered')
		if (failed !== undefined) failSpan(span, failed.outcome)
		return settlements
	} catch (error) {
		failSpan(span, errorTypeOf(error))
		throw error
	} finally {
		span.end()
	}
}
