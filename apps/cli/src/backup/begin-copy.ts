import type { Queryable } from '@mercat/database/queryable'
import { readServerFacts } from '@mercat/database/server-facts'
import type { DatabaseCopy } from './manifest.ts'

/** What is to be said of the copy of a database, before it has files. */
export async function beginCopy(database: Queryable): Promise<DatabaseCopy> {
	const { serverVersion, appliedMigration } = await readServerFacts(database)
	return { server: Math.floor(serverVersion / 10_000), schema: appliedMigration, folders: [], files: [] }
}
