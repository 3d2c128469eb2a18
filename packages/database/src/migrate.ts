import { join } from 'node:path'
import { createBudget } from '@mercat/service/budget'
import Postgrator from 'postgrator'
import type { Database } from './database.ts'

// Any constant: all processes that migrate one database wait for each other on it.
const advisoryLock = 7_236_455_103

// Building an index on a large table takes its time, and so does waiting for another migrator.
const longestMs = 1_800_000

/**
 * Brings the schema up to date with the numbered files of `folder` (`001.do.name.sql`, …), all of
 * them or none, one process at a time.
 *
 * @throws when a file that was applied before has changed since
 */
export async function migrate(database: Database, folder: string): Promise<void> {
	await database.transaction(async (transaction) => {
		await transaction.query('set local lock_timeout = 0')
		await transaction.query(`select pg_advisory_xact_lock(${advisoryLock})`)
		const postgrator = new Postgrator({
			driver: 'pg',
			migrationPattern: join(folder, '*'),
			schemaTable: 'schema_version',
			execQuery: async (sql) => ({ rows: await transaction.query(sql) }),
			execSqlScript: async (sql) => {
				await transaction.query(sql)
			},
		})
		await postgrator.migrate()
	}, createBudget(longestMs))
}
