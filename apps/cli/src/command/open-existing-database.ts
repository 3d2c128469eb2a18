import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { catalogTable } from '@mercat/catalog/audit'
import { type Database, openDatabase } from '@mercat/database/database'
import { DatabaseInUseError, DatabaseUnavailableError, sqlState } from '@mercat/database/errors'
import { marketTable } from '@mercat/market/source-audit'
import { orderTable } from '@mercat/order/audit'
import { databaseUrlForm, databaseUrlRule } from '@mercat/service/config'
import { CommandError } from './command-error.ts'
import { connectionError } from './connection-error.ts'
import { describeFailure } from './describe-failure.ts'
import { oneLine } from './one-line.ts'

const cannotRun = { exitCode: 2 }
// Longer than in a service: an operator also runs commands while the database is busy.
const connectTimeoutMs = 10_000

const undefinedTable = '42P01'

const ownTables = { catalog: catalogTable, order: orderTable, market: marketTable }

/** The services that have a database. */
export type ServiceName = keyof typeof ownTables

/** A command that needs an embedded database, and another process has it open. */
export class EmbeddedInUseError extends CommandError {
	override name = 'EmbeddedInUseError'
}

/**
 * Opens a service's database at `url`, or without a URL the embedded database in `DATA_DIR`.
 *
 * @param instead another way to the answer, while a process has the embedded database open
 * @throws EmbeddedInUseError
 * @throws CommandError when the database does not exist, does not answer, or belongs to another service
 */
export async function openExistingDatabase(
	service: ServiceName,
	url: string | undefined,
	env: NodeJS.ProcessEnv,
	instead = '',
): Promise<Database> {
	const option = `--${service}-db`
	if (url !== undefined && !databaseUrlForm.test(url))
		throw new CommandError(`${option} must be ${databaseUrlRule}`, cannotRun)
	const address = url ?? embeddedUrl(service, env)
	const folder = /^pglite:(?!memory$)(.+)$/.exec(address)?.[1]
	if (folder !== undefined && !existsSync(folder))
		throw new CommandError(
			`${folder}: there is no embedded database: start Mercat here first, set DATA_DIR, or name a database with ${option}`,
			cannotRun,
		)
	await using opened = new AsyncDisposableStack()
	try {
		const database = opened.use(await openDatabase(address, { connectTimeoutMs }))
		await database.query(`select from ${ownTables[service]} limit 1`)
		opened.move()
		return database
	} catch (error) {
		if (error instanceof DatabaseInUseError) {
			const ways = `stop Mercat first${instead && `, or ${instead}`}`
			throw new EmbeddedInUseError(
				`${error.message}. If Mercat runs, it is its ${service} service: ${ways}. DATA_DIR names the folder of another Mercat`,
				{ ...cannotRun, cause: error },
			)
		}
		throw new CommandError(describeTrouble(service, error), { ...cannotRun, cause: error })
	}
}

/** One sentence about a database that cannot be used. It never contains the URL, which may have a password. */
function describeTrouble(service: string, error: unknown): string {
	const refusal = describeRefusal(error as Error)
	if (refusal !== undefined) return `the ${service} database ${refusal}`
	const { cause = error } = error as Error
	if ((cause as NodeJS.ErrnoException | null)?.code === 'ERR_INVALID_URL')
		return `the URL of the ${service} database cannot be read: it must be like postgres://USER@HOST:PORT/DATABASE, and the password may be in PGPASSWORD`
	if (error instanceof DatabaseUnavailableError)
		return `the ${service} database does not answer (${connectionError(error)}): start its server, or correct its URL`
	const failure = describeFailure(error)
	if (failure !== undefined) return failure
	if (sqlState(error) === undefinedTable)
		return `the ${service} database has no schema of the ${service} service: start the service, which makes it, or correct the URL`
	return `the ${service} database cannot be read: ${oneLine((error as Error).message)}`
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
