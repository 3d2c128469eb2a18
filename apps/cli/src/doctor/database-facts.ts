import type { Database } from '@mercat/database/database'
import { isWritable } from '@mercat/database/open-service-database'
import { readServerFacts, type ServerFacts } from '@mercat/database/server-facts'
import { newestMigrationOf } from '../command/newest-migration.ts'
import type { ServiceName } from '../command/open-existing-database.ts'

/** What the doctor reads of a database, with this machine's clock before and after. */
export type DatabaseFacts = ServerFacts & {
	/** The number of the last migration that this version of the service has. */
	newestMigration: number
	isWritable: boolean
	beforeMs: number
	afterMs: number
}

export async function readDatabaseFacts(service: ServiceName, database: Database): Promise<DatabaseFacts> {
	// The first statement of a connection waits for it, which would count as a difference of the clocks.
	const canWrite = await isWritable(database)
	const beforeMs = Date.now()
	const facts = await readServerFacts(database)
	const afterMs = Date.now()
	return { ...facts, isWritable: canWrite, newestMigration: newestMigrationOf(service), beforeMs, afterMs }
}
