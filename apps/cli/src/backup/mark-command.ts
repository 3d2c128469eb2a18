import { openExistingDatabase } from '../command/open-existing-database.ts'
import { CommandError } from '../command/command-error.ts'
import { chooseDatabases, type DatabaseTargets, urlsOf } from './backed-up-databases.ts'
import { type CutDatabases, cutConsistently } from './consistent-cut.ts'
import { createCutStore } from './cut-store.ts'

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
		if (database !== undefined) await createCutStore(database).writeRestorePoint(name)
	})
	console.log(`${name} is a restore point of ${urlsOf(urls).map(([service]) => service).join(', ')}`)
	console.log(`transitions of orders waited for ${Math.ceil(stoppedMs)} ms at most`)
}
