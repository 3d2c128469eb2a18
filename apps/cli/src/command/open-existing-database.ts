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

	constructor(service: ServiceName, cause: DatabaseInUseError, instead = '') {
		const ways = `stop Mercat first${instead && `, or ${instead}`}`
		super(
			`${cause.message}. If Mercat runs, it is its ${service} service: ${ways}. DATA_DIR names the folder of another Mercat`,
			{ ...cannotRun, cause },
		)
	}
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
	const address = addressOf(service, url, env)
	const folder = embeddedFolder(address)
	if (folder !== undefined && !existsSync(folder))
		throw new CommandError(
			`${folder}: there is no embedded database: start Mercat here first, set DATA_DIR, or name a database with --${service}-db`,
			cannotRun,
		)
	const check = (database: Database) => database.query(`select from ${ownTables[service]} limit 1`)
	return openCheckedDatabase(service, address, check, instead)
}

/**
 * Opens the database of a service at a URL, and checks it.
 *
 * @throws as {@link openExistingDatabase}
 * @throws CommandError of the check
 */
export async function openCheckedDatabase(
	service: ServiceName,
	address: string,
	check: (database: Database) => Promise<unknown>,
	instead = '',
): Promise<Database> {
	await using opened = new AsyncDisposableStack()
	try {
		const database = opened.use(await openDatabase(address, { connectTimeoutMs }))
		await check(database)
		opened.move()
		return database
	} catch (error) {
		if (error instanceof CommandError) throw error
		if (error instanceof DatabaseInUseError) throw new EmbeddedInUseError(service, error, instead)
		throw new CommandError(describeTrouble(service, error), { ...cannotRun, cause: error })
	}
}

/**
 * The URL of a service's database: `url`, or that of the embedded database in `DATA_DIR`.
 *
 * @throws CommandError for a URL of another form
 */
export function addressOf(service: ServiceName, url: string | undefined, env: NodeJS.ProcessEnv): string {
	if (url === undefined) return `pglite:${resolve(join(env['DATA_DIR'] || '.mercat', service))}`
	if (!databaseUrlForm.test(url)) throw new CommandError(`--${service}-db must be ${databaseUrlRule}`, cannotRun)
	return url
}

/** The folder of an embedded database; undefined for any other database. */
export function embeddedFolder(address: string): string | undefined {
	return /^pglite:(?!memory$)(.+)$/.exec(address)?.[1]
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
