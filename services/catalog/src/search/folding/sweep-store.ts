import type { Database } from '@mercat/database/database'
import type { Statement } from '@mercat/database/queryable'
import { RowsChangedError, replaceRows } from './compact-store.ts'
import type { ListedRow } from './compact-tokens.ts'
import { lockedTransaction } from './fold-store.ts'
import type { SweepPlace, SweepPostingsNeeds } from './sweep-postings.ts'

type SweepState = { counted: string; snapshot: string; deaths: number; isUnderWay: boolean }

/** Where the sweep is, and how it moves. */
export function createSweepStore(database: Database): Omit<SweepPostingsNeeds, 'readRows' | 'knowDocs'> {
	return {
		async takeStep({ settleMs = 30_000, betweenMs = 60_000, stepMs = 1_000 }) {
			const [state] = await database.query<SweepState>(readSweep, [settleMs])
			// A step that finds nothing to do writes nothing.
			if (state === undefined) return undefined
			if (state.deaths > 0) await database.query(countDeaths, [state.counted, state.snapshot, state.deaths])
			if (!state.isUnderWay) await database.query(beginSweep, [settleMs, betweenMs])
			const [step] = await database.query<SweepPlace & { dead: number }>(takeStep, [stepMs])
			return step
		},
		listNextRows: ({ token, firstDoc }, most) => database.query<ListedRow>(listNextRows, [token, firstDoc, most]),
		async moveSweep(from, to, tokens) {
			try {
				const moved = await lockedTransaction(database, async (transaction) => {
					const rows = await transaction.query(moveSweep, [from.token, from.firstDoc, to.token, to.firstDoc])
					if (rows.length === 0) return false
					if (tokens.length > 0) await replaceRows(transaction, tokens)
					return true
				})
				return moved ?? false
			} catch (error) {
				// Rows that another process has replaced come again with the next step.
				if (error instanceof RowsChangedError) return false
				throw error
			}
		},
		async endSweep({ token, firstDoc }) {
			await database.query(endSweep, [token, firstDoc])
			await database.query(forgetLosses)
			// PostgreSQL does it by itself.
			if (database.engine === 'pglite') await database.query('vacuum search_posting, search_word, search_word_loss')
		},
	}
}

// As the columns read changes: not visible in a snapshot are the transactions that began after it, and those that were running.
const readSweep: Statement = {
	name: 'read-search-sweep',
	text: `
		select * from (
			select
				counted::text as counted, pg_current_snapshot()::text as snapshot, token is not null as "isUnderWay", (
					select coalesce(sum(cardinality(dead_docs)), 0)::integer from (
						select dead_docs from search_change where xid >= pg_snapshot_xmax(counted)
						union all
						select dead_docs from search_change where xid = any(array(select pg_snapshot_xip(counted)))
					) as unseen
				) as deaths, last_death_at, last_began_at
			from search_sweep
		) as state
		where "isUnderWay" or deaths > 0
			or last_death_at > last_began_at - $1::float8 * interval '1 millisecond'`,
}

const countDeaths: Statement = {
	name: 'count-dead-docs',
	text: `
		update search_sweep
		set counted = $2::pg_snapshot, dead_since = dead_since + $3::integer, last_death_at = clock_timestamp()
		where counted::text = $1`,
}

// Docs that died shortly before the last sweep began were still needed.
const beginSweep: Statement = {
	name: 'begin-search-sweep',
	text: `
		update search_sweep
		set token = '', first_doc = 0, last_began_at = clock_timestamp(), dead_before = dead_since, dead_since = 0
		where token is null and last_death_at > last_began_at - $1::float8 * interval '1 millisecond' and (
			last_death_at <= clock_timestamp() - $1::float8 * interval '1 millisecond'
			or last_began_at <= clock_timestamp() - $2::float8 * interval '1 millisecond'
		)`,
}

const takeStep: Statement = {
	name: 'take-sweep-step',
	text: `
		update search_sweep set next_at = clock_timestamp() + $1::float8 * interval '1 millisecond'
		where token is not null and next_at <= clock_timestamp()
		returning token, first_doc as "firstDoc", least(dead_before + dead_since, 1000000)::integer as dead`,
}

const listNextRows: Statement = {
	name: 'list-next-search-postings',
	text: `
		select token, first_doc as "firstDoc", octet_length(postings) as size, xmin::text as version
		from search_posting where (token, first_doc) > ($1::text, $2::integer)
		order by token, first_doc limit $3`,
}

const moveSweep: Statement = {
	name: 'move-search-sweep',
	text: `
		update search_sweep set token = $3, first_doc = $4 where token = $1 and first_doc = $2
		returning 1 as one`,
}

const endSweep: Statement = {
	name: 'end-search-sweep',
	text: 'update search_sweep set token = null, dead_before = 0 where token = $1 and first_doc = $2',
}

const forgetLosses: Statement = {
	name: 'forget-word-losses',
	text: `delete from search_word_loss where at < now() - interval '10 minutes'`,
}
