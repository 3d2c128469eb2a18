import { type OrderStatus, orderStatuses } from './order-status.ts'

/** The type of the event of a transition, by the status that the order has after it. */
export type EventType = `mercat.order.${OrderStatus}.v1`

export const eventTypes: readonly EventType[] = orderStatuses.map(eventTypeOf)

/** The type of the event that tries a webhook. It is no type of the log, so each webhook can get it. */
export const testEventType = 'mercat.webhook.test.v1'

/** In place of a list of all types. */
export const everyType = '*'

export function eventTypeOf(status: OrderStatus): EventType {
	return `mercat.order.${status}.v1`
}
