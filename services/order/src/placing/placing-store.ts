import type { Database } from '@mercat/database/database'
import type { Statement } from '@mercat/database/queryable'
import type { Budget } from '@mercat/service/budget'
import type { CurrentOrder, Order } from '../order/order.ts'
import { placedMessages } from '../order/order-messages.ts'
import { type OrderRow, toOrder } from '../order/order-row.ts'
import type { OrderQuery } from '../reading/list-orders.ts'
import type { OrderKey, OrderLookup, OrderWrite } from './place-order.ts'

export type OrderStore = ReturnType<typeof createOrderStore>

// Each order is looked up by itself, so that no plan that was made while the table was small reads all of it.
// An unpaid order was placed within its payment window, so the newest orders of a customer tell how
// many there are, and no more are counted than the limit asks for. `like` and the pair of columns leave no
// index to be used but the customer's, whatever the planner thinks of all that is unpaid, or of all that is new. The
// pair is where the scan starts and `<=` where it ends: with `=` it would start at the customer's oldest order.
const lookUpOrders: Statement = {
	name: 'look-up-orders',
	text: `
		select (extract(epoch from clock_timestamp()) * 1000)::float8 as read_at,
			string_agg(asked.id::text, ' ') filter (where found.id is not null) as known,
			string_agg(asked.id::text || ':' || unpaid_orders, ' ') filter (where unpaid_orders > 0) as unpaid
		from unnest($1::uuid[], $2::text[]) as asked (id, customer_id)
		cross join lateral (
			select count(*) as unpaid_orders from (
				select from orders as unpaid
				where unpaid.customer_id <= asked.customer_id and unpaid.status like 'placed'
					and (unpaid.customer_id, unpaid.placed_at) > (asked.customer_id, statement_timestamp() - $3 * interval '1 ms')
				limit $4
			) as newest
		) as counted
		left join lateral (select id from orders where id = asked.id limit 1) as found on true`,
}

// The orders and what they owe to others, or neither. The fence is read from the clock of the same statement. How all
// histories begin is made once, and each is told who: made anew for each, it took twice as long.
const insertStatement = (name: string, owed = ''): Statement => ({
	name,
	text: `
		with clock as materialized (
			select now, jsonb_build_array(jsonb_build_object('from', null, 'to', 'placed', 'when', now, 'messages', $11::int)) as history
			from (select clock_timestamp()::timestamptz(3) as now) as read
		), placed as (
			insert into orders (id, customer_id, idempotency_key, fingerprint, status, items, currency, total_minor, details,
				placed_at, updated_at, expires_at, history)
			select id, customer_id, idempotency_key, fingerprint, 'placed', items, currency, total_minor, details,
				now, now, now + $10 * interval '1 ms', jsonb_set(history, '{0,who}', to_jsonb(customer_id))
			from clock, rows from (
				unnest($1::uuid[], $2::text[], $3::text[], $4::bytea[], $5::text[], $6::bigint[], $7::float8[]),
				jsonb_array_elements($8::jsonb), jsonb_array_elements($9::jsonb)
			) as asked (id, customer_id, idempotency_key, fingerprint, currency, total_minor, not_after, items, details)
			where extract(epoch from now) * 1000 < not_after
			order by id
			on conflict (id) do nothing
			returning id
		)${owed}
		select string_agg(id::text, ' ') as ids, (select now from clock) as now from placed`,
})

// Where nobody is to be told: to ask for nothing to be owed costs a fifth of writing one order.
const insertOrders = insertStatement('insert-orders')
const insertOrdersAndMessages = insertStatement(
	'insert-orders-and-messages',
	`, owed as (
			insert into outbox (order_id, version, destination, type, data)
			select id, 1, destination, type, data
			from unnest($12::uuid[], $13::text[], $14::text[], $15::jsonb[]) as message (order_id, destination, type, data)
				join placed on placed.id = message.order_id
		)`,
)

// Whose order it is decides here, and not only in the route.
const findOrders: Statement = {
	name: 'find-orders',
	text: `
		select position, orders.*
		from unnest($1::uuid[], $2::text[]) with ordinality as asked (id, owner, position)
		join lateral (select * from orders where id = asked.id limit 1) as orders
			on asked.owner is null or orders.customer_id = asked.owner`,
}

/** The ids of those that are there, and the ids with how many unpaid orders their customers have, where these have some. */
type LookUpRow = { read_at: number; known: string | null; unpaid: string | null }
/** The ids of all that were placed, and when. */
type PlacedRow = { ids: string | null; now: Date }

/** An order and whose it must be; undefined is anyone's. */
export type OwnedOrderKey = { id: string; owner: string | undefined }

const anyones = (id: string): OwnedOrderKey => ({ id, owner: undefined })

export type OrderStoreOptions = { maxUnpaidOrders: number; paymentWindowMs: number; webhooks: readonly string[] }

export function createOrderStore(
	database: Database,
	{ maxUnpaidOrders, paymentWindowMs, webhooks }: OrderStoreOptions,
) {
	const isAnyoneTold = webhooks.length > 0
	const store = {
		/** What is known of each, in the order asked for. */
		async lookUpOrders(asked: OrderKey[], budget?: Budget): Promise<OrderLookup[]> {
			const [row] = await database
				.within(budget)
				.query<LookUpRow>(lookUpOrders, [
					asked.map(({ id }) => id),
					asked.map(({ customerId }) => customerId),
					paymentWindowMs,
					maxUnpaidOrders,
				])
			const { read_at: readAt, known, unpaid } = row as LookUpRow
			const ids = known?.split(' ') ?? []
			const orders = ids.length === 0 ? [] : await store.findOrders(ids.map(anyones), budget)
			const ordersById = new Map(orders.map((order) => [order?.id, order]))
			const unpaidOrders = new Map(unpaid?.split(' ').map((pair) => pair.split(':') as [string, string]))
			const most = maxUnpaidOrders || Number.POSITIVE_INFINITY
			const roomOf = (id: string) => most - Number(unpaidOrders.get(id) ?? 0)
			return asked.map(({ id }) => ({ order: ordersById.get(id), room: roomOf(id), readAt }))
		},

		/** The orders as written; undefined for one that is there already, also from this batch, or whose time has passed. */
		async insertOrders(writes: OrderWrite[], budget?: Budget): Promise<(CurrentOrder | undefined)[]> {
			// Of two writes of one order the second finds it there; the database would choose either.
			const firsts = new Map(writes.toReversed().map((write) => [write.order.id, write]))
			const orders = [...firsts.values()].map(({ order }) => order)
			const messages = orders.flatMap((order) =>
				placedMessages(order, webhooks).map((message) => ({ orderId: order.id, ...message })),
			)
			const owed = [
				messages.map(({ orderId }) => orderId),
				messages.map(({ destination }) => destination),
				messages.map(({ type }) => type),
				messages.map(({ data }) => JSON.stringify(data)),
			]
			const [row] = await database
				.within(budget)
				.query<PlacedRow>(isAnyoneTold ? insertOrdersAndMessages : insertOrders, [
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
					webhooks.length,
					...(isAnyoneTold ? owed : []),
				])
			const { ids, now } = row as PlacedRow
			const placed = new Set(ids?.split(' '))
			const expiresAt = new Date(now.getTime() + paymentWindowMs)
			const first = {
				status: 'placed',
				version: 1,
				placedAt: now,
				updatedAt: now,
				expiresAt,
				stockCommittedAt: null,
			} as const
			return writes.map((write) => {
				const { order } = write
				return placed.has(order.id) && firsts.get(order.id) === write ? { ...order, ...first } : undefined
			})
		},

		/** Each order, if it is the owner's, in the order asked for; an undefined owner sees every order. */
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

		/** The order, if it is the owner's; an undefined owner sees every order. */
		async findOrder(asked: OwnedOrderKey, budget?: Budget): Promise<Order | undefined> {
			const [order] = await store.findOrders([asked], budget)
			return order
		},

		async listOrders({ customerId, status, after, pageSize }: OrderQuery, budget?: Budget): Promise<Order[]> {
			const conditions: string[] = []
			const values: unknown[] = []
			const where = (condition: (...places: string[]) => string, ...given: unknown[]) => {
				conditions.push(condition(...given.map((value) => `$${values.push(value)}`)))
			}
			if (customerId !== undefined) where((place) => `customer_id = ${place}`, customerId)
			if (status !== undefined) where((place) => `status = ${place}`, status)
			if (after !== undefined)
				where((at, id) => `(placed_at, id) < (${at}::timestamptz, ${id}::uuid)`, after.placedAt, after.id)
			const rows = await database.within(budget).query<OrderRow>(
				`select * from orders ${conditions.length > 0 ? `where ${conditions.join(' and ')}` : ''}
				order by placed_at desc, id desc limit $${values.push(pageSize)}`,
				values,
			)
			return rows.map(toOrder)
		},
	}
	return store
}
