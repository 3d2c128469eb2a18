import type { Database } from '@mercat/database/database'
import type { Statement } from '@mercat/database/queryable'

// Prices in one statement. The embedded database does nothing else meanwhile.
const usualChunkSize = 2_000
// How far the clock may be put back without a price being missed.
const clockSafety = "interval '10 minutes'"
const retention = "interval '40 days'"

const oldMark = "mark_at < now() - interval '1 minute'"

// A process that finds nothing to do writes nothing. Of the others one gets the row, and the rest have nothing to do meanwhile.
const stateWhere = (isDue: string) => `
	select *, mark_at - ${clockSafety} as due_until from price_history
	where ${isDue} for update skip locked`

/**
 * Each price is told of the day in which it ended, and of the day in which it began. The latter is that in which the price before
 * ended, so that each row also tells the price after it. Only the first price of a product has none before.
 *
 * The bars and the place up to which prices are folded change together. No price can be missed: those before the mark were written by
 * transactions that are over. A new mark is made once the prices before the old one are folded, and at most each minute. A mark of the
 * future is of another server, whose database was restored here.
 *
 * PostgreSQL knows little of `price_history`, and would join with it by reading all prices. So its row is asked for its values one by
 * one, and single rows of the large tables are asked for with a limit.
 */
const foldChunk: Statement = {
	name: 'fold-prices',
	text: `
		with state as materialized (${stateWhere(`folded_until < mark_at - ${clockSafety} or ${oldMark}`)}),
		chunk as materialized (
			select folded_until as since, due_until, coalesce(
				(select ended_at + interval '1 microsecond' from price_change
					where ended_at >= folded_until and ended_at < due_until
					order by ended_at offset $1 limit 1),
				due_until
			) as until
			from state
			where folded_until < due_until
				and (mark_xid < pg_snapshot_xmin(pg_current_snapshot()) or mark_xid > pg_current_xact_id())
		),
		reached as materialized (
			select due_until, coalesce((select until from chunk), folded_until) as until from state
		),
		ended as materialized (
			select sku, began_at, ended_at, currency, amount_minor,
				lead(currency) over prices as next_currency, lead(amount_minor) over prices as next_minor,
				lag(ended_at) over prices is null as is_first
			from price_change
			where ended_at >= (select since from chunk) and ended_at < (select until from chunk)
			window prices as (partition by sku order by ended_at)
		),
		told as (
			select sku, ended_at as told_at, currency, amount_minor, began_at, ended_at, 0 as changes from ended
			union all
			select sku, ended_at, next_currency, next_minor, ended_at, 'infinity', 1 from ended where next_currency is not null
			union all
			select ended.sku, ended.ended_at, successor.currency, successor.amount_minor, ended.ended_at, 'infinity', 1
			from ended cross join lateral (
				(select currency, amount_minor, 1 as place from price_change as later
					where later.sku = ended.sku and later.ended_at > ended.ended_at
					order by later.ended_at limit 1)
				union all
				select currency, amount_minor, 2 from product where product.sku = ended.sku
				order by place limit 1
			) as successor
			where next_currency is null
			union all
			select sku, began_at, currency, amount_minor, began_at, ended_at, 1 from ended
			where is_first
				and (
					select true from price_change as earlier
					where earlier.sku = ended.sku and earlier.ended_at = ended.began_at limit 1
				) is null
				-- The one before may have been pruned. Then this one has been told of its first day.
				and (
					select true from price_day as bar
					where bar.sku = ended.sku and bar.day = (ended.began_at at time zone 'UTC')::date limit 1
				) is null
		),
		bars as (
			insert into price_day as bar (
				sku, day, currency, open_minor, high_minor, low_minor, close_minor, changes, last_began_at
			)
			select
				sku, (told_at at time zone 'UTC')::date as day, currency,
				(array_agg(amount_minor order by began_at, ended_at))[1], max(amount_minor), min(amount_minor),
				(array_agg(amount_minor order by began_at desc, ended_at desc))[1], sum(changes), max(began_at)
			from told group by sku, day, currency
			on conflict (sku, day, currency) do update set
				high_minor = greatest(bar.high_minor, excluded.high_minor),
				low_minor = least(bar.low_minor, excluded.low_minor),
				close_minor = excluded.close_minor,
				changes = bar.changes + excluded.changes,
				last_began_at = greatest(bar.last_began_at, excluded.last_began_at)
		)
		update price_history set
			folded_until = until,
			mark_xid = case when until >= due_until and ${oldMark} then pg_current_xact_id() else mark_xid end,
			mark_at = case when until >= due_until and ${oldMark} then now() else mark_at end
		from reached
		returning until < due_until and exists (select from chunk) as "isMore"`,
}

// No day is pruned of which bars are missing.
const prunable = (of: string) =>
	`least((now() - ${retention}) at time zone 'UTC', ${of}.folded_until at time zone 'UTC')::date`

// Readers leave out what is to be deleted, before the first price is.
const forgetPrices: Statement = {
	name: 'forget-prices',
	text: `
		with state as materialized (${stateWhere(`pruned_before < ${prunable('price_history')}`)})
		update price_history set pruned_before = ${prunable('state')} from state`,
}

const prunedBefore = "pruned_before::timestamp at time zone 'UTC'"

const pruneChunk: Statement = {
	name: 'prune-prices',
	text: `
		with state as materialized (${stateWhere(`(select min(ended_at) from price_change) < ${prunedBefore}`)}),
		pruned as (
			delete from price_change
			where ctid = any(array(
				select ctid from price_change
				where ended_at < (select ${prunedBefore} from state) order by ended_at limit $1
			))
			returning 1
		)
		select count(*) = $1 as "isMore" from pruned`,
}

/** The keeping of the history. Each statement does its part in one process at a time. */
export function createFoldStore(database: Pick<Database, 'query'>, chunkSize = usualChunkSize) {
	const isMoreAfter = async (statement: Statement) => {
		const [result] = await database.query<{ isMore: boolean }>(statement, [chunkSize])
		return result?.isMore === true
	}
	return {
		/** Puts the next prices that have ended into the bars of their days. Returns whether more prices wait. */
		foldChunk: () => isMoreAfter(foldChunk),
		/** Decides which prices are only in bars from now on. */
		forgetPrices: () => database.query(forgetPrices),
		/** Deletes the oldest of the prices that are only in bars. Returns whether more prices wait. */
		pruneChunk: () => isMoreAfter(pruneChunk),
	}
}
