import { CommandError } from '../command/command-error.ts'
import { describeFailure } from '../command/describe-failure.ts'
import { EmbeddedInUseError, openExistingDatabase, type ServiceName } from '../command/open-existing-database.ts'
import { clockFault } from './clock-fault.ts'
import { type DatabaseFacts, readDatabaseFacts } from './database-facts.ts'
import { type Finding, fine, wrong } from './finding.ts'

const oldestServer = 15

/** Whether a service can work with its database, by default with the embedded one in `DATA_DIR`. */
export async function checkDatabase(
	service: ServiceName,
	url: string | undefined,
	env: NodeJS.ProcessEnv,
): Promise<Finding> {
	const subject = `${service} database`
	try {
		await using database = await openExistingDatabase(service, url, env)
		return describeDatabase(subject, service, await readDatabaseFacts(service, database))
	} catch (error) {
		if (error instanceof CommandError) {
			// Only the process that has it open can look into it.
			if (error instanceof EmbeddedInUseError)
				return fine(subject, `not looked into: ${(error.cause as Error).message}`)
			return wrong(subject, error.message)
		}
		const failure = describeFailure(error)
		if (failure === undefined) throw error
		return wrong(subject, failure)
	}
}

/** What the facts of a database mean. */
export function describeDatabase(subject: string, service: string, facts: DatabaseFacts): Finding {
	const { serverVersion, appliedMigration, newestMigration, clockMs, beforeMs, afterMs } = facts
	const server = Math.floor(serverVersion / 10_000)
	const schema = `its schema has the version ${appliedMigration}`
	const faults: string[] = []
	if (server < oldestServer) faults.push(`its server is PostgreSQL ${server}: use PostgreSQL ${oldestServer} or later`)
	if (appliedMigration < newestMigration)
		faults.push(
			`${schema}, and this version of Mercat needs ${newestMigration}: start the ${service} service of this version, which brings it up to date`,
		)
	if (appliedMigration > newestMigration)
		faults.push(
			`${schema}, and this version of Mercat knows only ${newestMigration}: use the version of Mercat that the services have`,
		)
	if (!facts.isWritable)
		faults.push('nothing can be written: name the primary server, and the user who owns the database')
	const clock = clockFault(clockMs, beforeMs, afterMs)
	if (clock !== undefined) faults.push(clock)
	if (faults.length > 0) return wrong(subject, faults.join('; '))
	return fine(subject, `PostgreSQL ${server} can be written, ${schema}, and its clock agrees with this machine's`)
}
