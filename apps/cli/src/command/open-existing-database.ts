import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { catalogTable } from '@mercat/catalog/audit'
import { type Database, openDatabase } from '@mercat/database/database'
import { DatabaseInUseError, DatabaseUnavailableError } from '@mercat/database/errors'
import { orderTable } from '@mercat/order/audit'
import { CommandError } from './command-error.ts'

const cannotRun = { exitCode: 2 }
// Longer than in a service: an operator also runs commands while the database is busy.
const connectTimeoutMs = 10_000

const ownTables = { catalog: catalogTable, order: orderTable }

/**
 * Opens a service's database at `url`, or without a URL the embedded database in `DATA_DIR`.
 *
 * @throws CommandError when the database is in use, does not exist, does not answer, or belongs to another service
 */
export async function openExistingDatabase(
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
		throw new CommandError(`the ${service} database has no schema of the ${service} service`, cannotRun)
	}
}

function embeddedUrl(service: string, env: NodeJS.ProcessEnv): string {
	return `pglite:${resolve(join(env['DATA_DIR'] || '.mercat', service))}`
}
