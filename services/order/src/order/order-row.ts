import type { OrderDetails } from '@mercat/order-api/order-request'
import type { OrderStatus } from '@mercat/order-api/order-status'
import type { HistoryEntry, Order, OrderItem } from './order.ts'

/** A row of the table `orders`. */
export type OrderRow = {
	id: string
	customer_id: string
	idempotency_key: string
	fingerprint: Buffer
	status: OrderStatus
	version: number
	items: OrderItem[]
	currency: string
	total_minor: number
	details: OrderDetails
	placed_at: Date
	updated_at: Date
	expires_at: Date
	history: HistoryEntry[]
	stock_committed_at: Date | null
}

export function toOrder(row: OrderRow): Order {
	return {
		id: row.id,
		customerId: row.customer_id,
		idempotencyKey: row.idempotency_key,
		fingerprint: row.fingerprint.toString('hex'),
		status: row.status,
		version: row.version,
		items: row.items,
		currency: row.currency,
		totalMinor: row.total_minor,
		details: row.details,
		placedAt: row.placed_at,
		updatedAt: row.updated_at,
		expiresAt: row.expires_at,
		history: row.history,
		stockCommittedAt: row.stock_committed_at,
	}
}
