import type { Database } from '@mercat/database/database'
import { budgetForEach } from '@mercat/service/budget'
import type { Breach } from './catalog-audit-store.ts'

export type PriceAuditStore = ReturnType<typeof createPriceAuditStore>

// A statement may read a whole table.
const patience = budgetForEach(600_000)

const productsOnPage = 5_000
const mostBreaches = 10_000
// Unicode's last character, and so after every sku.
const greatestSku = '\u{10ffff}'

const time = (value: string) => `to_json(${value}) #>> '{}'`

// Prices that ended before `exact_since` may be deleted, in any order. The day of a price is the one on which it ended.
const chains = `
	with page as materialized (
		select sku, currency, amount_minor, price_began_at, created_at from product where sku > $1 order by sku limit ${productsOnPage}
	), bounds as materialized (
		select case when count(*) < ${productsOnPage} then '${greatestSku}' else max(sku) end as until from page
	), history as materialized (
		select began_at, folded_until, pruned_before, pruned_before::timestamp at time zone 'UTC' as exact_since from price_history
	), ended as materialized (
		select price.*, (ended_at at time zone 'UTC')::date as day, page.sku is not null as has_product, created_at,
			lag(ended_at) over chain as ended_before,
			(price.currency, price.amount_minor) = (lag(price.currency) over chain, lag(price.amount_minor) over chain) as is_same,
			lead(ended_at) over chain is null as is_last,
			coalesce(lead(price.currency) over chain, page.currency) as next_currency,
			coalesce(lead(price.amount_minor) over chain, page.amount_minor) as next_minor
		from price_change as price left join page using (sku)
		where price.sku > $1 and price.sku <= (select until from bounds)
		window chain as (partition by price.sku order by ended_at)
	), reduced as materialized (
		select sku, page.currency, price_began_at, price_began_at - interval '30 days' as start, ended.amount_minor as minor_before,
			ended.currency = page.currency and page.amount_minor < ended.amount_minor as is_reduction
		from page join ended using (sku) where ended_at = price_began_at
	)`

const priceFaults = `
	select sku, case
		when not has_product then 'it has had prices, and there is no such product'
		when ended_at < exact_since then null
		when ended_before > ended.began_at
			then format('its price of %s began before the one before it had ended', ${time('ended.began_at')})
		when ended_before < ended.began_at or ended_before is null and ended.began_at >= exact_since
				and ended.began_at > greatest(created_at, history.began_at)
			then format('its price before %s is missing', ${time('ended.began_at')})
		when is_same then format('its price has not changed at %s', ${time('ended.began_at')})
	end as finding
	from ended, history`

// The last price that has ended gave way to the present one.
const presentFaults = `
	select page.sku, case
		when ended_at > price_began_at or ended_at is not null and price_began_at is null
			then format('a price of it has ended at %s, and its present one began %s',
				${time('ended_at')}, coalesce(${time('price_began_at')}, 'with it'))
		when ended_at is distinct from price_began_at and price_began_at >= exact_since
			then format('its price began at %s, and no price has ended then', ${time('price_began_at')})
		when ended_at = price_began_at and (ended.currency, ended.amount_minor) = (page.currency, page.amount_minor)
			then format('its price has not changed at %s', ${time('price_began_at')})
	end as finding
	from history, page left join ended on ended.sku = page.sku and is_last`

// The window of a price that began long ago reaches into days of which only bars are left.
const reductionFaults = `
	select reduced.sku, case
		when not is_reduction and reduction.sku is not null then 'it has a lowest price, and its price is no reduction'
		when is_reduction and reduction.sku is null then 'its price is a reduction, and it has no lowest price'
		when reduction.currency <> reduced.currency then format('its lowest price is in %s', reduction.currency)
		when lowest_minor > minor_before then format('its lowest price is %s, and the price before was %s', lowest_minor, minor_before)
		when start >= exact_since and lowest_minor <> lowest
			then format('its lowest price is %s, and the lowest of 30 days is %s', lowest_minor, lowest)
	end as finding
	from history, reduced
	left join price_reduction as reduction on reduction.sku = reduced.sku and reduction.began_at = price_began_at
	left join (
		select sku, min(ended.amount_minor) as lowest
		from reduced join ended using (sku)
		where is_reduction and ended.currency = reduced.currency and ended_at > start
		group by sku
	) as reference_window on reference_window.sku = reduced.sku`

// On a day, the prices that ended on it were in force, and those that followed them. The first price of a product is also told of the
// day on which it began.
const dayFaults = `
	select coalesce(seen.sku, bar.sku) as sku, case
		when bar.sku is null then format('its bar of %s in %s is missing', seen.day, seen.currency)
		when seen.sku is null then format('its bar of %s in %s is one of no price', bar.day, bar.currency)
		when (low_minor, high_minor) <> (low, high)
			then format('its bar of %s is from %s to %s, and its prices were from %s to %s', bar.day, low_minor, high_minor, low, high)
		when bar.changes <> seen.changes
			then format('in its bar of %s begin %s prices, and on that day began %s', bar.day, bar.changes, seen.changes)
	end as finding
	from (
		select sku, day, currency, min(amount_minor) as low, max(amount_minor) as high, sum(begun) as changes
		from (
			select sku, day, currency, amount_minor, ended_at, 0 as begun from ended
			union all
			select sku, day, next_currency, next_minor, ended_at, 1 from ended
			union all
			select sku, (began_at at time zone 'UTC')::date, currency, amount_minor, ended_at, 1 from ended where ended_before is null
		) as of_day, history
		where day >= pruned_before and ended_at < folded_until
		group by sku, day, currency
	) as seen
	full join (
		select price_day.* from price_day
		where sku > $1 and sku <= (select until from bounds) and day >= (select pruned_before from history)
	) as bar using (sku, day, currency)`

type CheckedPage = { last: string | null; breaches: Breach[] }

const checkHistory = `
	${chains}, fault as (
		${[priceFaults, presentFaults, reductionFaults, dayFaults].join(' union all ')}
	), breach as (
		select sku as subject, finding from fault where finding is not null order by sku, finding limit ${mostBreaches}
	)
	select (select nullif(until, '${greatestSku}') from bounds) as last, coalesce((select jsonb_agg(breach) from breach), '[]') as breaches`

// Clocks of servers that follow each other may differ so much.
const clocks = "interval '1 minute'"

// A hold is written under the lock of its product. A later price of the shop itself leaves it open.
const checkHolds = `
	select id::text as subject, finding
	from held_price as hold join product using (sku), price_history as history, lateral (
		select case
			when state = 'open' and since >= greatest(history.began_at, pruned_before::timestamp at time zone 'UTC') + ${clocks}
				and not exists (
					select from (
						select price.began_at, ended_at, price.currency, price.amount_minor from price_change as price where price.sku = hold.sku
						union all
						select coalesce(price_began_at, '-infinity'), 'infinity', product.currency, product.amount_minor
					) as price
					where price.began_at <= since + ${clocks} and ended_at >= since - ${clocks}
						and (currency, amount_minor) = (old_currency, old_amount_minor)
				)
				then format('it is to replace %s %s, which %s did not cost at %s', old_amount_minor, old_currency, sku, ${time('since')})
			when until <= since then 'it ends before it begins'
			when state = 'expired' and (until is null or until > resolved_at + ${clocks}) then 'it has expired before its end'
			when state = 'open' and until < now() - interval '10 minutes' and $1
				then format('it is open, and ends at %s', ${time('until')})
			when lapsed_at is not null and state <> 'rejected' then format('it is %s, and has lapsed as a rejected one', state)
		end as finding
	) as check_of_hold
	where finding is not null order by since limit ${mostBreaches}`

const checkState = `
	select 'price_history' as subject, 'the history must have one row' as finding where (select count(*) from price_history) <> 1`

/** The facts of the histories of prices, and of the prices that wait. */
export function createPriceAuditStore(database: Database) {
	const { query } = database.within(patience)
	return {
		/** Whether the schema has histories. The catalog before it had none. */
		async hasHistory(): Promise<boolean> {
			const [found] = await query<{ exists: boolean }>("select to_regclass('price_change') is not null as exists")
			return found?.exists ?? false
		},

		/**
		 * The breaches of the histories of prices. A statement sees the products of a page and their histories at one moment, so a
		 * breach is one also while the catalog works. A hold can be overdue only while it does.
		 */
		async priceBreaches(catalogRuns: boolean): Promise<Breach[]> {
			const breaches = await query<Breach>(checkState)
			for (let sku: string | null = ''; sku !== null && breaches.length < mostBreaches; ) {
				const [page]: CheckedPage[] = await query<CheckedPage>(checkHistory, [sku])
				breaches.push(...(page?.breaches ?? []))
				sku = page?.last ?? null
			}
			return [...breaches, ...(await query<Breach>(checkHolds, [catalogRuns]))]
		},
	}
}
