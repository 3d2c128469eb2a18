import type { Database } from '@mercat/database/database'
import { violatedConstraint } from '@mercat/database/errors'
import type { Statement } from '@mercat/database/queryable'
import { budgetForEach } from '@mercat/service/budget'
import { partsOf } from '@mercat/service/parts-of'
import { columnsOf, rowsOf } from './bar-rows.ts'
import type { BarRow, KnownBars } from './known-bars.ts'
import type { BarPart } from './open-bars.ts'
import { readGeneration, shareBars } from './roll-up-store.ts'

// The blocks of a part are folded once: the place changes in the transaction of their bars.
const moveFold: Statement = {
	name: 'move-bar-fold',
	text: 'update bar_fold set block = $3 where source = $1 and block = $2 returning block',
}

const insert = `
	insert into bar_1s as bar (sku, begin, currency, open, high, low, close, ticks, open_ms, close_ms)
	select sku, to_timestamp(second), currency, open, high, low, close, ticks, open_ms, close_ms
	from unnest(
		$1::text[], $2::bigint[], $3::text[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[], $8::integer[],
		$9::smallint[], $10::smallint[]
	) as given (sku, second, currency, open, high, low, close, ticks, open_ms, close_ms)`

const insertBars: Statement = { name: 'insert-bars', text: insert }

const addToBars: Statement = {
	name: 'add-to-bars',
	text: `
		${insert}
		on conflict (sku, begin, currency) do update set
			open = case when excluded.open_ms < bar.open_ms then excluded.open else bar.open end,
			open_ms = least(bar.open_ms, excluded.open_ms),
			high = greatest(bar.high, excluded.high),
			low = least(bar.low, excluded.low),
			close = case when excluded.close_ms >= bar.close_ms then excluded.close else bar.close end,
			close_ms = greatest(bar.close_ms, excluded.close_ms),
			ticks = bar.ticks + excluded.ticks`,
}

const markMinutes: Statement = {
	name: 'mark-minutes-of-bars',
	text: `
		insert into bar_dirty (sku, step, begin)
		select sku, '1m', to_timestamp(second)
		from unnest($1::text[], $2::bigint[]) as given (sku, second)
		on conflict do nothing`,
}

const beginFold: Statement = {
	name: 'begin-bar-fold',
	text: 'insert into bar_fold (source, block) values ($1, 0) on conflict do nothing',
}

const findFold: Statement = { name: 'find-bar-fold', text: 'select block from bar_fold where source = $1' }

// Rows in one statement. The embedded database does nothing else meanwhile.
const rowsOfStatement = 2_000
const longestStatementMs = 10_000

export function createBarStore(database: Pick<Database, 'query' | 'transaction'>) {
	/** Stores the bars of a part. Undefined when the bars do not have exactly the blocks before it. */
	function storePart(source: string, part: BarPart, rows: readonly BarRow[], known: KnownBars) {
		return database.transaction(async (transaction) => {
			const [, [marks], moved] = await Promise.all([
				transaction.query(shareBars),
				transaction.query<{ generation: number }>(readGeneration),
				transaction.query(moveFold, [source, part.after, part.upto]),
			])
			if (marks === undefined || moved.length === 0) return undefined
			const unmarked = known.unmarked(rows, marks.generation)
			const groups = Map.groupBy(rows, known.isNew)
			const statements: [statement: Statement, values: unknown[]][] = [
				...inParts(insertBars, groups.get(true)),
				...inParts(addToBars, groups.get(false)),
				[markMinutes, [unmarked.map(({ sku }) => sku), unmarked.map(({ second }) => second)]],
			]
			await Promise.all(statements.map(([statement, values]) => transaction.query(statement, values)))
			return marks
		}, budgetForEach(longestStatementMs))
	}

	return {
		/** The last block of a source whose ticks are in bars; 0 before the first. */
		async findFold(source: string): Promise<number> {
			await database.query(beginFold, [source])
			const [row] = await database.query<{ block: number }>(findFold, [source])
			if (row === undefined) throw new Error(`the bars of ${source} have no place`)
			return row.block
		},

		/**
		 * Adds the bars of a part to those of its seconds. After a failure the same call may be repeated: it adds them once.
		 *
		 * @param keptSinceMs bars that began before are left out
		 * @param known what is known of the bars of the source
		 * @returns false when the bars do not have exactly the blocks before the part
		 */
		async store(source: string, part: BarPart, keptSinceMs: number, known: KnownBars): Promise<boolean> {
			const rows = rowsOf(part, keptSinceMs)
			const marks = await storePart(source, part, rows, known).catch((error) => {
				if (violatedConstraint(error) === undefined) throw error
				known.share()
				return storePart(source, part, rows, known)
			})
			if (marks === undefined) known.forget()
			else known.stored(rows, marks.generation)
			return marks !== undefined
		},
	}
}

function inParts(statement: Statement, rows: readonly BarRow[] = []): [statement: Statement, values: unknown[]][] {
	return partsOf(rows, rowsOfStatement).map((part) => [statement, columnsOf(part)])
}
