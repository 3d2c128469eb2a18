import type { OrderEvent } from '@mercat/order-api/event-schemas'
import { eventTypeOf } from '@mercat/order-api/event-types'
import { orderStatuses } from '@mercat/order-api/order-status'

/** A transition of an order, as the sales count it. */
export type SalesEvent = {
	/** Its place in the log of events. */
	position: number
	/** Tells the order and its version. */
	id: string
	/** The status that the order entered. Empty for a type of event that the sales do not know, which counts nowhere. */
	status: string
	/** When that was, in milliseconds since 1970. */
	atMs: number
	currency: string
	totalMinor: number
	lines: SalesLine[]
}

/** A product of an order. */
export type SalesLine = { sku: string; category: string; quantity: number; amountMinor: number }

const statusOf = new Map<string, string>(orderStatuses.map((status) => [eventTypeOf(status), status]))

/** @param categoryOf the present category of a product; empty when it is not known */
export function toSalesEvent(
	position: number,
	{ id, type, time, data }: OrderEvent,
	categoryOf: (sku: string) => string,
): SalesEvent {
	const atMs = Date.parse(time)
	const status = statusOf.get(type)
	if (status === undefined) return { position, id, status: '', atMs, currency: '', totalMinor: 0, lines: [] }
	return {
		position,
		id,
		status,
		atMs,
		currency: data.total.currency,
		totalMinor: data.total.amountMinor,
		lines: data.items.map(({ sku, quantity, lineTotal }) => ({
			sku,
			category: categoryOf(sku),
			quantity,
			amountMinor: lineTotal.amountMinor,
		})),
	}
}

/** Whether the log has an event where it had it before. After the log was put back, a transition may have another time or status. */
export function isSameEvent(one: SalesEvent, other: SalesEvent): boolean {
	return (
		one.position === other.position && one.id === other.id && one.status === other.status && one.atMs === other.atMs
	)
}
