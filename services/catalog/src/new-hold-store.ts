import type { Database, Statement, TimeLimit } from '@mercat/database/database'
import type { Reservation } from './reservation.ts'

/** A hold for an order that has none, priced by what is known of its products. */
export type NewHold = Pick<Reservation, 'orderId' | 'lines' | 'currency' | 'totalMinor'> & { holdMs: number }

// Locks stock by sku and then adds reservations by order id; it waits for no reservation that is there already,
// so that it never waits in a circle with those who lock reservations first. Holds count from when all stock is locked.
// What is `in` or `not in` is found by hash; `is true` keeps the planner from making it a join, which would compare each with each.
const holdAtOnce: Statement = {
	name: 'hold-at-once',
	text: `
		with line as (
			select * from unnest($6::uuid[], $7::text[], $8::bigint[]) as line (order_id, sku, quantity)
		), shelf as materialized (
			select stock.sku
			from unnest($9::text[], $10::text[], $11::text[], $12::bigint[], $13::bigint[])
					as wanted (sku, title, currency, amount_minor, quantity)
				join product using (sku) join stock using (sku)
			where not product.archived and product.title = wanted.title
				and product.currency = wanted.currency and product.amount_minor = wanted.amount_minor
				and stock.on_hand - stock.held >= wanted.quantity
			order by stock.sku
			for update of stock
		), clock as materialized (
			select date_trunc('milliseconds', clock_timestamp()) as now from (select count(*) from shelf) as locked
		), missed as (
			select order_id from line where sku not in (select sku from shelf)
		), inserted as (
			insert into reservation (order_id, state, lines, currency, total_minor, expires_at)
			select order_id, 'held', lines, currency, total_minor, now + hold_ms * interval '1 ms'
			from clock, rows from (
				unnest($1::uuid[], $2::text[], $3::bigint[], $4::bigint[]), jsonb_array_elements($5::jsonb)
			) as asked (order_id, currency, total_minor, hold_ms, lines)
			where order_id not in (select order_id from missed)
			order by order_id
			on conflict (order_id) do nothing
			returning order_id
		), demand as (
			select sku, sum(quantity)::bigint as quantity from line
			where (order_id in (select order_id from inserted)) is true group by sku
		), taken as (
			update stock set held = held + demand.quantity from demand where stock.sku = demand.sku
		)
		select string_agg(order_id::text, ' ') as order_ids, (select now from clock) as now from inserted`,
}

/** The ids of all orders that hold now, and since when. */
type HeldRow = { order_ids: string | null; now: Date }

/** @param changed is told of every product whose stock was perhaps changed */
export function createNewHoldStore(database: Database, changed: (skus: Iterable<string>) => void) {
	return {
		/**
		 * Writes those of the holds that still stand: the products are for sale at these very prices, there is stock for
		 * all who want it here, and the order has no reservation yet.
		 *
		 * @returns the ends of the holds that were written
		 */
		async holdAtOnce(holds: NewHold[], limit?: TimeLimit): Promise<Map<string, Date>> {
			const wanted = wantedProducts(holds)
			const lines = holds.flatMap(({ orderId, lines }) =>
				lines.map(({ sku, quantity }) => ({ orderId, sku, quantity })),
			)
			const held = database
				.within(limit)
				.query<HeldRow>(holdAtOnce, [
					holds.map(({ orderId }) => orderId),
					holds.map(({ currency }) => currency),
					holds.map(({ totalMinor }) => totalMinor),
					holds.map(({ holdMs }) => holdMs),
					JSON.stringify(holds.map(({ lines }) => lines)),
					lines.map(({ orderId }) => orderId),
					lines.map(({ sku }) => sku),
					lines.map(({ quantity }) => quantity),
					wanted.map(({ sku }) => sku),
					wanted.map(({ title }) => title),
					wanted.map(({ currency }) => currency),
					wanted.map(({ amountMinor }) => amountMinor),
					wanted.map(({ quantity }) => quantity),
				])
			const [row] = await held.finally(() => changed(wanted.map(({ sku }) => sku)))
			const { order_ids: orderIds, now } = row as HeldRow
			const written = new Set(orderIds?.split(' '))
			return new Map(
				holds
					.filter(({ orderId }) => written.has(orderId))
					.map(({ orderId, holdMs }) => [orderId, new Date(now.getTime() + holdMs)]),
			)
		},
	}
}

/** What the holds say of each product, and how much of it they want together. */
function wantedProducts(holds: NewHold[]) {
	const wanted = new Map<
		string,
		{ sku: string; title: string; currency: string; amountMinor: number; quantity: number }
	>()
	for (const { lines, currency } of holds) {
		for (const { sku, title, amountMinor, quantity } of lines) {
			const product = wanted.get(sku) ?? { sku, title, currency, amountMinor, quantity: 0 }
			product.quantity += quantity
			wanted.set(sku, product)
		}
	}
	return [...wanted.values()]
}
