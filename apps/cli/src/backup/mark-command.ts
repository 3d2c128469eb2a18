import { sqlState } from '@mercat/database/errors'
import { CommandError } from '../command/command-error.ts'
import { oneLine } from '../command/one-line.ts'
import { openExistingDatabase } from '../command/open-existing-database.ts'
import { chooseDatabases, type DatabaseTargets, urlsOf } from './backed-up-databases.ts'
import { type CutDatabases, cutConsistently } from './consistent-cut.ts'
import { createCutStore } from './cut-store.ts'

const noRecovery = '55000'

/**
 * Runs `mercat mark`, which writes restore points of one name, at moments that belong together, into the logs of the servers.
 *
 * @throws CommandError
 */
export async function runMark(name: string, targets: DatabaseTargets, env: NodeJS.ProcessEnv): Promise<void> {
	const { engine, urls } = chooseDatabases(targets, env)
	if (engine === 'embedded')
		throw new CommandError('embedded databases have no log to recover from: use mercat backup', { exitCode: 2 })
	await using opened = new AsyncDisposableStack()
	const databases: Partial<CutDatabases> = {}
	for (const [service, url] of urlsOf(urls)) {
		databases[service] = opened.use(await openExistingDatabase(service, url, env))
	}
	const stoppedMs = await cutConsistently(databases as CutDatabases, async (service) => {
		const database = databases[service]
		if (database !== undefined) await createCutStore(database).writeRestorePoint(name).catch(explain)
	})
	console.log(
		`${name} is a restore point of ${urlsOf(urls)
			.map(([service]) => service)
			.join(', ')}`,
	)
	console.log(`transitions of orders waited for ${Math.ceil(stoppedMs)} ms at most`)
}

/** @throws CommandError that passes on what the server says, such as that its log is not kept for recoveries */
function explain(error: unknown): never {
	if (sqlState(error) !== noRecovery) throw error
	throw new CommandError(`there can be no restore point: ${oneLine((error as Error).message)}`, { cause: error })
}
