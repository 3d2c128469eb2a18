import { join } from 'node:path'
import type { Database } from '@mercat/database/database'
import { type HeldTransaction, holdTransaction } from '@mercat/database/held-transaction'
import { openExistingDatabase, type ServiceName } from '../command/open-existing-database.ts'
import { type DatabaseUrls, urlsOf } from './backed-up-databases.ts'
import { describeFile } from './backup-files.ts'
import { beginCopy } from './begin-copy.ts'
import { type CutDatabases, cutConsistently } from './consistent-cut.ts'
import { createCutStore } from './cut-store.ts'
import type { Copies, DatabaseCopy } from './manifest.ts'
import { checkTool, majorVersionOf, runTool } from './postgres-tools.ts'

export type Dumps = { databases: Copies; pgDump: number; stoppedMs: number; takenAt: Date }

const never = 0

/**
 * Dumps the databases as they are at moments that belong together, each to a file of pg_dump.
 *
 * @throws CommandError
 */
export async function dumpDatabases(
	urls: DatabaseUrls,
	folder: string,
	env: NodeJS.ProcessEnv,
	signal: AbortSignal,
): Promise<Dumps> {
	await using opened = new AsyncDisposableStack()
	const pgDump = await majorVersionOf('pg_dump', env)
	const databases: Partial<Record<ServiceName, Database>> = {}
	const copies: Partial<Record<ServiceName, DatabaseCopy>> = {}
	const views: Partial<Record<ServiceName, HeldTransaction>> = {}
	for (const [service, url] of urlsOf(urls)) {
		const database = opened.use(await openExistingDatabase(service, url, env))
		const copy = await beginCopy(database)
		checkTool('pg_dump', pgDump, copy.server, `the server of the ${service} database`)
		databases[service] = database
		copies[service] = copy
		// Begun before the writers are stopped, so that these wait for few statements.
		const view = opened.use(await holdTransaction(database, never))
		await createCutStore(view).prepareSnapshot()
		views[service] = view
	}
	const snapshots = new Map<ServiceName, string>()
	const stoppedMs = await cutConsistently(databases as CutDatabases, async (service) => {
		snapshots.set(service, await createCutStore(views[service] as HeldTransaction).exportSnapshot())
	})
	const takenAt = new Date()
	const failed = new AbortController()
	const either = AbortSignal.any([signal, failed.signal])
	const dumping = urlsOf(urls).map(async ([service, url]) => {
		const path = `${service}.dump`
		const args = ['--format=custom', `--snapshot=${snapshots.get(service)}`, `--file=${join(folder, path)}`, ...leftOut]
		await runTool('pg_dump', args, { service, url }, env, either)
		copies[service]?.files.push(await describeFile(folder, path))
	})
	// One that fails ends the others, before their folder is removed.
	await Promise.allSettled(dumping.map((each) => each.catch((error) => failed.abort(error))))
	either.throwIfAborted()
	return { databases: copies as Copies, pgDump, stoppedMs, takenAt }
}

// A copy must not begin to replicate, and its server may have other tablespaces.
const leftOut = ['--no-publications', '--no-subscriptions', '--no-tablespaces']
