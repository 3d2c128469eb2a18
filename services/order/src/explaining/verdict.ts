import type { Verdict } from '@mercat/order-api/explanation-schemas'
import { traceIdOfTraceparent } from '../order/order-trace.ts'
import type { OrderRecord } from '../record/order-record.ts'
import type { KeptRequest } from '../refusals/kept-request.ts'
import { absenceSentence, isUnknown, unknownReservationText, unsettledSentence } from './absence-sentence.ts'
import type { Facts } from './facts.ts'
import { describeStanding } from './order-sentence.ts'
import { timeText } from './phrases.ts'
import { refusalSentence } from './refusal-sentence.ts'

type Decision = { verdict: Verdict; sentence: string }

const leastFailure = 500

/** Decides what became of an order or a request, in a word and in sentences for a person. */
export function decide(facts: Facts): Decision {
	const { question, record, kept, now } = facts
	const last = kept.at(-1)
	if (question.by === 'trace' && last !== undefined && !hasChanged(record, question.traceId))
		return ofTrace(facts, last)
	if (record !== undefined) {
		const standing = describeStanding(record, now)
		return { ...standing, sentence: standing.sentence + sinceThen(record, last) }
	}
	return withoutOrder(facts, last)
}

/** Whether a request of the trace has placed or changed the order. */
function hasChanged(record: OrderRecord | undefined, traceId: string): boolean {
	return record?.order.history.some(({ traceparent }) => traceIdOfTraceparent(traceparent) === traceId) ?? false
}

/** The last request of the trace has changed nothing. Another one may have placed the order. */
function ofTrace(facts: Facts, last: KeptRequest): Decision {
	const { record, now } = facts
	if (record === undefined) return withoutOrder(facts, last)
	const order = describeStanding(record, now).sentence
	if (last.code !== null) {
		return {
			verdict: 'refused',
			sentence: `${refusalSentence(last)} The order is from another request. ${order}`,
		}
	}
	return {
		verdict: 'replayed',
		sentence: `Answered on ${timeText(last.at)} as an earlier copy of the request: it changed nothing, and the answer was the order that exists. ${order}`,
	}
}

// A refusal that came before the last change is only evidence.
function sinceThen({ order }: OrderRecord, last: KeptRequest | undefined): string {
	if (last === undefined || last.code === null || last.at <= order.updatedAt.toISOString()) return ''
	// The state of the order, which is told before, is the whole reason.
	if (last.code === 'ORDER_STATE_CONFLICT')
		return ` A later request to ${last.operation} it was refused on ${timeText(last.at)}.`
	return ` A later request changed nothing. ${refusalSentence(last)}`
}

function withoutOrder(facts: Facts, last: KeptRequest | undefined): Decision {
	const { reservation, kept } = facts
	const held = isUnknown(reservation) ? null : reservation
	// A clear refusal says what became of the last request, also while an earlier one has left a hold behind.
	const isClear = last !== undefined && last.code !== null && last.status < leastFailure
	if (held !== null && !isClear) {
		const failure = last === undefined ? '' : ` ${refusalSentence(last)}`
		return { verdict: 'unsettled', sentence: `${unsettledSentence(held)}${failure}` }
	}
	if (last === undefined || last.code === null) return { verdict: 'unknown', sentence: absenceSentence(facts) }
	const more = kept.length - 1
	return {
		verdict: 'refused',
		sentence: [
			refusalSentence(last),
			...(more > 0 ? [`It was the last of ${kept.length} attempts.`] : []),
			...(held?.state === 'HELD'
				? ['An earlier attempt has left a hold of the stock behind, which ends by itself.']
				: []),
			...(!isClear && last.orderId !== null && isUnknown(reservation) ? [unknownReservationText(reservation)] : []),
		].join(' '),
	}
}
