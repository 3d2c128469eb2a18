import type { Evidence } from '@mercat/order-api/explanation-schemas'
import type { OrderRecord, RecordedDelivery, RecordedMessage } from '../record/order-record.ts'
import type { KeptRequest } from '../refusals/kept-request.ts'
import { isUnknown, unknownReservationText } from './absence-sentence.ts'
import type { Facts, ReservationFact } from './facts.ts'
import { listText, moneyText } from './phrases.ts'
import { reasonOf } from './refusal-reason.ts'

const leastLogged = 500

/** All that is known, the oldest first. Facts without a time come last. */
export function listEvidence(facts: Facts): Evidence[] {
	const { record, kept, orderId, otherOrderIds } = facts
	const evidence = [
		...(record === undefined ? [] : recordEvidence(record)),
		...kept.flatMap((request) => keptEvidence(request, orderId)),
		...reservationEvidence(facts),
		...otherOrderIds.map(
			(id): Evidence => ({ at: null, source: 'order', text: `The trace also belongs to the order ${id}` }),
		),
	]
	return evidence.sort((one, other) => (one.at ?? '~').localeCompare(other.at ?? '~'))
}

function recordEvidence({ order, messages, events, deliveries }: OrderRecord): Evidence[] {
	const total = moneyText({ amountMinor: order.totalMinor, currency: order.currency })
	const items = listText(order.items.map(({ sku, quantity }) => `${quantity} of ${sku}`))
	return [
		{
			at: iso(order.placedAt),
			source: 'order',
			text: `The order of ${order.customerId}: ${items}, in total ${total}. It is ${order.status}`,
		},
		...order.history.map(({ from, to, when, who, why, reference }): Evidence => {
			const name = reference === undefined ? '' : `, reference ${reference}`
			const reason = why === undefined ? '' : `: ${why}`
			return {
				at: iso(when),
				source: 'history',
				text: `${from === null ? '' : `${from} → `}${to} by ${who}${name}${reason}`,
			}
		}),
		...messages.map(commandEvidence),
		...events.map(({ position, type, loggedAt }): Evidence => {
			const place = position === null ? 'waits for its position in the log' : `has the position ${position} in the log`
			return { at: loggedAt === null ? null : iso(loggedAt), source: 'event', text: `The event ${type} ${place}` }
		}),
		...deliveries.map(deliveryEvidence),
	]
}

function commandEvidence(command: RecordedMessage): Evidence {
	const { type, destination, state, attempts, nextAttemptAt, settledAt, lastError } = command
	const error = lastError === null ? '' : `, last error: ${lastError}`
	const next = state === 'pending' ? `, next at ${iso(nextAttemptAt)}` : ''
	return {
		at: settledAt === null ? null : iso(settledAt),
		source: 'outbox',
		text: `The message ${type} to ${destination} is ${state}, attempts: ${attempts}${next}${error}`,
	}
}

function deliveryEvidence(delivery: RecordedDelivery): Evidence {
	const { webhookId, url, webhookState, position, state, attempts, attemptCount, nextAttemptAt } = delivery
	const last = attempts.at(-1)
	const answer = last === undefined ? '' : `, last answer: ${last.status ?? last.error}`
	const next = nextAttemptAt === null ? '' : `, next at ${iso(nextAttemptAt)}`
	const paused = webhookState === 'active' ? '' : `, which is ${webhookState}`
	return {
		at: last === undefined ? null : iso(last.at),
		source: 'delivery',
		text: `The event at the position ${position} is ${state} at ${url} (webhook ${webhookId}${paused}), attempts: ${attemptCount}${next}${answer}`,
	}
}

function keptEvidence(record: KeptRequest, asked: string | undefined): Evidence[] {
	const { at, operation, status, code, customerId, traceId } = record
	const other = record.orderId === null || record.orderId === asked ? '' : ` about the order ${record.orderId}`
	const sender = `${customerId ?? 'nobody who is known'}${other}`
	if (code === null)
		return [
			{ at, source: 'replay', text: `A copy of the request of ${sender} was answered as before, trace ${traceId}` },
		]
	const refusal: Evidence = {
		at,
		source: 'refusal',
		text: `${status} ${code} to ${sender} (${operation}), trace ${traceId}. ${reasonOf(record).what}`,
	}
	if (status < leastLogged || code === 'OVERLOADED') return [refusal]
	return [refusal, { at, source: 'log', text: `The log of the order service has a line with the trace id ${traceId}` }]
}

function reservationEvidence({ orderId, reservation }: Facts): Evidence[] {
	if (orderId === undefined) return []
	if (isUnknown(reservation)) return [{ at: null, source: 'reservation', text: unknownReservationText(reservation) }]
	if (reservation === null)
		return [{ at: null, source: 'reservation', text: 'The catalog has no reservation of the order' }]
	return [{ at: reservation.updatedAt, source: 'reservation', text: reservationText(reservation) }]
}

function reservationText({ state, lines, expiresAt }: ReservationFact): string {
	const until = state === 'HELD' && expiresAt !== null ? `, until ${expiresAt}` : ''
	return `The reservation is ${state}${until}: ${listText(lines.map(({ sku, quantity }) => `${quantity} of ${sku}`))}`
}

function iso(time: string | Date): string {
	return new Date(time).toISOString()
}
