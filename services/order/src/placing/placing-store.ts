import type { Database } from '@mercat/database/database'
import type { Statement } from '@mercat/database/queryable'
import type { Budget } from '@mercat/service/budget'
import type { CurrentOrder, Order, OwnedOrderKey } from '../order/order.ts'
import { countTransitions } from '../order/transition-count.ts'
import type { OrderKey, OrderLookup, OrderWrite } from './place-order.ts'

// Each order has a lateral look-up of its own: a join could keep a plan from when the table was small, and scan all of
// it. An unpaid order is younger than the payment window, so a scan of the customer's newest orders counts the unpaid
// orders. It stops at the limit. `like` and the comparison of two columns keep the planner from every index but the
// customer's. The comparison is where the index scan starts, and `<=` is where it ends. With `=` the scan would start at
// the customer's oldest order.
const lookUpOrders: Statement = {
	name: 'look-up-orders',
	text: `
		select (extract(epoch from clock_timestamp()) * 1000)::float8 as read_at, found.id is not null as exists, unpaid_orders
		from unnest($1::uuid[], $2::text[]) with ordinality as asked (id, customer_id, position)
		cross join lateral (
			select count(*) as unpaid_orders from (
				select from orders as unpaid
				where unpaid.customer_id <= asked.customer_id and unpaid.status like 'placed'
					and (unpaid.customer_id, unpaid.placed_at) > (asked.customer_id, statement_timestamp() - $3 * interval '1 ms')
				limit $4
			) as newest
		) as counted
		left join lateral (select id from orders where id = asked.id limit 1) as found on true
		order by position`,
}

// A trigger writes the events of the orders with them. The statement compares `notAfter` with its own clock. For speed it
// builds the first entry of the histories once and only sets `who` and `traceparent` in each: to build every entry took
// twice as long. An empty `traceparent` is none.
const insertOrders: Statement = {
	name: 'insert-orders',
	text: `
		with clock as materialized (
			select now, jsonb_build_array(jsonb_build_object('from', null, 'to', 'placed', 'when', now, 'messages', 0)) as history
			from (select clock_timestamp()::timestamptz(3) as now) as read
		)
		insert into orders (id, customer_id, idempotency_key, fingerprint, status, items, currency, total_minor, details,
			placed_at, updated_at, expires_at, history)
		select id, customer_id, idempotency_key, fingerprint, 'placed', items, currency, total_minor, details,
			now, now, now + $10 * interval '1 ms', jsonb_set(
				case traceparent when '' then history else jsonb_set(history, '{0,traceparent}', to_jsonb(traceparent)) end,
				'{0,who}', to_jsonb(customer_id)
			)
		from clock, rows from (
			unnest($1::uuid[], $2::text[], $3::text[], $4::bytea[], $5::text[], $6::bigint[], $7::float8[], $11::text[]),
			jsonb_array_elements($8::jsonb), jsonb_array_elements($9::jsonb)
		) as asked (id, customer_id, idempotency_key, fingerprint, currency, total_minor, not_after, traceparent, items, details)
		where extract(epoch from now) * 1000 < not_after
		order by id
		on conflict (id) do nothing
		returning id, placed_at`,
}

/** Whether an order exists, and how many unpaid orders its customer has. */
type LookUpRow = { read_at: number; exists: boolean; unpaid_orders: number }
type PlacedRow = { id: string; placed_at: Date }

const anyones = ({ id }: OrderKey): OwnedOrderKey => ({ id, owner: undefined })

export type PlacingStoreNeeds = {
	/** Each order, in the order of the keys; undefined for an order that does not exist. */
	findOrders(asked: OwnedOrderKey[], budget?: Budget): Promise<(Order | undefined)[]>
}

export type PlacingStoreOptions = { maxUnpaidOrders: number; paymentWindowMs: number }

export function createPlacingStore(
	database: Database,
	{ findOrders }: PlacingStoreNeeds,
	{ maxUnpaidOrders, paymentWindowMs }: PlacingStoreOptions,
) {
	return {
		/** The look-up of each order, in the order of the keys. */
		async lookUpOrders(asked: OrderKey[], budget?: Budget): Promise<OrderLookup[]> {
			const rows = await database
				.within(budget)
				.query<LookUpRow>(lookUpOrders, [
					asked.map(({ id }) => id),
					asked.map(({ customerId }) => customerId),
					paymentWindowMs,
					maxUnpaidOrders,
				])
			const existing = asked.filter((_, index) => rows[index]?.exists)
			const orders = existing.length === 0 ? [] : await findOrders(existing.map(anyones), budget)
			const ordersById = new Map(orders.map((order) => [order?.id, order]))
			const most = maxUnpaidOrders || Number.POSITIVE_INFINITY
			return asked.map(({ id }, index) => {
				const { read_at: readAt, unpaid_orders: unpaid } = rows[index] as LookUpRow
				return { order: ordersById.get(id), room: most - unpaid, readAt }
			})
		},

		/**
		 * The orders as written, in the order of the writes. Undefined for an order that exists already, also when an
		 * earlier write of the same batch has made it, and for an order whose `notAfter` has passed.
		 */
		async insertOrders(writes: OrderWrite[], budget?: Budget): Promise<(CurrentOrder | undefined)[]> {
			// Of two writes of one order the first one counts; the database would choose either.
			const firsts = new Map(writes.toReversed().map((write) => [write.order.id, write]))
			const orders = [...firsts.values()].map(({ order }) => order)
			const rows = await database
				.within(budget)
				.query<PlacedRow>(insertOrders, [
					orders.map(({ id }) => id),
					orders.map(({ customerId }) => customerId),
					orders.map(({ idempotencyKey }) => idempotencyKey),
					orders.map(({ fingerprint }) => `\\x${fingerprint}`),
					orders.map(({ currency }) => currency),
					orders.map(({ totalMinor }) => totalMinor),
					[...firsts.values()].map(({ notAfter }) => notAfter),
					JSON.stringify(orders.map(({ items }) => items)),
					JSON.stringify(orders.map(({ details }) => details)),
					paymentWindowMs,
					[...firsts.values()].map(({ traceparent = '' }) => traceparent),
				])
			countTransitions('placed', rows.length)
			const placed = new Map(rows.map((row) => [row.id, row.placed_at]))
			return writes.map((write) => {
				const placedAt = placed.get(write.order.id)
				if (placedAt === undefined || firsts.get(write.order.id) !== write) return undefined
				return {
					...write.order,
					status: 'placed',
					version: 1,
					placedAt,
					updatedAt: placedAt,
					expiresAt: new Date(placedAt.getTime() + paymentWindowMs),
					stockCommittedAt: null,
				}
			})
		},
	}
}
