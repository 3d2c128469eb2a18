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

const isBefore = 'begin < to_timestamp($3::float8 / 1000)'
const isRecent = `begin >= to_timestamp($1::float8 / 1000) and ${isBefore}`
const isOfDay = `begin >= to_timestamp($2::float8 / 1000) and ${isBefore}`

/** A bar of a product, of the smallest step that is stored. Bars of 1 s may be kept for less than a day. */
const barOfSku = (where: string, order: 'asc' | 'desc') => `
	select currency, open, close, begin, open_ms, close_ms from (
		(select currency, open, close, begin, open_ms, close_ms from bar_1s as bar
			where bar.sku = page.sku and ${where} order by begin ${order} limit 1)
		union all
		(select currency, open, close, begin, 0, 0 from bar_1m as bar
			where bar.sku = page.sku and ${where} order by begin ${order} limit 1)
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
const readPage: Statement = {
	name: 'read-latest-prices',
	text: `
		with recursive bar_sku (sku) as (
			(${nextSku('sku > $4')})
			union all
			select (${nextSku('sku > bar_sku.sku')}) from bar_sku where bar_sku.sku is not null
		)
		select page.sku, last.currency, first.open as "firstMinor", ${time('first', 'open_ms')} as "firstAtMs",
			last.close as "lastMinor", ${time('last', 'close_ms')} as "lastAtMs"
		from (select sku from bar_sku where sku is not null limit $5) as page (sku)
		left join lateral (${barOfSku(isRecent, 'desc')}) as last on true
		left join lateral (${barOfSku(`bar.currency = last.currency and ${isOfDay}`, 'asc')}) as first on true
		order by page.sku`,
}

// The embedded database reads a page on the thread of the event loop.
const skusOfPage = 200
const longestStatementMs = 10_000

/** Which prices to tell, in milliseconds since 1970: the last ones from `sinceMs`, and the first ones from `dayMs`, all before `untilMs`. */
export type PriceSpan = { sinceMs: number; dayMs: number; untilMs?: number }

/** A sku that is only marked has no prices. */
type PriceRow = LatestPrices | { sku: string; currency: null }

export function createLatestPriceStore(database: Pick<Database, 'within'>) {
	async function* readPages({ sinceMs, dayMs, untilMs = Number.POSITIVE_INFINITY }: PriceSpan) {
		for (let after = ''; ; ) {
			const values = [sinceMs, dayMs, untilMs, after, skusOfPage]
			const rows = await database.within(budgetForEach(longestStatementMs)).query<PriceRow>(readPage, values)
			yield rows.filter((row): row is LatestPrices => row.currency !== null)
			if (rows.length < skusOfPage) return
			after = (rows.at(-1) as PriceRow).sku
		}
	}

	return {
		/** The prices of all products that have bars in a span, in parts. */
		readPages,

		/** The prices of products since a time. The first one is that of the day that begins at `dayMs`. */
		async readPrices(sinceMs: number, dayMs: number): Promise<LatestPrices[]> {
			const prices: LatestPrices[] = []
			for await (const page of readPages({ sinceMs, dayMs })) prices.push(...page)
			return prices
		},
	}
}
