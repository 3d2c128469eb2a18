import type { Database } from '@mercat/database/database'
import { violatedConstraint } from '@mercat/database/errors'
import type { Statement } from '@mercat/database/queryable'
import type { Budget } from '@mercat/service/budget'
import type { NewHold } from './reservation.ts'

export type NewHoldStore = ReturnType<typeof createNewHoldStore>

// - It takes stock in the order of skus, then adds reservations in the order of order ids. It waits for no existing
//   reservation, so it does not deadlock with transactions that lock reservations first.
// - Holds count from the moment when all stock is taken.
// - The table's own check refuses stock that is not there. It costs nothing while there is enough.
// - `taken` must lock in the order of `product.sku`. With the fixed plans of services it follows `shelf` or the key,
//   and both have that order. Unnested skus have the database's collation, which is another order.
// - Each order is looked up by itself, so that a plan made while the table was small does not read all of it.
const holdAtOnce: Statement = {
	name: 'hold-at-once',
	text: `
		with shelf as materialized (
			select wanted.sku, wanted.quantity
			from unnest($6::text[], $7::text[], $8::text[], $9::bigint[], $10::bigint[])
					as wanted (sku, title, currency, amount_minor, quantity)
				join product using (sku)
			where not product.archived and product.title = wanted.title
				and product.currency = wanted.currency and product.amount_minor = wanted.amount_minor
			order by product.sku
		), still as materialized (
			select where (select count(*) from shelf) = cardinality($6) and not exists (
				select from unnest($1::uuid[]) as asked (order_id)
				cross join lateral (select from reservation where order_id = asked.order_id limit 1) as known
			)
		), taken as (
			update stock set held = held + shelf.quantity
			from still, shelf
			where stock.sku = shelf.sku
			returning stock.sku
		), since as materialized (
			select date_trunc('milliseconds', clock_timestamp()) as now from taken having count(*) = cardinality($6)
		), inserted as (
			insert into reservation (order_id, state, lines, currency, total_minor, expires_at)
			select order_id, 'held', lines, currency, total_minor, now + hold_ms * interval '1 ms'
			from since, rows from (
				unnest($1::uuid[], $2::text[], $3::bigint[], $4::bigint[]), jsonb_array_elements($5::jsonb)
			) as asked (order_id, currency, total_minor, hold_ms, lines)
			order by order_id
		)
		select now from since`,
}

// A product is short, or another transaction has just reserved for one of the orders.
const notStanding = new Set<string | undefined>(['stock_never_oversold', 'reservation_pkey'])

/** @param changed is called with the skus of products whose stock may have changed */
export function createNewHoldStore(database: Database, changed: (skus: Iterable<string>) => void = () => {}) {
	return {
		/**
		 * Writes the holds in one statement, if all of them still stand: every product is for sale with this title and
		 * price, there is stock for all of the holds, and no order has a reservation yet.
		 *
		 * @returns since when they hold; `undefined` when one does not stand and nothing was written
		 */
		async holdAtOnce(holds: NewHold[], budget?: Budget): Promise<Date | undefined> {
			const wanted = wantedProducts(holds)
			try {
				const [row] = await database
					.within(budget)
					.query<{ now: Date }>(holdAtOnce, [
						holds.map(({ orderId }) => orderId),
						holds.map(({ currency }) => currency),
						holds.map(({ totalMinor }) => totalMinor),
						holds.map(({ holdMs }) => holdMs),
						JSON.stringify(holds.map(({ lines }) => lines)),
						wanted.map(({ sku }) => sku),
						wanted.map(({ title }) => title),
						wanted.map(({ currency }) => currency),
						wanted.map(({ amountMinor }) => amountMinor),
						wanted.map(({ quantity }) => quantity),
					])
				return row?.now
			} catch (error) {
				if (notStanding.has(violatedConstraint(error))) return undefined
				throw error
			} finally {
				changed(wanted.map(({ sku }) => sku))
			}
		},
	}
}

/** Each product once, with the title and price of the holds and their quantities added up. */
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
