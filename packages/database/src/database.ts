import { setTimeout as sleep } from 'node:timers/promises'
import { type Budget, budgetForEach } from '@mercat/service/budget'
import type { Span } from '@mercat/service/tracing'
import pg from 'pg'
import { createDeadlineQueue, type DeadlineQueue } from './deadline-queue.ts'
import { fixedPlans } from './fixed-plans.ts'
import { createOutage, type OutageListener } from './outage.ts'
import { openPglite } from './pglite.ts'
import { columnTypes } from './pool/column-types.ts'
import { showPool } from './pool/pool-gauge.ts'
import { createPostgresPool, type PostgresPoolOptions } from './pool/postgres-pool.ts'
import { createSessions } from './pool/sessions.ts'
import { chooseServer, type ServerChoice } from './servers/choose-server.ts'
import { readDatabaseServers } from './servers/database-url.ts'
import {
	DatabaseUnavailableError,
	isConnectionTrouble,
	isPoolExhausted,
	isSerializationFailure,
	OutOfTimeError,
} from './statements/errors.ts'
import type { Engine, Queryable, Transaction } from './statements/queryable.ts'
import { createStatementTelemetry, type StatementTelemetry } from './statements/statement-telemetry.ts'
import { defaultTimeoutMs, inTransaction, send, startTimeLimit } from './statements/timed-statements.ts'

export type Database = Queryable &
	AsyncDisposable & {
		readonly engine: Engine
		/** The same database with a time limit. A statement throws OutOfTimeError when the budget is used up. */
		within(budget?: Budget): Queryable
		/**
		 * Runs `work` in one READ COMMITTED transaction. The transaction is committed when `work` resolves and rolled back
		 * when it throws. After a serialization failure or a deadlock, `work` runs again from the start, up to three times
		 * in all. The budget is checked before every statement and before the commit.
		 *
		 * @throws OutOfTimeError when the budget is used up before the commit
		 */
		transaction<T>(work: (transaction: Transaction) => Promise<T>, budget?: Budget): Promise<T>
		close(): Promise<void>
	}

/** A database for statements that only read, one at a time. */
export type Reads = Pick<Database, 'query' | 'within'>

export type DatabaseOptions = PostgresPoolOptions & {
	/** Whether the connections have the settings of {@link fixedPlans}. */
	hasFixedPlans?: boolean
	/** Called for errors on idle connections. */
	onIdleError?: (error: Error) => void
	/** Is told of outages. */
	outages?: OutageListener
}

// PostgreSQL's just-in-time compiler takes up to a second at the first use of array parameters.
const alwaysSet = { jit: 'off' }

const attempts = 3

/**
 * Opens the database at `url`: `postgres://…`, `pglite:DIR` or `pglite:memory`. Both engines use the same driver,
 * so that both behave the same.
 *
 * @throws DatabaseInUseError when another process has the `pglite:` folder open
 */
export async function openDatabase(url: string, options: DatabaseOptions = {}): Promise<Database> {
	const telemetry = createStatementTelemetry(url)
	const settings = { ...alwaysSet, ...(options.hasFixedPlans && fixedPlans) }
	if (url.startsWith('pglite:')) {
		const pglite = await openPglite(url.slice('pglite:'.length))
		const pool = new pg.Pool({
			...pglite.poolConfig,
			max: 1,
			connectionTimeoutMillis: 5_000,
			pipeline: true,
			types: columnTypes,
		})
		const parts = { pool, queue: createDeadlineQueue(), telemetry, closeEngine: pglite.close }
		const database = createDatabase('pglite', parts, options)
		for (const [name, value] of Object.entries(settings)) await database.query(`set ${name} to ${value}`)
		return database
	}
	const { connectTimeoutMs = 1_000 } = options
	const servers = readDatabaseServers(url)
	const choice = servers && chooseServer(servers, connectTimeoutMs / 2)
	const pool = createPostgresPool(url, settings, { ...options, connectTimeoutMs, Client: choice?.Client })
	return createDatabase('postgres', { pool, choice, telemetry }, options)
}

type DatabaseParts = {
	pool: pg.Pool
	/** Missing where the URL names one server, with whatever sessions it gives. */
	choice?: ServerChoice | undefined
	/** Missing where there are connections enough. */
	queue?: DeadlineQueue
	telemetry: StatementTelemetry
	closeEngine?: () => Promise<void>
}

function createDatabase(
	engine: Engine,
	{ pool, choice, queue, telemetry, closeEngine }: DatabaseParts,
	{ onIdleError = () => {}, outages = { onUnavailable() {}, onAvailable() {} } }: DatabaseOptions,
): Database {
	const hidePool = showPool(pool, queue)
	const outage = createOutage(outages)
	// PGlite has a single session, and no server that could leave.
	const sessions = createSessions(pool, { choice, hasServer: engine === 'postgres', onIdleError })

	type Asked = { budget: Budget; span: Span | undefined; askedAt: number }

	function withClient<T>(
		budget: Budget,
		span: Span | undefined,
		work: (client: pg.PoolClient) => Promise<T>,
	): Promise<T> {
		const asked = { budget, span, askedAt: performance.now() }
		return queue === undefined ? onClient(asked, work) : queue.run(budget.deadline, () => onClient(asked, work))
	}

	async function onClient<T>(
		{ budget, span, askedAt }: Asked,
		work: (client: pg.PoolClient) => Promise<T>,
	): Promise<T> {
		const client = await sessions.take().catch((error) => {
			// While the server hangs, its statements keep all connections.
			throw new DatabaseUnavailableError(error, !isPoolExhausted(error) || outage.isOn())
		})
		span?.setAttribute('mercat.pool_wait_ms', performance.now() - askedAt)
		let trouble: unknown
		try {
			return await work(client)
		} catch (error) {
			if (!isConnectionTrouble(error)) throw error
			trouble = error
			// A statement that was cancelled because the budget is used up says nothing about the database.
			throw budget.remainingMs() <= 0 ? new OutOfTimeError(error) : new DatabaseUnavailableError(error)
		} finally {
			sessions.giveBack(client, trouble)
		}
	}

	async function retrying<T>(work: () => Promise<T>): Promise<T> {
		for (let attempt = 1; ; attempt++) {
			try {
				const result = await work()
				outage.succeeded()
				return result
			} catch (error) {
				const isLast = attempt === attempts
				const failure = isSerializationFailure(error) && isLast ? new DatabaseUnavailableError(error) : error
				if (failure instanceof DatabaseUnavailableError && failure.isReported) outage.failed(failure)
				if (!isSerializationFailure(error) || isLast) throw failure
				await sleep(Math.random() * 20 * 2 ** attempt)
			}
		}
	}

	const database: Database = {
		engine,
		query: (statement, values) => database.within().query(statement, values),
		within: (budget = budgetForEach(defaultTimeoutMs)) => ({
			query: (statement, values) =>
				telemetry.statement(statement, budget.trace, (span) =>
					retrying(() =>
						withClient(budget, span, (client) =>
							send(client, statement, values, startTimeLimit(engine, client, budget)),
						),
					),
				),
		}),
		transaction: (work, budget = budgetForEach(defaultTimeoutMs)) =>
			telemetry.transaction(budget.trace, (trace, span) =>
				retrying(() =>
					withClient(budget, span, (client) => inTransaction({ engine, client, telemetry, trace }, work, budget)),
				),
			),
		async close() {
			await pool.end()
			hidePool()
			await closeEngine?.()
		},
		[Symbol.asyncDispose]: () => database.close(),
	}
	return database
}
