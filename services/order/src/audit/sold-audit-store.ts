import type { Database } from '@mercat/database/database'
import { budgetForEach } from '@mercat/service/budget'

/** What orders have sold on a day (UTC) by entering a status. */
export type SoldOnDay = {
	beginMs: number
	dimension: 'sku' | 'status'
	status: string
	/** Empty for the dimension `status`. */
	sku: string
	currency: string
	orders: number
	quantity: number
	/** Too large for a number, maybe. */
	amountMinor: string
}

export type SoldAuditStore = ReturnType<typeof createSoldAuditStore>

// A statement may read many orders.
const patience = budgetForEach(600_000)

const findFirst = `
	select position, (extract(epoch from (history -> (event.version - 1)::int ->> 'when')::timestamptz) * 1000)::float8 as "atMs"
	from event join orders on orders.id = order_id order by position limit 1`

const readPart = `
	with part as materialized (
		select event.position, event.status, orders.currency, total_minor, items,
			date_bin('1 day', (history -> (event.version - 1)::int ->> 'when')::timestamptz, 'epoch'::timestamptz) as day
		from event join orders on orders.id = event.order_id
		where event.position > $1 and event.position <= $2
	), line as materialized (
		select part.*, item ->> 'sku' as sku, (item ->> 'quantity')::bigint as quantity, (item ->> 'amountMinor')::numeric as amount
		from part cross join jsonb_array_elements(items) as item
	)
	select extract(epoch from day)::float8 * 1000 as "beginMs", 'sku' as dimension, status, sku, currency,
		count(distinct position) as orders, sum(quantity)::bigint as quantity, sum(quantity * amount)::text as "amountMinor"
	from line where day >= to_timestamp($3::float8 / 1000) group by day, status, sku, currency
	union all
	select extract(epoch from day)::float8 * 1000, 'status', status, '', currency,
		count(*), sum((select sum((item ->> 'quantity')::bigint) from jsonb_array_elements(items) as item))::bigint, sum(total_minor)::text
	from part where day >= to_timestamp($3::float8 / 1000) group by day, status, currency`

/** What the events of the log have sold. */
export function createSoldAuditStore(database: Database) {
	const { query } = database.within(patience)
	return {
		/** The first event that is left, and when its transition was. */
		async firstEvent(): Promise<{ position: number; atMs: number } | undefined> {
			const [first] = await query<{ position: number; atMs: number }>(findFirst)
			return first
		},

		/** The sums of the events after a position and up to another one, for the days since a time. */
		readPart: (after: number, upto: number, sinceMs: number): Promise<SoldOnDay[]> =>
			query<SoldOnDay>(readPart, [after, upto, sinceMs]),
	}
}
