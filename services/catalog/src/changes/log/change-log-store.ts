import type { Database } from '@mercat/database/database'
import type { Statement } from '@mercat/database/queryable'
import type { Budget } from '@mercat/service/budget'
import type { ChangeEntry, EntryIdentity } from './change-entry.ts'
import type { LogPlaces } from './change-log.ts'
import type { LogEnd, LogRun } from './log-run.ts'

// A transaction id is larger than what a number can tell exactly.
const identityJson = `json_build_object(
	'xid', xid::text, 'atUs', (extract(epoch from at) * 1000000)::bigint
)`
const identityAt = (position: string) => `(select ${identityJson} from product_change where position = ${position})`

// The lock of the only row of `product_change_log` makes one writer of all processes. Another writer finds the row locked
// and does nothing. A transaction has the lock of a product before it draws the id of its entry, and a snapshot that shows
// a later change of the product shows the earlier one. So the order of ids keeps the order of a product's changes. An entry
// of a transaction that commits late gets a later position. `due` locks its entries, and by this drops those that another
// writer has numbered since this statement began.
const assignPositions: Statement = {
	name: 'assign-change-positions',
	text: `
		with log as materialized (
			select last_position from product_change_log
			where exists (select from product_change where position is null) for update skip locked
		), due as materialized (
			select id from product_change
			where position is null and exists (select from log) order by id limit $1 for update
		), numbered as materialized (
			select id, last_position + row_number() over (order by id) as position from log, due
		), written as (
			update product_change set position = numbered.position from numbered where product_change.id = numbered.id
			returning product_change.position, xid, at
		), counted as (
			select count(*) as entries, max(position) as last, min(at) as oldest from written
		), moved as (
			update product_change_log set last_position = counted.last from counted where entries > 0
		), state as (
			select
				log_id, exists (select from log) as is_writer, entries, oldest,
				coalesce(counted.last, product_change_log.last_position) as last,
				exists (select from product_change where position is null) as had_waiting
			from product_change_log, counted
		)
		select
			log_id as "logId", entries, last,
			coalesce(
				(select ${identityJson} from written where position = last), ${identityAt('last')}
			) as identity,
			${identityAt('$2')} as "knownIdentity",
			floor(extract(epoch from statement_timestamp()) * 1000)::bigint as "atMs",
			-- A writer without entries has come just after another one, whose positions it does not see.
			not had_waiting or (is_writer and entries between 1 and $1 - 1) as "isSettled",
			coalesce(extract(epoch from clock_timestamp() - oldest), 0)::float8 as "delayS",
			coalesce((
				select extract(epoch from clock_timestamp() - at) from product_change
				where position is null and not is_writer order by id limit 1
			), 0)::float8 as "waitingS",
			is_writer and entries in (0, $1) as "isMore"
		from state`,
}

const findEnds: Statement = {
	name: 'find-ends-of-changes',
	text: `
		select
			log_id as "logId", last_position as last, ${identityAt('last_position')} as identity,
			${identityAt('$1')} as "knownIdentity",
			coalesce(
				(select position from product_change where position is not null order by position limit 1), last_position + 1
			) as first
		from product_change_log`,
}

const readBlock: Statement = {
	name: 'read-block-of-changes',
	text: `
		select * from (
			select
				position, xid::text as xid, (extract(epoch from at) * 1000000)::bigint as "atUs", changes,
				lag(${identityJson}) over (order by position) as before
			from product_change where position >= $1 and position <= $2
		) as part
		where position > $1
		order by position`,
}

const findPlaces: Statement = {
	name: 'find-places-of-changes',
	text: `
		select
			log_id as "logId", last_position as last,
			(
				select coalesce(json_agg(json_build_object('position', position, 'identity', ${identityJson})), '[]')
				from product_change where position = any($1::bigint[])
			) as found
		from product_change_log`,
}

// Entries are deleted from the beginning on, up to the first one that is kept, so that the log gets no hole when a clock was
// wrong for a while. The last entry stays, because resume tokens tell by it that the log is still the same. Mostly the first
// entry is to be kept, and then the statement reads no other.
const pruneEntries: Statement = {
	name: 'prune-changes',
	text: `
		with limits as materialized (
			select statement_timestamp() - $1::float8 * interval '1 ms' as cutoff, last_position from product_change_log
		), oldest as materialized (
			select position, at from product_change
			where position < (select last_position from limits) and (
				select at from product_change where position is not null order by position limit 1
			) < (select cutoff from limits)
			order by position limit $2
		), pruned as (
			delete from product_change using oldest
			where product_change.position = oldest.position and oldest.position < coalesce(
				(select min(position) from oldest where at >= (select cutoff from limits)), 9223372036854775807
			)
			returning 1
		)
		select count(*) as pruned from pruned`,
}

type BlockRow = Omit<ChangeEntry, 'before'> & { before: EntryIdentity | null }
type PlacesRow = { logId: string; last: number; found: { position: number; identity: EntryIdentity }[] }

export function createChangeLogStore(database: Database) {
	async function one<R>(statement: Statement, values: readonly unknown[], budget?: Budget): Promise<R> {
		const [row] = await database.within(budget).query<R>(statement, values)
		if (row === undefined) throw new Error('the log of product changes has no row')
		return row
	}

	return {
		/**
		 * Gives positions to up to `limit` committed entries. Gives none while another process does this.
		 *
		 * @param known the position of `knownIdentity`
		 */
		assignPositions: async (limit: number, known: number): Promise<LogRun> =>
			toEnd(await one<LogRun>(assignPositions, [limit, known])),

		/** @param known the position of `knownIdentity` */
		ends: async (known: number, budget?: Budget): Promise<LogEnd & { first: number }> =>
			toEnd(await one<LogEnd & { first: number }>(findEnds, [known], budget)),

		/** All entries after one position up to another. */
		async readBlock(after: number, upTo: number): Promise<ChangeEntry[]> {
			const rows = await database.query<BlockRow>(readBlock, [after, upTo])
			return rows.map(({ before, ...entry }) => ({ ...entry, before: before ?? undefined }))
		},

		async findPlaces(positions: readonly number[]): Promise<LogPlaces> {
			const { logId, last, found } = await one<PlacesRow>(findPlaces, [positions])
			return { logId, last, identities: new Map(found.map(({ position, identity }) => [position, identity])) }
		},

		/** Deletes up to `limit` entries that are older than `retentionMs`. Returns how many. */
		async prune(retentionMs: number, limit: number): Promise<number> {
			const { pruned } = await one<{ pruned: number }>(pruneEntries, [retentionMs, limit])
			return pruned
		},

		/** Frees the room of deleted and numbered entries. The embedded database does not do it by itself. */
		async vacuumLog(): Promise<void> {
			if (database.engine === 'pglite') await database.query('vacuum product_change, product_change_log')
		},
	}
}

function toEnd<End extends LogEnd>(row: End): End {
	return { ...row, identity: row.identity ?? undefined, knownIdentity: row.knownIdentity ?? undefined }
}
