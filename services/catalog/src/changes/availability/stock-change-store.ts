import type { Database } from '@mercat/database/database'
import type { Statement } from '@mercat/database/queryable'
import type { Quantity, StockLook } from './availability.ts'
import type { NotedProduct, StockBeginning, StockChanges } from './stock-changes.ts'
import { timeline } from './timeline.ts'

const epochMs = (time: string) => `extract(epoch from ${time}) * 1000`

const moment = `
	pg_current_snapshot()::text as snapshot,
	floor(${epochMs('statement_timestamp()')})::bigint as "atMs",
	ceil(${epochMs('clock_timestamp()')})::bigint as "laterMs",
	${timeline} as timeline`

// A server that has started may have lost its last commits.
const readBeginning: Statement = {
	name: 'read-stock-beginning',
	text: `
		select ${moment}, seen_before::text as "seenBefore", case
			when scanned_at between now() - $1::float8 * interval '1 ms' and now()
				and seen_before <= pg_snapshot_xmax(pg_current_snapshot()) and timeline = ${timeline}
			then ceil(${epochMs('greatest(looked_since, pg_postmaster_start_time())')})::bigint
		end as "lookedSinceMs"
		from stock_scan`,
}

const readNoted: Statement = {
	name: 'read-noted-stock',
	text: `
		select sku, floor(${epochMs('max(at)')})::bigint as "atMs"
		from stock_change, unnest(skus) as sku
		where at >= to_timestamp($1::float8 / 1000)
		group by sku order by max(at) desc limit $2`,
}

// Not visible in a snapshot are the transactions that began after it, and those that were running.
const readChanges: Statement = {
	name: 'read-stock-changes',
	text: `
		select ${moment}, (
			select coalesce(json_agg(distinct sku), '[]') from (
				select skus from stock_change where xid >= pg_snapshot_xmax($1::pg_snapshot)
				union all
				select skus from stock_change where xid = any(array(select pg_snapshot_xip($1::pg_snapshot)))
			) as unseen, unnest(skus) as sku
		) as skus`,
}

const writeChanges: Statement = {
	name: 'write-stock-changes',
	text: `
		insert into stock_change (skus)
		select array_agg(sku) from unnest($1::text[]) with ordinality as noted (sku, place) group by (place - 1) / 2000`,
}

// The moment is before the snapshot of the statement. So every change until the moment is in the quantities.
const look = (quantities: string) => `
	select floor(${epochMs('statement_timestamp()')})::bigint as "atMs", coalesce(json_agg(sku), '[]') as skus,
		coalesce(json_agg(available), '[]') as available
	from (${quantities}) as quantities`

const readQuantities: Statement = {
	name: 'read-quantities',
	text: look('select sku, on_hand - held as available from stock where sku = any($1::text[])'),
}

const readQuantitiesAfter: Statement = {
	name: 'read-quantities-after',
	text: look('select sku, on_hand - held as available from stock where sku > $1 order by sku limit $2'),
}

// Rows are deleted from the first on, and mostly the first one is to be kept. Then the statement reads no other.
const deleteChanges: Statement = {
	name: 'delete-stock-changes',
	text: `
		with cutoff as materialized (select statement_timestamp() - $1::float8 * interval '1 ms' as time)
		delete from stock_change where id in (
			select id from stock_change
			where at < (select time from cutoff)
				and (select at from stock_change order by id limit 1) < (select time from cutoff)
			order by id limit $2 for update skip locked
		)
		returning 1`,
}

type LookRow = { atMs: number; skus: string[]; available: number[] }

export function createStockChangeStore(database: Database) {
	async function one<R>(statement: Statement, values: readonly unknown[]): Promise<R> {
		const [row] = await database.query<R>(statement, values)
		if (row === undefined) throw new Error(`${statement.name} gives one row`)
		return row
	}

	return {
		/** Tells all processes that the quantities of these products may have changed. */
		async writeChanges(skus: readonly string[]): Promise<void> {
			await database.query(writeChanges, [skus])
		},

		/** @param recentMs whether looks through the stock go on is told by the last one, which must have begun within this time */
		readBeginning: (recentMs: number) => one<StockBeginning>(readBeginning, [recentMs]),

		/** The products that were noted since a time, those that were noted last first. */
		readNoted: (sinceMs: number, limit: number) => database.query<NotedProduct>(readNoted, [sinceMs, limit]),

		/** What was committed since a snapshot. */
		readChanges: (since: string) => one<StockChanges>(readChanges, [since]),

		readQuantities: async (skus: readonly string[]): Promise<StockLook> =>
			toLook(await one<LookRow>(readQuantities, [skus])),

		/** The next quantities behind a sku, in the order of their skus. */
		readQuantitiesAfter: async (sku: string, limit: number): Promise<StockLook> =>
			toLook(await one<LookRow>(readQuantitiesAfter, [sku, limit])),

		/** Deletes up to `limit` rows that are older. Returns how many. */
		async deleteChanges(keepMs: number, limit: number): Promise<number> {
			return (await database.query(deleteChanges, [keepMs, limit])).length
		},

		/** Frees the room of deleted changes. The embedded database does not do it by itself. */
		async vacuumChanges(): Promise<void> {
			if (database.engine === 'pglite') await database.query('vacuum stock_change')
		},
	}
}

function toLook({ atMs, skus, available }: LookRow): StockLook {
	return { atMs, quantities: skus.map((sku, index): Quantity => ({ sku, available: available[index] as number })) }
}
