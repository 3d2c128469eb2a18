import { randomUUID } from 'node:crypto'
import type { OrderStatus } from '@mercat/order-api/order-status'
import type { Facts, ReservationFact } from '../../src/explaining/facts.ts'
import type { HistoryEntry } from '../../src/order/order.ts'
import type { OrderRecord } from '../../src/record/order-record.ts'
import type { KeptRequest } from '../../src/refusals/kept-request.ts'

/** The minute after 12 o'clock, as a time in ISO 8601. */
export const minute = (number: number): string => `2026-11-29T12:${String(number).padStart(2, '0')}:04.000Z`

/** A refusal with OUT_OF_STOCK in the first minute, unless told otherwise. */
export function keptRequest(fields: Partial<KeptRequest> = {}): KeptRequest {
	return {
		at: minute(1),
		nonce: 0,
		operation: 'place',
		status: 409,
		code: 'OUT_OF_STOCK',
		customerId: 'ann',
		orderId: 'order-1',
		traceId: 'a'.repeat(32),
		detail: 'A product has less stock than the order asks for.',
		members: { items: [{ sku: 'MUG-STONE-350', requested: 3, available: 1 }] },
		...fields,
	}
}

/** An order that went through the statuses, one each minute, from the first minute on. */
export function orderRecord(
	statuses: OrderStatus[],
	{
		entry = {},
		committed = true,
		messages = [],
	}: Partial<OrderRecord> & { entry?: Partial<HistoryEntry>; committed?: boolean } = {},
): OrderRecord {
	const history = statuses.map(
		(to, index): HistoryEntry => ({
			from: statuses[index - 1] ?? null,
			to,
			when: minute(index + 1),
			who: index === 0 ? 'ann' : 'staff',
			messages: 0,
			...(index === statuses.length - 1 && entry),
		}),
	)
	return {
		order: {
			id: 'order-1',
			customerId: 'ann',
			idempotencyKey: randomUUID(),
			fingerprint: '',
			status: statuses.at(-1) ?? 'placed',
			version: statuses.length,
			items: [{ sku: 'MUG-STONE-350', title: 'A mug', quantity: 2, amountMinor: 1290 }],
			currency: 'EUR',
			totalMinor: 2580,
			details: {},
			placedAt: new Date(minute(1)),
			updatedAt: new Date(minute(statuses.length)),
			expiresAt: new Date(minute(16)),
			history,
			stockCommittedAt: committed && statuses.includes('paid') ? new Date(minute(2)) : null,
		},
		messages,
		events: [],
		deliveries: [],
	}
}

export const heldReservation: ReservationFact = {
	state: 'HELD',
	lines: [{ sku: 'MUG-STONE-350', quantity: 3 }],
	expiresAt: minute(17),
	createdAt: minute(1),
	updatedAt: minute(1),
}

/** The facts of a question about an order in the tenth minute, when nothing is known of it, unless told otherwise. */
export function factsOf(fields: Partial<Facts> = {}): Facts {
	return {
		question: { by: 'order', orderId: 'order-1' },
		now: minute(10),
		orderId: 'order-1',
		record: undefined,
		kept: [],
		hasMoreKept: false,
		orderless: 0,
		notKept: 0,
		reservation: null,
		otherOrderIds: [],
		...fields,
	}
}
