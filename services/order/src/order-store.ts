import type { Database, Statement } from '@mercat/database/database'
import type { OrderQuery } from './list-orders.ts'
import type { NewOrder, Order } from './order.ts'
import { type OrderRow, toOrder } from './order-row.ts'
import { placedMessages } from './outbox-messages.ts'
import type { OrderLookup } from './place-order.ts'

export type OrderStore = ReturnType<typeof createOrderStore>

// An unpaid order was placed within its payment window, so the newest orders of a customer tell how
// many there are, and no more are counted than the limit asks for.
const lookUpOrder: Statement = {
	name: 'look-up-order',
	text: `
		select clock_timestamp() as read_at, orders.*,
			(select count(*) from (
				select 1 from orders as unpaid
				where unpaid.customer_id = $2 and unpaid.status = 'placed'
					and unpaid.placed_at > clock_timestamp() - $3 * interval '1 ms'
				limit $4
			) as newest) as unpaid_orders
		from (select) as always left join orders on id = $1`,
}

// The order and what it owes to others, or neither. Only a clock that the fence is read from decides.
const insertOrder: Statement = {
	name: 'insert-order',
	text: `
		with placed as (
			insert into orders (id, customer_id, idempotency_key, fingerprint, status, items, currency, total_minor, details,
				placed_at, updated_at, expires_at, history)
			select $1, $2, $3, $4, 'placed', $5, $6, $7, $8, now, now, now + $9 * interval '1 ms',
				jsonb_build_array(jsonb_build_object('from', null, 'to', 'placed', 'when', now, 'who', $2::text, 'messages', cardinality($11::text[])))
			from (select clock_timestamp()::timestamptz(3) as now) as clock
			where now < $10::timestamptz
			on conflict (id) do nothing
			returning *
		), owed as (
			insert into outbox (order_id, version, destination, type, data)
			select id, version, destination, type, data
			from placed, unnest($11::text[], $12::text[], $13::jsonb[]) as message (destination, type, data)
		)
		select * from placed`,
}

const findOrder: Statement = {
	name: 'find-order',
	text: 'select * from orders where id = $1 and ($2::text is null or customer_id = $2)',
}

export type OrderStoreOptions = { maxUnpaidOrders: number; paymentWindowMs: number; webhooks: readonly string[] }

export function createOrderStore(
	database: Database,
	{ maxUnpaidOrders, paymentWindowMs, webhooks }: OrderStoreOptions,
) {
	return {
		async lookUpOrder(id: string, customerId: string): Promise<OrderLookup> {
			const [row] = await database.query<OrderRow & { id: string | null; read_at: Date; unpaid_orders: number }>(
				lookUpOrder,
				[id, customerId, paymentWindowMs, maxUnpaidOrders],
			)
			if (row === undefined) throw new Error('the look-up always has a row')
			return { order: row.id === null ? undefined : toOrder(row), unpaidOrders: row.unpaid_orders, readAt: row.read_at }
		},

		/** The order as written; undefined when it is there already, or when `notAfter` has passed. */
		async insertOrder(order: NewOrder, notAfter: Date): Promise<Order | undefined> {
			const messages = placedMessages(order, webhooks)
			const [row] = await database.query<OrderRow>(insertOrder, [
				order.id,
				order.customerId,
				order.idempotencyKey,
				order.fingerprint,
				JSON.stringify(order.items),
				order.currency,
				order.totalMinor,
				JSON.stringify(order.details),
				order.paymentWindowMs,
				notAfter,
				messages.map(({ destination }) => destination),
				messages.map(({ type }) => type),
				messages.map(({ data }) => JSON.stringify(data)),
			])
			return row && toOrder(row)
		},

		/** The order, if it is the owner's; an undefined owner sees every order. */
		async findOrder(id: string, owner: string | undefined): Promise<Order | undefined> {
			const [row] = await database.query<OrderRow>(findOrder, [id, owner ?? null])
			return row && toOrder(row)
		},

		async findOrders({ customerId, status, after, limit }: OrderQuery): Promise<Order[]> {
			const conditions: string[] = []
			const values: unknown[] = []
			const where = (condition: (...places: string[]) => string, ...given: unknown[]) => {
				conditions.push(condition(...given.map((value) => `$${values.push(value)}`)))
			}
			if (customerId !== undefined) where((place) => `customer_id = ${place}`, customerId)
			if (status !== undefined) where((place) => `status = ${place}`, status)
			if (after !== undefined)
				where((at, id) => `(placed_at, id) < (${at}::timestamptz, ${id}::uuid)`, after.placedAt, after.id)
			const rows = await database.query<OrderRow>(
				`select * from orders ${conditions.length > 0 ? `where ${conditions.join(' and ')}` : ''}
				order by placed_at desc, id desc limit $${values.push(limit)}`,
				values,
			)
			return rows.map(toOrder)
		},

		/** The key that page tokens are signed with: the same for all replicas on one database. */
		async readPageTokenKey(): Promise<string> {
			const [row] = await database.query<{ key: string }>('select key from page_token_key')
			if (row === undefined) throw new Error('the page token key is missing')
			return row.key
		},

		async isReachable(): Promise<boolean> {
			return database.query('select 1').then(
				() => true,
				() => false,
			)
		},
	}
}
