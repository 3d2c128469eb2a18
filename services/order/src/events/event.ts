import type { OrderEvent } from '@mercat/order-api/event-schemas'
import { eventTypeOf } from '@mercat/order-api/event-types'
import type { HistoryEntry, Order } from '../order/order.ts'
import { messageCount } from '../order/order-messages.ts'
import { toOrderView } from '../order/order-view.ts'
import type { LoggedEvent } from './logged-event.ts'

/** The id of an event. It never changes, so that receivers can tell duplicates. */
export function eventIdOf(orderId: string, version: number): string {
	return `msg_${orderId}_${version}`
}

/**
 * The event of the transition that brought an order to `version`, as a CloudEvent 1.0. Its data is the order as it was then.
 * The order may be newer: its status, version and time at each version are in its history, and the rest of it never changes.
 */
export function toEvent(version: number, order: Order): OrderEvent {
	const { from, to, when, who, why, reference, traceparent } = entryOf(version, order)
	const time = new Date(when)
	return {
		specversion: '1.0',
		id: eventIdOf(order.id, version),
		source: '/v1/orders',
		type: eventTypeOf(to),
		subject: order.id,
		time: time.toISOString(),
		datacontenttype: 'application/json',
		traceparent,
		data: {
			...toOrderView({ ...order, status: to, version, updatedAt: time }),
			change: { from, to, who, why, reference },
			...(from === 'paid' && to === 'cancelled' && { paymentMustBeReturned: true }),
		},
	}
}

/** The event as the log gives it to its readers. */
export function toLoggedEvent(position: number, version: number, order: Order): LoggedEvent {
	const { from, to, traceparent, messages } = entryOf(version, order)
	const event = toEvent(version, order)
	return {
		position,
		type: event.type,
		orderId: order.id,
		customerId: order.customerId,
		version,
		traceparent,
		text: JSON.stringify(event),
		hasOldMessages: messages > messageCount(from, to),
	}
}

function entryOf(version: number, { id, history }: Order): HistoryEntry {
	const entry = history[version - 1]
	if (entry === undefined) throw new Error(`the order ${id} has no transition ${version}`)
	return entry
}
