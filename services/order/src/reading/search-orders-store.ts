import type { Reads } from '@mercat/database/database'
import type { Statement } from '@mercat/database/queryable'
import type { Budget } from '@mercat/service/budget'
import type { Order } from '../order/order.ts'
import { type OrderRow, toOrder } from '../order/order-row.ts'
import type { FoundOrders, OrderSearch } from './list-orders.ts'

export type SearchOrdersOptions = {
	/** The most orders that a search looks at. */
	mostLookedAt?: number
	/** After this time a search stops at the next order. */
	mostMs?: number
}

// Measured: 20,000 orders of three lines take 50 ms, of a hundred lines 600 ms.
const defaults = { mostLookedAt: 20_000, mostMs: 100 }

// A search looks at orders in the order of one index and stops at the limit of the inner query, or when its time is over.
// Then it also returns the order at which it stopped.
const searchText = (order: string, bounds: string) => `
	select looked_at.*, fits, place = $8 as "isLast"
	from (
		select *, row_number() over (order by ${order}) as place
		from orders where ${bounds}
		order by ${order} limit $8
	) as looked_at cross join lateral (
		select ($4::text is null or status = $4) and ($5::jsonb is null or items @> $5)
			and ($6::jsonb is null or details @> $6 or history @> $7::jsonb) as fits
	) as comparison
	where fits or place = $8 or clock_timestamp() > statement_timestamp() + $9 * interval '1 ms'
	order by ${order} limit $10`

const searchOrders: Statement = {
	name: 'search-orders',
	text: searchText(
		'placed_at desc, id desc',
		'(placed_at, id) < ($1::timestamptz, $2::uuid) and placed_at >= $3::timestamptz',
	),
}

// The comparisons of rows are where the scan of the index starts and where it ends. With `=` for the customer the index by
// time would have the order, too. In it a search could pass over any number of orders of others.
const searchOrdersOfCustomer: Statement = {
	name: 'search-orders-of-customer',
	text: searchText(
		'customer_id desc, placed_at desc, id desc',
		`(customer_id, placed_at, id) < ($11, $1::timestamptz, $2::uuid)
			and (customer_id, placed_at) >= ($11, $3::timestamptz)`,
	),
}

const firstId = '00000000-0000-0000-0000-000000000000'

type FoundRow = OrderRow & { fits: boolean; isLast: boolean }

export function createSearchOrdersStore(database: Pick<Reads, 'within'>, options: SearchOrdersOptions = {}) {
	const { mostLookedAt, mostMs } = { ...defaults, ...options }

	return {
		/** Finds orders, newest first, by looking at a bounded number of them. */
		async searchOrders({ filter, after, limit }: OrderSearch, budget?: Budget): Promise<FoundOrders> {
			const { customerId, status, sku, reference, placedAfter, placedBefore } = filter
			// A page token is bound to the filter, so its position is before `placedBefore`.
			const start = after ?? { placedAt: placedBefore?.toISOString() ?? 'infinity', id: firstId }
			const values = [
				start.placedAt,
				start.id,
				placedAfter?.toISOString() ?? '-infinity',
				status ?? null,
				sku === undefined ? null : JSON.stringify([{ sku }]),
				reference === undefined ? null : JSON.stringify({ reference }),
				reference === undefined ? null : JSON.stringify([{ reference }]),
				mostLookedAt,
				mostMs,
				limit,
				...(customerId === undefined ? [] : [customerId]),
			]
			const statement = customerId === undefined ? searchOrders : searchOrdersOfCustomer
			const rows = await database.within(budget).query<FoundRow>(statement, values)
			const orders = rows.filter(({ fits }) => fits).map(toOrder)
			const last = rows.at(-1)
			// Whatever fits is returned. An order that does not fit is returned only where the search has stopped.
			const hasStopped = last !== undefined && (!last.fits || last.isLast || rows.length === limit)
			return { orders, stoppedAt: hasStopped ? positionOf(toOrder(last)) : undefined }
		},
	}
}

function positionOf({ placedAt, id }: Order) {
	return { placedAt: placedAt.toISOString(), id }
}
