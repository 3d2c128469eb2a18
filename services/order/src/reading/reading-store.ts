import type { Database } from '@mercat/database/database'
import type { Statement } from '@mercat/database/queryable'
import type { Budget } from '@mercat/service/budget'
import type { Order, OwnedOrderKey } from '../order/order.ts'
import { type OrderRow, toOrder } from '../order/order-row.ts'

// The statement compares the owner, so that a mistake in a route cannot show an order to another customer.
const findOrders: Statement = {
	name: 'find-orders',
	text: `
		select position, orders.*
		from unnest($1::uuid[], $2::text[]) with ordinality as asked (id, owner, position)
		join lateral (select * from orders where id = asked.id limit 1) as orders
			on asked.owner is null or orders.customer_id = asked.owner`,
}

export function createReadingStore(database: Database) {
	const store = {
		/** Each order, in the order of the keys; undefined for an order that does not exist or has another owner. */
		async findOrders(asked: OwnedOrderKey[], budget?: Budget): Promise<(Order | undefined)[]> {
			const rows = await database
				.within(budget)
				.query<OrderRow & { position: number }>(findOrders, [
					asked.map(({ id }) => id),
					asked.map(({ owner }) => owner ?? null),
				])
			const found = new Map(rows.map((row) => [row.position, row]))
			return asked.map((_, index) => {
				const row = found.get(index + 1)
				return row && toOrder(row)
			})
		},

		/** The order; undefined when it does not exist or has another owner. */
		async findOrder(asked: OwnedOrderKey, budget?: Budget): Promise<Order | undefined> {
			const [order] = await store.findOrders([asked], budget)
			return order
		},
	}
	return store
}
