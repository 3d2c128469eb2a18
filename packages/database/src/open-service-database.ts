import { failureText } from '@mercat/service/failure-text'
import type { Logger } from '@mercat/service/log'
import { type Database, openDatabase } from './database.ts'
import { migrate } from './migrate.ts'
import type { OutageListener } from './outage.ts'
import { createReplicaReads, type Reads } from './replicas/replica-reads.ts'

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

/**
 * Opens the replica of a service's database, for reads that see all that was acknowledged before them. Without a URL the primary
 * answers them.
 */
export async function openServiceReads(
	primary: Database,
	replicaUrl: string | undefined,
	{ applicationName, log }: Pick<ServiceDatabaseOptions, 'applicationName' | 'log'>,
): Promise<Reads & AsyncDisposable> {
	if (replicaUrl === undefined) return { query: primary.query, within: primary.within, async [Symbol.asyncDispose]() {} }
	const replica = await openDatabase(replicaUrl, {
		applicationName,
		hasFixedPlans: true,
		onIdleError: (err) => log.debug({ err }, 'connection to the replica lost'),
		outages: outagesIn(log, 'the replica'),
	})
	return { ...createReplicaReads(primary, replica), [Symbol.asyncDispose]: () => replica.close() }
}

function outagesIn(log: Pick<Logger, 'error' | 'warn'>, server: string): OutageListener {
	return {
		onUnavailable: ({ cause }) => log.error({ reason: failureText(cause) }, `${server} is unavailable`),
		onAvailable: (end) => log.warn(end, `${server} is available again`),
	}
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
