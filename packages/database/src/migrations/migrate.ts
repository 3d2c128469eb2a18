import { join } from 'node:path'
import { budgetForEach } from '@mercat/service/budget'
import Postgrator from 'postgrator'
import type { Database } from '../database.ts'

/** An arbitrary number. All processes that migrate the same database take this advisory lock. */
export const migrationLock = 7_236_455_103

// Long enough to build an index on a large table, or to wait for another process that does.
const longestStatementMs = 600_000

/**
 * Applies the new migrations of `folder` (`001.do.name.sql`, …) in one transaction. Only one process at a
 * time migrates a database.
 *
 * @throws when an applied file has changed
 */
export async function migrate(database: Database, folder: string): Promise<void> {
	await database.transaction(async (transaction) => {
		await transaction.query('set local lock_timeout = 0')
		await transaction.query(`select pg_advisory_xact_lock(${migrationLock})`)
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
	}, budgetForEach(longestStatementMs))
}
