import { join } from 'node:path'
import { createAdoptionStore } from '@mercat/catalog/adoption'
import type { Database } from '@mercat/database/database'
import { holdTransaction } from '@mercat/database/held-transaction'
import type { DatabaseUrls } from '../backup/backed-up-databases.ts'
import type { Manifest } from '../backup/manifest.ts'
import { checkTool, majorVersionOf, runTool } from '../backup/postgres-tools.ts'
import { openCheckedDatabase, type ServiceName } from '../command/open-existing-database.ts'
import { refused } from './refused.ts'
import { createTargetStore } from './target-store.ts'

const never = 0
// Without the owners and the grants of the server that it comes from.
const args = ['--single-transaction', '--no-owner', '--no-privileges', '--no-tablespaces']

type Target = { service: ServiceName; url: string; database: Database }

/**
 * Fills empty databases from the dumps of a backup. Services that start meanwhile wait. If one database cannot be filled, all
 * are empty again.
 *
 * @returns what the catalog was repaired of
 * @throws CommandError
 */
export async function restoreDumps(
	folder: string,
	{ databases, pgDump }: Manifest,
	urls: DatabaseUrls,
	env: NodeJS.ProcessEnv,
	signal: AbortSignal,
): Promise<string[]> {
	await using opened = new AsyncDisposableStack()
	const pgRestore = await majorVersionOf('pg_restore', env)
	checkTool('pg_restore', pgRestore, pgDump, 'the pg_dump that made the backup')
	// The orders come last: without them nothing can be sold.
	const targets: Target[] = []
	for (const service of ['catalog', 'market', 'order'] as const) {
		const url = urls[service]
		const copy = databases[service]
		if (url === undefined || copy === undefined) continue
		const open = openCheckedDatabase(service, url, async (target) => {
			const major = await createTargetStore(target).majorVersion()
			if (major < copy.server)
				throw refused(`the ${service} database has PostgreSQL ${major}, and the backup is of ${copy.server}`)
		})
		const database = opened.use(await open)
		targets.push({ service, url, database })
		const held = opened.use(await holdTransaction(database, never))
		await claim(service, createTargetStore(held))
	}
	const filled: Target[] = []
	try {
		for (const target of targets) {
			await runTool('pg_restore', [...args, join(folder, `${target.service}.dump`)], target, env, signal)
			filled.push(target)
		}
		const catalog = filled.find(({ service }) => service === 'catalog')
		return catalog === undefined ? [] : await createAdoptionStore(catalog.database).adopt()
	} catch (error) {
		for (const { database } of filled) await createTargetStore(database).empty()
		throw error
	}
}

async function claim(
	service: ServiceName,
	{ keepServicesOut, findTable }: ReturnType<typeof createTargetStore>,
): Promise<void> {
	if (!(await keepServicesOut()))
		throw refused(`a service starts on the ${service} database, or another restore fills it: stop it first`)
	const table = await findTable()
	if (table !== undefined)
		throw refused(`the ${service} database is not empty: it has ${table}. Create a new database, and name it`)
}
