import { isSampled, readTraceparent, traceparentOf } from '@mercat/service/trace-context'
import { errorTypeOf, failSpan, isTracing, SpanKind, startSpan } from '@mercat/service/tracing'
import type { AttemptResult } from './attempt.ts'

export type AttemptFacts = {
	webhookId: string
	eventId: string
	/** The number of the attempt, from 1 on. */
	attempt: number
	/** The trace that the event belongs to. */
	traceparent: string | undefined
}

/**
 * Makes one attempt, in a span when the trace of its event is sampled. The span tells neither the URL nor the host, because
 * they may be secret.
 *
 * Its kind is CLIENT. The conventions of messaging have PRODUCER for a span whose own context becomes the context of the
 * message, and the context of an event is that of its transition, whoever delivers it how often.
 *
 * @param post gets the `traceparent` for the receiver
 */
export async function inAttemptSpan(
	{ webhookId, eventId, attempt, traceparent }: AttemptFacts,
	post: (traceparent: string | undefined) => Promise<AttemptResult>,
): Promise<AttemptResult> {
	const parent = isTracing() ? readTraceparent(traceparent) : undefined
	if (!isSampled(parent)) return post(traceparent)
	const { span, context } = startSpan(`deliver ${webhookId}`, {
		kind: SpanKind.CLIENT,
		parent,
		attributes: {
			'http.request.method': 'POST',
			'mercat.webhook.id': webhookId,
			'mercat.event.id': eventId,
			'mercat.attempt': attempt,
		},
	})
	try {
		const result = await post(traceparentOf(context))
		const { status } = result.attempt
		if (status !== undefined) span.setAttribute('http.response.status_code', status)
		if (result.outcome !== 'delivered') failSpan(span, status === undefined ? result.outcome : String(status))
		return result
	} catch (error) {
		failSpan(span, errorTypeOf(error))
		throw error
	} finally {
		span.end()
	}
}
