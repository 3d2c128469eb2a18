import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { catalogTable } from '@mercat/catalog/audit'
import { type Database, openDatabase } from '@mercat/database/database'
import { DatabaseInUseError, DatabaseUnavailableError, sqlState } from '@mercat/database/errors'
import { orderTable } from '@mercat/order/audit'
import { CommandError } from './command-error.ts'
import { describeFailure } from './describe-failure.ts'

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
		throw new CommandError(
			`${folder}: there is no embedded database: start Mercat here first, set DATA_DIR, or name a database with --${service}-db`,
			cannotRun,
		)
	await using opened = new AsyncDisposableStack()
	try {
		const database = opened.use(await openDatabase(address, { connectTimeoutMs }))
		await database.query(`select from ${ownTables[service]} limit 1`)
		opened.move()
		return database
	} catch (error) {
		if (error instanceof DatabaseInUseError) throw new CommandError(error.message, { ...cannotRun, cause: error })
		const refusal = describeRefusal(error as Error)
		if (refusal !== undefined) throw new CommandError(`the ${service} database ${refusal}`, cannotRun)
		if (error instanceof DatabaseUnavailableError)
			throw new CommandError(`the ${service} database does not answer: start its server, or correct its URL`, cannotRun)
		const failure = describeFailure(error)
		if (failure !== undefined) throw new CommandError(failure, cannotRun)
		throw new CommandError(
			`the ${service} database has no schema of the ${service} service: start the service, which makes it, or correct the URL`,
			cannotRun,
		)
	}
}

/** What a server says that answers and lets nobody in. */
function describeRefusal({ cause }: { cause?: unknown }): string | undefined {
	switch (sqlState(cause)) {
		case '28P01':
		case '28000':
			return 'refuses the user or the password: correct them in its URL, or set PGPASSWORD'
		case '3D000':
			return 'does not exist on that server: correct its name in the URL'
		default:
			return undefined
	}
}

function embeddedUrl(service: string, env: NodeJS.ProcessEnv): string {
	return `pglite:${resolve(join(env['DATA_DIR'] || '.mercat', service))}`
}
