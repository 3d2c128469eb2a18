import type { OrderDetails } from '@mercat/order-api/order-request'
import type { OrderStatus } from '@mercat/order-api/order-status'

/** One line of an order, at the price of its reservation in minor units. */
export type OrderItem = { sku: string; title: string; quantity: number; amountMinor: number }

/** One transition of an order. */
export type HistoryEntry = {
	from: OrderStatus | null
	to: OrderStatus
	when: string
	/** The subject of the token that asked for the transition, or `system:` and a part of the service. */
	who: string
	why?: string
	/** The caller's name for the transition, such as the number of a payment or of a parcel. */
	reference?: string
	/** The trace that the transition belongs to, and the span of it. Absent for the service's own work, and in old entries. */
	traceparent?: string
	/** How many messages the transition wrote to the outbox. */
	messages: number
}

export type Order = {
	id: string
	customerId: string
	idempotencyKey: string
	/** SHA-256 in hexadecimal. */
	fingerprint: string
	status: OrderStatus
	version: number
	/** Sorted by sku, all in the currency of the order. */
	items: OrderItem[]
	currency: string
	totalMinor: number
	details: OrderDetails
	placedAt: Date
	updatedAt: Date
	expiresAt: Date
	/** Oldest first. */
	history: HistoryEntry[]
	/** When the catalog acknowledged that the stock is sold; null before that. */
	stockCommittedAt: Date | null
}

/** An order without its history. */
export type CurrentOrder = Omit<Order, 'history'>

/** An order before it is written: the database's clock gives it its times. */
export type NewOrder = Pick<
	Order,
	'id' | 'customerId' | 'idempotencyKey' | 'fingerprint' | 'items' | 'currency' | 'totalMinor' | 'details'
>

/** The id of an order and the customer that it must belong to. An undefined owner finds the order of any customer. */
export type OwnedOrderKey = { id: string; owner: string | undefined }

/** The entity tag of an order as it is now. */
export function etagOf({ version }: CurrentOrder): string {
	return `"${version}"`
}
