import type { Queryable } from '@mercat/database/queryable'

/** The databases whose services call the catalog, and the table without whose change they never begin to change it. */
export const senderTables = { order: 'outbox', market: 'apply_round' } as const
export type Sender = keyof typeof senderTables

const usualWaitMs = 200
// An autovacuum gives way to a lock that waits longer than deadlock_timeout, a second.
const waitForVacuumMs = 1_200

/** The statements of a backup in a transaction of the database. */
export function createCutStore({ query }: Pick<Queryable, 'query'>) {
	return {
		/** The transaction then sees the database as it is at its first statement. This is none. */
		async prepareSnapshot(): Promise<void> {
			await query('set transaction isolation level repeatable read, read only')
		},

		/** Fixes what the transaction sees, and gives it a name for other sessions. */
		async exportSnapshot(): Promise<string> {
			const [row] = await query<{ snapshot: string }>('select pg_export_snapshot() as snapshot')
			return row?.snapshot ?? ''
		},

		/** Stops the writers of the table until the transaction ends. Fails with 55P03 when another transaction keeps the table. */
		async stopWriters(table: string, waitsForVacuum: boolean): Promise<void> {
			await query(`set local lock_timeout = ${waitsForVacuum ? waitForVacuumMs : usualWaitMs}`)
			await query(`lock table ${table} in share mode`)
		},

		/** Writes a named place into the log of the server, to which a recovery can go. */
		async writeRestorePoint(name: string): Promise<void> {
			await query('select pg_create_restore_point($1)', [name])
		},
	}
}

const ofTable = `relation = $1::regclass and granted
	and database = (select oid from pg_database where datname = current_database())`

/** The statements about the sessions that keep a table. */
export function createHolderStore({ query }: Pick<Queryable, 'query'>) {
	return {
		async isVacuumed(table: string): Promise<boolean> {
			const [row] = await query<{ found: boolean }>(
				`select exists (select from pg_locks where ${ofTable} and mode = 'ShareUpdateExclusiveLock') as found`,
				[table],
			)
			return row?.found ?? false
		},

		/** Names the sessions that keep writers or this command from the table. */
		async listHolders(table: string): Promise<string[]> {
			const rows = await query<{ holder: string }>(
				`select distinct format('%s (process %s)', coalesce(nullif(application_name, ''), backend_type, 'a session'), pid) as holder
				from pg_locks left join pg_stat_activity using (pid)
				where ${ofTable} and mode not in ('AccessShareLock', 'RowShareLock', 'ShareLock')
				order by holder limit 5`,
				[table],
			)
			return rows.map(({ holder }) => holder)
		},
	}
}
