import { isSampled, newTraceContext, readTraceparent, spanContextOf } from '@mercat/service/trace-context'
import { errorTypeOf, failSpan, isTracing, SpanKind, startSpan, type TraceContext } from '@mercat/service/tracing'
import type { ClaimedMessage, Settlement } from './outbox-message.ts'

/**
 * Makes one attempt to deliver commands to the catalog, in a span. The conventions of messaging have it so for a consumer: a
 * single message is a part of the trace of its transition. Several have a trace of their own with a link to each
 * transition, and it is sampled when the trace of any transition is. No other attempt has a span.
 */
export async function inDeliverySpan(
	messages: ClaimedMessage[],
	deliver: (trace: TraceContext) => Promise<Settlement[]>,
): Promise<Settlement[]> {
	const transitions = messages.flatMap(({ traceparent }) => readTraceparent(traceparent ?? undefined) ?? [])
	const parent = messages.length === 1 ? transitions[0] : undefined
	if (!isTracing() || !transitions.some(isSampled)) {
		// The catalog samples no work of a trace that says that it is not sampled. Of work without a trace it might.
		return deliver(parent ?? newTraceContext())
	}
	const links = transitions.flatMap((transition) => spanContextOf(transition) ?? []).map((context) => ({ context }))
	const { span, context = newTraceContext() } = startSpan('deliver catalog', {
		kind: SpanKind.CONSUMER,
		parent,
		links,
		sampling: parent === undefined ? 'always' : undefined,
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
