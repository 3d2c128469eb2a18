import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { DatabaseUnavailableError, isConnectionTrouble, isSerializationFailure } from './errors.ts'
import { openPglite } from './pglite.ts'

export type Row = Record<string, unknown>

/** A statement that the server prepares once per connection. */
export type Statement = { name: string; text: string }

export type Queryable = {
	/** The rows that one statement returns. */
	query<R = Row>(statement: string | Statement, values?: readonly unknown[]): Promise<R[]>
}

export type Database = Queryable &
	AsyncDisposable & {
		readonly engine: 'postgres' | 'pglite'
		/**
		 * Runs `work` in one READ COMMITTED transaction: committed when it resolves, rolled back when it
		 * throws, and run again from the start, up to three times in all, after a serialization failure
		 * or a deadlock.
		 */
		transaction<T>(work: (transaction: Queryable) => Promise<T>, options?: TransactionOptions): Promise<T>
		close(): Promise<void>
	}

export type TransactionOptions = {
	/** How long one statement may take, in place of the default. */
	statementTimeoutMs?: number
	/** Called before every statement and before the commit; what it throws rolls the transaction back. */
	guard?: () => void
}

export type DatabaseOptions = {
	/** Connections, PostgreSQL only; PGlite has one. */
	maxConnections?: number
	/** How long to wait for a connection, PostgreSQL only. */
	connectTimeoutMs?: number
	/** What the connections are called in PostgreSQL's own views. */
	applicationName?: string
	/** Called for trouble on connections that nobody is using. */
	onIdleError?: (error: Error) => void
}

const attempts = 3

// A bigint arrives as a number; what is beyond 2^53 - 1 is refused rather than rounded.
function parseBigint(text: string): number {
	const value = Number(text)
	if (!Number.isSafeInteger(value)) throw new RangeError(`bigint out of the safe range: ${text}`)
	return value
}

const int8 = 20
const types: pg.CustomTypesConfig = {
	getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
		oid === int8
			? parseBigint
			: pg.types.getTypeParser(oid, format as 'text')) as pg.CustomTypesConfig['getTypeParser'],
}

/**
 * Opens the database that `url` names: `postgres://…`, `pglite:DIR` or `pglite:memory`. Both engines
 * are reached through the same driver, so that what holds for one holds for the other.
 *
 * @throws DatabaseInUseError when another process has the `pglite:` folder open
 */
export async function openDatabase(url: string, options: DatabaseOptions = {}): Promise<Database> {
	if (url.startsWith('pglite:')) {
		const pglite = await openPglite(url.slice('pglite:'.length))
		const pool = new pg.Pool({ ...pglite.poolConfig, max: 1, connectionTimeoutMillis: 5_000, types })
		return createDatabase('pglite', pool, options, pglite.close)
	}
	const pool = new pg.Pool({
		connectionString: url,
		max: options.maxConnections ?? 10,
		connectionTimeoutMillis: options.connectTimeoutMs ?? 1_000,
		query_timeout: 2_500,
		statement_timeout: 2_000,
		// Above the server's `deadlock_timeout` (1 s), so that a deadlock is told as what it is and repeated.
		lock_timeout: 1_500,
		idle_in_transaction_session_timeout: 5_000,
		keepAlive: true,
		application_name: options.applicationName,
		// The planner's just-in-time compiler costs up to a second on first use of array parameters.
		options: '-c jit=off',
		types,
	})
	return createDatabase('postgres', pool, options, async () => {})
}

function createDatabase(
	engine: Database['engine'],
	pool: pg.Pool,
	{ onIdleError = () => {} }: DatabaseOptions,
	closeEngine: () => Promise<void>,
): Database {
	pool.on('error', onIdleError)
	// Without a listener on the client itself, an error between checkouts ends the process.
	pool.on('connect', (client) => client.on('error', onIdleError))

	async function withClient<T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
		const client = await pool.connect().catch((error) => {
			throw new DatabaseUnavailableError(error)
		})
		// PGlite runs on this thread: let timers and sockets have their turn between two users of it.
		if (engine === 'pglite') await nextTurn()
		let broken = false
		try {
			return await work(client)
		} catch (error) {
			broken = isConnectionTrouble(error)
			throw broken ? new DatabaseUnavailableError(error) : error
		} finally {
			client.release(broken)
		}
	}

	const database: Database = {
		engine,
		query: (statement, values) => retrying(() => withClient((client) => run(client, statement, values))),
		transaction: (work, transactionOptions) =>
			retrying(() => withClient((client) => inTransaction(client, work, transactionOptions))),
		async close() {
			await pool.end()
			await closeEngine()
		},
		[Symbol.asyncDispose]: () => database.close(),
	}
	return database
}

async function run<R>(
	client: pg.PoolClient,
	statement: string | Statement,
	values: readonly unknown[] = [],
	timeoutMs?: number,
): Promise<R[]> {
	const config = typeof statement === 'string' ? { text: statement } : statement
	// The driver takes a time limit for each query; its types do not know of it yet.
	const query: pg.QueryConfig & { query_timeout?: number } = {
		...config,
		values: [...values],
		query_timeout: timeoutMs,
	}
	const result = await client.query(query)
	return result.rows as R[]
}

async function inTransaction<T>(
	client: pg.PoolClient,
	work: (transaction: Queryable) => Promise<T>,
	{ statementTimeoutMs, guard = () => {} }: TransactionOptions = {},
): Promise<T> {
	guard()
	await client.query('begin')
	try {
		if (statementTimeoutMs !== undefined) await client.query(`set local statement_timeout = ${statementTimeoutMs}`)
		// The server's limit comes first, so that a statement that takes too long is ended there, too.
		const timeoutMs = statementTimeoutMs && statementTimeoutMs + 500
		const result = await work({
			async query(statement, values) {
				guard()
				return run(client, statement, values, timeoutMs)
			},
		})
		guard()
		await client.query('commit')
		return result
	} catch (error) {
		if (!isConnectionTrouble(error)) await client.query('rollback')
		throw error
	}
}

async function retrying<T>(work: () => Promise<T>): Promise<T> {
	for (let attempt = 1; ; attempt++) {
		try {
			return await work()
		} catch (error) {
			if (!isSerializationFailure(error)) throw error
			if (attempt === attempts) throw new DatabaseUnavailableError(error)
			await sleep(Math.random() * 20 * 2 ** attempt)
		}
	}
}
