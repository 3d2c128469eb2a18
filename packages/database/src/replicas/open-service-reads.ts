import { type Database, openDatabase, type Reads } from '../database.ts'
import type { ServiceDatabaseOptions } from '../open-service-database.ts'
import { outagesIn } from '../outage.ts'
import { createReplicaReads } from './replica-reads.ts'

/**
 * Opens the replica of a service's database, for reads that see all that was acknowledged before them. Without a URL the primary
 * answers them.
 */
export async function openServiceReads(
	primary: Database,
	replicaUrl: string | undefined,
	{ applicationName, log }: Pick<ServiceDatabaseOptions, 'applicationName' | 'log'>,
): Promise<Reads & AsyncDisposable> {
	if (replicaUrl === undefined)
		return { query: primary.query, within: primary.within, async [Symbol.asyncDispose]() {} }
	const replica = await openDatabase(replicaUrl, {
		applicationName,
		hasFixedPlans: true,
		onIdleError: (err) => log.debug({ err }, 'connection to the replica lost'),
		outages: outagesIn(log, 'the replica'),
	})
	return { ...createReplicaReads(primary, replica), [Symbol.asyncDispose]: () => replica.close() }
}
