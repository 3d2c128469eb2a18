import type { OrderStatus } from '@mercat/order-api/schemas'
import type { Order, OrderItem } from './order.ts'
import { type Action, transitions } from './order-states.ts'

/** What events are sent to, beside the catalog. */
export const catalogDestination = 'catalog'

/** One row of the outbox: a message for one destination. */
export type OutboxMessage = { destination: string; type: string; data: EventData | null }

/** What an event says of its order, as it was after the transition. */
export type EventData = {
	orderId: string
	customerId: string
	status: OrderStatus
	version: number
	items: OrderItem[]
	total: { amountMinor: number; currency: string }
	reference?: string
	reason?: string
	/** The order was paid and will not be delivered. */
	paymentMustBeReturned?: true
}

type OrderFacts = Pick<Order, 'id' | 'customerId' | 'items' | 'currency' | 'totalMinor'>

/** The messages of a new order: an event for every webhook. */
export function placedMessages(order: OrderFacts, webhooks: readonly string[]): OutboxMessage[] {
	return eventMessages('order.placed', { ...factsOf(order), status: 'placed', version: 1 }, webhooks)
}

/** The messages of a transition from `order`: a command to the catalog where there is one, and an event for every webhook. */
export function transitionMessages(
	order: Order,
	action: Action,
	{ reason, reference }: { reason?: string; reference?: string },
	webhooks: readonly string[],
): OutboxMessage[] {
	const { command, to } = transitions[action]
	const commands: OutboxMessage[] =
		command === undefined ? [] : [{ destination: catalogDestination, type: command, data: null }]
	const data: EventData = { ...factsOf(order), status: to, version: order.version + 1, reason, reference }
	if (to === 'cancelled' && order.status === 'paid') data.paymentMustBeReturned = true
	return [...commands, ...eventMessages(`order.${to}`, data, webhooks)]
}

function eventMessages(type: string, data: EventData, webhooks: readonly string[]): OutboxMessage[] {
	return webhooks.map((destination) => ({ destination, type, data }))
}

function factsOf({ id, customerId, items, currency, totalMinor }: OrderFacts) {
	return { orderId: id, customerId, items, total: { amountMinor: totalMinor, currency } }
}
