import type { OrderView } from '@mercat/order-api/order-schemas'
import type { Money } from '@mercat/rest-api/money'
import type { CurrentOrder } from './order.ts'

/** An order as clients see it. */
export function toOrderView(order: CurrentOrder): OrderView {
	const money = (amountMinor: number): Money => ({ amountMinor, currency: order.currency })
	return {
		id: order.id,
		status: order.status,
		customerId: order.customerId,
		items: order.items.map(({ sku, title, quantity, amountMinor }) => ({
			sku,
			title,
			quantity,
			unitPrice: money(amountMinor),
			lineTotal: money(amountMinor * quantity),
		})),
		total: money(order.totalMinor),
		...order.details,
		placedAt: order.placedAt.toISOString(),
		updatedAt: order.updatedAt.toISOString(),
		expiresAt: order.expiresAt.toISOString(),
		version: order.version,
	}
}
