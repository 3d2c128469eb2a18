import { eventTypeOf } from '@mercat/order-api/event-types'
import type { Order } from '../order/order.ts'
import { messageCount } from '../order/order-messages.ts'
import { toOrderView } from '../order/order-view.ts'
import type { LoggedEvent } from './logged-event.ts'

/** The id of an event. It never changes, so that receivers can tell duplicates. */
export function eventIdOf(orderId: string, version: number): string {
	return `msg_${orderId}_${version}`
}

/**
 * The event of the transition that brought an order to `version`, as a CloudEvent 1.0 in JSON. Its data is the order as it
 * was then. The order may be newer: its status, version and time at each version are in its history, and the rest of it
 * never changes.
 */
export function toLoggedEvent(position: number, version: number, order: Order): LoggedEvent {
	const entry = order.history[version - 1]
	if (entry === undefined) throw new Error(`the order ${order.id} has no transition ${version}`)
	const { from, to, when, who, why, reference, traceparent } = entry
	const time = new Date(when)
	const type = eventTypeOf(to)
	const event = {
		specversion: '1.0',
		id: eventIdOf(order.id, version),
		source: '/v1/orders',
		type,
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
	return {
		position,
		type,
		orderId: order.id,
		customerId: order.customerId,
		version,
		traceparent,
		text: JSON.stringify(event),
		hasOldMessages: entry.messages > messageCount(from, to),
	}
}
