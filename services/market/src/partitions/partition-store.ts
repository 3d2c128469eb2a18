import type { Database } from '@mercat/database/database'
import { isLockTimeout } from '@mercat/database/errors'
import type { BuiltStatement, Statement } from '@mercat/database/queryable'
import { fillOf, type Partition, partitionedTables, partitionNamed } from './partition-times.ts'

// Any number that no other part of the service locks.
const lockKey = 7_236_455_212

const lockPartitions = `select pg_advisory_xact_lock(${lockKey})`

const listPartitions: Statement = {
	name: 'list-partitions',
	text: `
		select child.relname as name
		from pg_inherits join pg_class as child on child.oid = inhrelid join pg_class as parent on parent.oid = inhparent
		where parent.oid = any(array[${partitionedTables.map((table) => `'${table}'::regclass`).join(', ')}])`,
}

const findUnfolded: Statement = {
	name: 'find-unfolded-sources',
	text: `
		select distinct source
		from tick_block left join bar_fold using (source)
		where begun_at >= to_timestamp($1::float8 / 1000) and begun_at < to_timestamp($2::float8 / 1000)
			and tick_block.block > coalesce(bar_fold.block, 0)`,
}

export function createPartitionStore(database: Pick<Database, 'query' | 'transaction'>) {
	return {
		/** The partitions of all tables. */
		async list(): Promise<Partition[]> {
			const rows = await database.query<{ name: string }>(listPartitions)
			return rows.flatMap(({ name }) => partitionNamed(name) ?? [])
		},

		/** Makes partitions that are not there. Those that another process makes meanwhile are left as they are. */
		make: (partitions: readonly Partition[]): Promise<void> =>
			database.transaction(async (transaction) => {
				await transaction.query(lockPartitions)
				for (const partition of partitions) await transaction.query(makePartition(partition))
			}),

		/**
		 * Deletes a partition with all that is in it.
		 *
		 * @returns false when other transactions keep the table for now
		 */
		async drop({ name }: Partition): Promise<boolean> {
			try {
				await database.transaction(async (transaction) => {
					// Statements that use the table wait behind this one.
					await transaction.query("set local lock_timeout = '200ms'")
					await transaction.query({ summary: 'drop partition', text: `drop table if exists ${name}` })
				})
				return true
			} catch (error) {
				if (isLockTimeout(error)) return false
				throw error
			}
		},

		/** The sources with ticks of a span that are in no stored bar. */
		async unfoldedSources({ fromMs, toMs }: Pick<Partition, 'fromMs' | 'toMs'>): Promise<string[]> {
			const rows = await database.query<{ source: string }>(findUnfolded, [fromMs, toMs])
			return rows.map(({ source }) => source)
		},
	}
}

// To make a table and then to attach it locks the parent against other changes of its form only, and not against reads and writes.
function makePartition({ table, name, fromMs, toMs }: Partition): BuiltStatement {
	return {
		summary: 'make partition',
		text: `
			do $$ begin
				if to_regclass('${name}') is null then
					create table ${name} (like ${table} including all) with (fillfactor = ${fillOf(table)});
					alter table ${table} attach partition ${name}
						for values from ('${new Date(fromMs).toISOString()}') to ('${new Date(toMs).toISOString()}');
				end if;
			end $$`,
	}
}
