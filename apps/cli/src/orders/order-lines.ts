import type { ReservationRecord } from '@mercat/catalog/reservation-record'
import { majorUnits } from '@mercat/catalog-api/currencies'
import type { OrderRecord, RecordedDelivery, RecordedMessage } from '@mercat/order/order-record'
import { oneLine } from '../command/one-line.ts'
import { describeAttempt } from '../webhooks/webhook-lines.ts'

/** The reservation of an order, or why it is not known. */
export type FoundReservation = { reservation: ReservationRecord | undefined } | { unknown: string }

/** All that is known about an order, as lines for a person. */
export function describeOrder({ order, messages, events, deliveries }: OrderRecord, found: FoundReservation): string[] {
	return [
		`order ${order.id}: ${order.status}, version ${order.version}`,
		`customer ${order.customerId}, idempotency key ${order.idempotencyKey}`,
		`total ${money(order.totalMinor, order.currency)}, placed ${order.placedAt.toISOString()}, to be paid before ${order.expiresAt.toISOString()}`,
		...section(
			'items',
			order.items.map(
				({ sku, title, quantity, amountMinor }) =>
					`${quantity} × ${sku} at ${money(amountMinor, order.currency)}: ${oneLine(title)}`,
			),
		),
		...section('history', order.history.map(describeEntry)),
		...section('reservation', describeReservation(found, order.stockCommittedAt)),
		...section('messages', messages.map(describeMessage)),
		...section(
			'events',
			events.map(
				({ position, type, version }) =>
					`${type}, version ${version}, ${position === null ? 'waits for its position in the log' : `position ${position}`}`,
			),
		),
		...section(
			'deliveries',
			deliveries.map((delivery) => describeDelivery(delivery, deliveries)),
		),
	]
}

function section(title: string, lines: string[]): string[] {
	return [title, ...(lines.length === 0 ? ['none'] : lines).map((line) => `  ${line}`)]
}

function describeEntry({ from, to, when, who, why, reference }: OrderRecord['order']['history'][number]): string {
	return [
		`${time(when)}  ${from === null ? to : `${from} → ${to}`} by ${who}`,
		...(reference === undefined ? [] : [`reference ${oneLine(reference)}`]),
		...(why === undefined ? [] : [oneLine(why)]),
	].join(', ')
}

function describeReservation(found: FoundReservation, acknowledgedAt: Date | null): string[] {
	if ('unknown' in found) return [`not known: ${found.unknown}`]
	if (found.reservation === undefined) return []
	const { state, lines, expiresAt, updatedAt } = found.reservation
	const until = state === 'held' && expiresAt !== null ? `, until ${expiresAt.toISOString()}` : ''
	return [
		`${state} since ${updatedAt.toISOString()}${until}`,
		...lines.map(({ sku, quantity }) => `${quantity} × ${sku}`),
		...(acknowledgedAt === null ? [] : [`the order service knows of the sale since ${acknowledgedAt.toISOString()}`]),
	]
}

function describeMessage(message: RecordedMessage): string {
	const { id, version, type, destination, state, attempts, nextAttemptAt, settledAt, lastError } = message
	return [
		`${id}  ${type} to ${destination}`,
		`version ${version}`,
		state === 'pending'
			? `pending, next ${time(nextAttemptAt)}`
			: `${state} ${settledAt === null ? '' : time(settledAt)}`,
		counted(attempts),
		...(lastError === null ? [] : [`last error: ${oneLine(lastError)}`]),
	].join(', ')
}

function describeDelivery(delivery: RecordedDelivery, deliveries: RecordedDelivery[]): string {
	const { webhookId, webhookState, position, state, attempts, attemptCount } = delivery
	const last = attempts.at(-1)
	return [
		`position ${position} to webhook ${webhookId}`,
		state,
		counted(attemptCount),
		...(last === undefined ? [] : [`the last at ${last.at}: ${describeAttempt(last)}`]),
		...(state === 'pending' ? [whatItWaitsFor(delivery, deliveries)] : []),
		...(webhookState === 'paused' ? ['the webhook is paused'] : []),
	].join(', ')
}

function whatItWaitsFor({ webhookId, position, nextAttemptAt }: RecordedDelivery, all: RecordedDelivery[]): string {
	if (nextAttemptAt !== null) return `next ${time(nextAttemptAt)}`
	const isBehind = all.some(
		(other) => other.webhookId === webhookId && other.position < position && other.state === 'pending',
	)
	return isBehind ? 'waits for an earlier event of its order' : 'waits for its turn'
}

function counted(attempts: number): string {
	return attempts === 1 ? '1 attempt' : `${attempts} attempts`
}

// PostgreSQL writes a time in a document with the offset of the session.
function time(text: string): string {
	return new Date(text).toISOString()
}

function money(amountMinor: number, currency: string): string {
	return `${majorUnits(amountMinor, currency)} ${currency}`
}
