import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { type Database, openDatabase } from '@mercat/database/database'
import { DatabaseInUseError, DatabaseUnavailableError } from '@mercat/database/errors'
import { CommandError } from './command-error.ts'

const cannotRun = { exitCode: 2 }
// Longer than a service waits: operators look when it is busy.
const connectTimeoutMs = 10_000

// By what the migrations made last one database is told from the other, and from one that is not up to date.
const ownTables = { catalog: 'reservation', order: 'outbox' }

/**
 * Opens a service's database: the one that `url` names, or else the embedded one in `DATA_DIR`.
 *
 * @throws CommandError when it is in use, not there, or does not answer
 */
export async function openServiceDatabase(
	service: 'catalog' | 'order',
	url: string | undefined,
	env: NodeJS.ProcessEnv,
): Promise<Database> {
	const address = url ?? embeddedUrl(service, env)
	const folder = /^pglite:(?!memory$)(.+)$/.exec(address)?.[1]
	if (folder !== undefined && !existsSync(folder))
		throw new CommandError(`${folder}: there is no embedded database`, cannotRun)
	await using opened = new AsyncDisposableStack()
	try {
		const database = opened.use(await openDatabase(address, { connectTimeoutMs }))
		await database.query(`select from ${ownTables[service]} limit 1`)
		opened.move()
		return database
	} catch (error) {
		if (error instanceof DatabaseInUseError) throw new CommandError(error.message, cannotRun)
		if (error instanceof DatabaseUnavailableError)
			throw new CommandError(`the ${service} database does not answer`, cannotRun)
		throw new CommandError(`the ${service} database has no schema of Mercat's`, cannotRun)
	}
}

function embeddedUrl(service: string, env: NodeJS.ProcessEnv): string {
	return `pglite:${resolve(join(env['DATA_DIR'] || '.mercat', service))}`
}
