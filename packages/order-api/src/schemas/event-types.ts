import { type OrderStatus, orderStatuses } from './order-status.ts'

/** The type of the event of a transition, by the status that the order has after it. */
export type EventType = `mercat.order.${OrderStatus}.v1`

export const eventTypes: readonly EventType[] = orderStatuses.map(eventTypeOf)

/** In place of a list of all types. */
export const everyType = '*'

export function eventTypeOf(status: OrderStatus): EventType {
	return `mercat.order.${status}.v1`
}

/**
 * The event types that a list of types and `*` stands for; undefined stands for all types. A text of the list may have several
 * types between commas.
 */
export function wantedTypes(asked: readonly string[]): EventType[] | undefined {
	const wanted = new Set(asked.flatMap((text) => text.split(',')))
	return wanted.size === 0 || wanted.has(everyType) ? undefined : eventTypes.filter((type) => wanted.has(type))
}
