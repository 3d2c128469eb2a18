import type { Money } from '@mercat/order-api/money'
import type { OrderStatus } from '@mercat/order-api/order-status'
import type { Order, OrderItem } from './order.ts'
import { type Action, transitions } from './order-states.ts'

/** The destination of commands. Every other destination is the URL of a webhook. */
export const catalogDestination = 'catalog'

/** A row of the outbox before it is written: one message for one destination. */
export type OutboxMessage = { destination: string; type: string; data: EventData | null }

/** The `data` of an event, as webhooks receive it: the order after the transition. */
export type EventData = {
	orderId: string
	customerId: string
	status: OrderStatus
	version: number
	items: OrderItem[]
	total: Money
	reference?: string
	/** Why the transition was made. */
	reason?: string
	/** Set when a paid order was cancelled. */
	paymentMustBeReturned?: true
}

type EventOrder = Pick<Order, 'id' | 'customerId' | 'items' | 'currency' | 'totalMinor'>

/** The messages of a new order: one event for each webhook. */
export function placedMessages(order: EventOrder, webhooks: readonly string[]): OutboxMessage[] {
	return eventMessages('order.placed', { ...factsOf(order), status: 'placed', version: 1 }, webhooks)
}

/**
 * The messages of a transition from `order`: a command to the catalog where the transition has one, and one event for
 * each webhook.
 */
export function transitionMessages(
	order: Order,
	action: Action,
	{ why, reference }: { why?: string; reference?: string },
	webhooks: readonly string[],
): OutboxMessage[] {
	const { command, to } = transitions[action]
	const commands: OutboxMessage[] =
		command === undefined ? [] : [{ destination: catalogDestination, type: command, data: null }]
	const data: EventData = { ...factsOf(order), status: to, version: order.version + 1, reason: why, reference }
	if (to === 'cancelled' && order.status === 'paid') data.paymentMustBeReturned = true
	return [...commands, ...eventMessages(`order.${to}`, data, webhooks)]
}

function eventMessages(type: string, data: EventData, webhooks: readonly string[]): OutboxMessage[] {
	return webhooks.map((destination) => ({ destination, type, data }))
}

function factsOf({ id, customerId, items, currency, totalMinor }: EventOrder) {
	return { orderId: id, customerId, items, total: { amountMinor: totalMinor, currency } }
}
