import type { Logger } from '@mercat/service/log'
import { type Database, openDatabase } from './database.ts'
import { migrate } from './migrations/migrate.ts'
import { outagesIn } from './outage.ts'

export type ServiceDatabaseOptions = {
	/** The name of the connections in PostgreSQL's views. */
	applicationName: string
	/** The path of the folder of migrations. */
	migrationsFolder: string
	/** Gets one line when an outage of the database begins, and one when it ends. */
	log: Pick<Logger, 'error' | 'warn' | 'debug'>
	/**
	 * Called when a connection is lost, and for each failure of an outage. Afterwards another server may answer, which does not
	 * have the latest commits.
	 */
	onFailure?(): void
}

/** Opens the database of a service with fixed plans, and migrates its schema. */
export async function openServiceDatabase(
	url: string,
	{ applicationName, migrationsFolder, log, onFailure = () => {} }: ServiceDatabaseOptions,
): Promise<Database> {
	await using opened = new AsyncDisposableStack()
	const onIdleError = (err: Error) => {
		log.debug({ err }, 'database connection lost')
		onFailure()
	}
	const outages = { ...outagesIn(log, 'the database'), onFailure }
	const database = opened.use(await openDatabase(url, { applicationName, hasFixedPlans: true, onIdleError, outages }))
	await migrate(database, migrationsFolder)
	opened.move()
	return database
}

// It changes nothing and takes no transaction id. A server that only reads refuses it with 25006.
const writeNothing = 'delete from schema_version where false'

/** Whether the database answers on a session that can write. Its schema must have been migrated. */
export async function isWritable(database: Pick<Database, 'query'>): Promise<boolean> {
	const canWrite = () =>
		database.query(writeNothing).then(
			() => true,
			() => false,
		)
	// After the refusal of a demoted server all sessions with it are closed, and a new one may reach its successor.
	return (await canWrite()) || canWrite()
}
