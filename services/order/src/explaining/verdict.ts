import type { Verdict } from '@mercat/order-api/explanation-schemas'
import { traceIdOfTraceparent } from '../order/order-trace.ts'
import type { OrderRecord } from '../record/order-record.ts'
import type { KeptRequest } from '../refusals/kept-request.ts'
import { absenceSentence, isUnknown, unknownReservationText, unsettledSentence } from './absence-sentence.ts'
import type { Facts, ReservationFact } from './facts.ts'
import { describeStanding } from './order-sentence.ts'
import { listText, timeText } from './phrases.ts'
import { refusalSentence } from './refusal-sentence.ts'
import { tellingOf } from './telling-request.ts'

type Decision = { verdict: Verdict; sentence: string }

const leastFailure = 500
const clockToleranceMs = 2_000

/** Decides what became of an order or a request, in a word and in sentences for a person. */
export function decide(facts: Facts): Decision {
	const { question, record, now, orderId } = facts
	// The other requests are evidence only: those about another order of the trace.
	const kept = facts.kept.filter((request) => request.orderId === (orderId ?? null))
	const telling = tellingOf(kept)
	if (question.by === 'trace' && telling !== undefined && !hasChanged(record, question.traceId)) {
		return record === undefined ? withoutOrder(facts, kept, telling) : ofTrace(record, telling, now)
	}
	if (record !== undefined) {
		const standing = describeStanding(record, now)
		return { ...standing, sentence: standing.sentence + sinceThen(record, kept) }
	}
	// Without an order, only a request to place it tells what became of it.
	const placings = kept.filter(({ operation }) => operation === 'place')
	return withoutOrder(facts, placings, tellingOf(placings))
}

/** Whether a request of the trace has placed or changed the order. */
function hasChanged(record: OrderRecord | undefined, traceId: string): boolean {
	return record?.order.history.some(({ traceparent }) => traceIdOfTraceparent(traceparent) === traceId) ?? false
}

/** The request of the trace has changed nothing. Another one has placed the order. */
function ofTrace(record: OrderRecord, telling: KeptRequest, now: string): Decision {
	const order = describeStanding(record, now).sentence
	if (telling.code !== null) {
		return {
			verdict: verdictOf(telling),
			sentence: `${refusalSentence(telling)} The order is from another request. ${order}`,
		}
	}
	return {
		verdict: 'replayed',
		sentence: `Answered on ${timeText(telling.at)} as an earlier copy of the request: it changed nothing, and the answer was the order that exists. ${order}`,
	}
}

// A refusal that came before the last change is only evidence.
function sinceThen({ order }: OrderRecord, kept: KeptRequest[]): string {
	const changedAt = order.updatedAt.getTime()
	const refusals = kept.filter(({ code }) => code !== null)
	const last = tellingOf(refusals.filter((request) => mayBeLater(request, changedAt)))
	if (last === undefined) return ''
	const begin = Date.parse(last.at) > changedAt + clockToleranceMs ? 'A later request' : 'Another request'
	// The state of the order, which is told before, is the whole reason.
	if (last.code === 'ORDER_STATE_CONFLICT')
		return ` ${begin} to ${last.operation} it was refused on ${timeText(last.at)}.`
	return ` ${begin} changed nothing. ${refusalSentence(last)}`
}

// The time of a record is of the clock of its process, and the time of a change of the clock of the database. A request to place
// an order that exists is answered as a copy of it, or with a used key, so another refusal of about that time came before.
function mayBeLater({ at, operation, code }: KeptRequest, changedAt: number): boolean {
	const isBefore = operation === 'place' && code !== 'IDEMPOTENCY_KEY_REUSED'
	return Date.parse(at) > changedAt + (isBefore ? clockToleranceMs : -clockToleranceMs)
}

function withoutOrder(facts: Facts, kept: KeptRequest[], last: KeptRequest | undefined): Decision {
	const { reservation, hasMoreKept } = facts
	const held = isUnknown(reservation) ? null : reservation
	// A clear refusal says what became of the last request, also while an earlier one has left a hold behind.
	const isClear = last !== undefined && last.code !== null && last.status < leastFailure
	if (held !== null && !isClear) {
		const failure = last === undefined || last.code === null ? '' : ` ${refusalSentence(last)}`
		return { verdict: 'unsettled', sentence: `${unsettledSentence(held)}${failure}` }
	}
	if (last === undefined || last.code === null) return { verdict: 'unknown', sentence: absenceSentence(facts) }
	const attempts = kept.filter(({ operation }) => operation === last.operation).length
	return {
		verdict: verdictOf(last),
		sentence: [
			refusalSentence(last),
			...(attempts > 1 && last.orderId !== null
				? [`There were ${hasMoreKept ? 'at least ' : ''}${attempts} attempts.`]
				: []),
			...(held?.state === 'HELD' ? [holdSentence(held, last)] : []),
			...(!isClear && last.orderId !== null && isUnknown(reservation) ? [unknownReservationText(reservation)] : []),
		].join(' '),
	}
}

function holdSentence({ expiresAt, lines }: ReservationFact, { code }: KeptRequest): string {
	const other = code === 'IDEMPOTENCY_KEY_REUSED' ? ' with other items' : ''
	const until = expiresAt === null ? '' : ` until ${timeText(expiresAt)}`
	const held = listText(lines.map(({ sku, quantity }) => `${quantity} of ${sku}`))
	return `An earlier attempt${other} holds stock in the catalog${until}: ${held}. No order exists, and the hold ends by itself.`
}

function verdictOf({ status }: KeptRequest): Verdict {
	return status >= leastFailure ? 'failed' : 'refused'
}
