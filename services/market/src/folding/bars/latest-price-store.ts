import type { Database } from '@mercat/database/database'
import type { Statement } from '@mercat/database/queryable'
import { budgetForEach } from '@mercat/service/budget'

/** The first price of a product on a day, and the last one, in one currency. */
export type LatestPrices = {
	sku: string
	currency: string
	firstMinor: number | null
	firstAtMs: number | null
	lastMinor: number
	lastAtMs: number
}

const isRecent = 'begin >= to_timestamp($1::float8 / 1000)'
const isOfDay = 'begin >= to_timestamp($2::float8 / 1000)'

/** A bar of a product, of the smallest step that is stored. Bars of 1 s may be kept for less than a day. */
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
		(select sku from bar_1m where ${isAfter} and ${isRecent} order by sku limit 1)
		union all
		(select sku from bar_dirty where ${isAfter} order by sku limit 1)
	) as next`

const time = (of: string, ms: string) => `(extract(epoch from ${of}.begin) * 1000)::float8 + ${of}.${ms}`

// From sku to sku, without a look at all bars between them.
const readPrices: Statement = {
	name: 'read-latest-prices',
	text: `
		with recursive bar_sku (sku) as (
			(${nextSku('true')})
			union all
			select (${nextSku('sku > bar_sku.sku')}) from bar_sku where bar_sku.sku is not null
		)
		select bar_sku.sku, last.currency, first.open as "firstMinor", ${time('first', 'open_ms')} as "firstAtMs",
			last.close as "lastMinor", ${time('last', 'close_ms')} as "lastAtMs"
		from bar_sku
		cross join lateral (${barOfSku(isRecent, 'desc')}) as last
		left join lateral (${barOfSku(`bar.currency = last.currency and ${isOfDay}`, 'asc')}) as first on true`,
}

// It reads a little of each product.
const longestStatementMs = 60_000

export type LatestPriceStore = ReturnType<typeof createLatestPriceStore>

export function createLatestPriceStore(database: Pick<Database, 'within'>) {
	return {
		/** The prices of products since a time. The first one is that of the day that begins at `dayMs`. */
		readPrices: (sinceMs: number, dayMs: number): Promise<LatestPrices[]> =>
			database.within(budgetForEach(longestStatementMs)).query<LatestPrices>(readPrices, [sinceMs, dayMs]),
	}
}
