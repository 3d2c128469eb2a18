import type { OrderDetails, OrderStatus } from '@mercat/order-api/schemas'

/** Amounts are integers from 0 to 2^53 - 1, in minor units; beyond that a number is not exact. */
export function isAmount(value: number): boolean {
	return Number.isSafeInteger(value) && value >= 0
}

export type OrderItem = { sku: string; title: string; quantity: number; amountMinor: number }

/** One transition: who took the order from where to where, when, and why. */
export type HistoryEntry = {
	from: OrderStatus | null
	to: OrderStatus
	when: string
	who: string
	why?: string
	reference?: string
	/** How many messages the outbox owed for it. */
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
	/** Sorted by sku, in one currency. */
	items: OrderItem[]
	currency: string
	totalMinor: number
	details: OrderDetails
	placedAt: Date
	updatedAt: Date
	expiresAt: Date
	/** Oldest first. */
	history: HistoryEntry[]
	/** When the catalog acknowledged that the stock is sold. */
	stockCommittedAt: Date | null
}

/** An order without how it came to be what it is. */
export type CurrentOrder = Omit<Order, 'history'>

/** An order about to be written; the database's clock gives it its times. */
export type NewOrder = Pick<
	Order,
	'id' | 'customerId' | 'idempotencyKey' | 'fingerprint' | 'items' | 'currency' | 'totalMinor' | 'details'
>

const orderIdForm = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Whether a text can be an order's id. An id has one spelling; any other names no order. */
export function isOrderId(text: string): boolean {
	return orderIdForm.test(text)
}

/** The entity tag of an order as it is now. */
export function etagOf({ version }: CurrentOrder): string {
	return `"${version}"`
}
