import type { Database } from '@mercat/database/database'
import type { Statement } from '@mercat/database/queryable'
import { budgetForEach } from '@mercat/service/budget'

/** The first and the last price of a product on a day, in one currency. */
export type PricesOfDay = {
	sku: string
	currency: string
	firstMinor: number
	firstAtMs: number
	lastMinor: number
	lastAtMs: number
}

const ofDay = 'begin >= to_timestamp($1::bigint * 86400) and begin < to_timestamp(($1 + 1) * 86400)'

/** A bar of a product on the day, of the smallest step that is stored. Bars of 1 s may be kept for less than a day. */
const barOfSku = (where: string, order: 'asc' | 'desc') => `
	select currency, open, close, begin, open_ms, close_ms from (
		(select currency, open, close, begin, open_ms, close_ms from bar_1s as bar
			where bar.sku = bar_sku.sku and ${where} order by begin ${order} limit 1)
		union all
		(select currency, open, close, begin, 0, 0 from bar_1m as bar
			where bar.sku = bar_sku.sku and ${where} order by begin ${order} limit 1)
	) as found
	order by begin ${order}, open_ms desc limit 1`

/** The least sku after another one. The first minute of a product is only marked. */
const nextSku = (isAfter: string) => `
	select min(sku) from (
		(select sku from bar_1m where ${isAfter} and ${ofDay} order by sku limit 1)
		union all
		(select sku from bar_dirty where ${isAfter} order by sku limit 1)
	) as next`

const time = (of: string, ms: string) => `(extract(epoch from ${of}.begin) * 1000)::float8 + ${of}.${ms}`

// From sku to sku, without a look at all bars between them.
const readDay: Statement = {
	name: 'read-prices-of-day',
	text: `
		with recursive bar_sku (sku) as (
			(${nextSku('true')})
			union all
			select (${nextSku('sku > bar_sku.sku')}) from bar_sku where bar_sku.sku is not null
		)
		select bar_sku.sku, last.currency, first.open as "firstMinor", ${time('first', 'open_ms')} as "firstAtMs",
			last.close as "lastMinor", ${time('last', 'close_ms')} as "lastAtMs"
		from bar_sku
		cross join lateral (${barOfSku(ofDay, 'desc')}) as last
		cross join lateral (${barOfSku(`bar.currency = last.currency and ${ofDay}`, 'asc')}) as first`,
}

// It reads a little of each product.
const longestStatementMs = 60_000

export type DayStore = ReturnType<typeof createDayStore>

export function createDayStore(database: Pick<Database, 'within'>) {
	return {
		/** The products with prices on a day, which is counted from 1970 (UTC). */
		readDay: (day: number): Promise<PricesOfDay[]> =>
			database.within(budgetForEach(longestStatementMs)).query<PricesOfDay>(readDay, [day]),
	}
}
