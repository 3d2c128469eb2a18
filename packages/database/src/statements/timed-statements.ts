import type { Budget } from '@mercat/service/budget'
import type { TraceContext } from '@mercat/service/tracing'
import type pg from 'pg'
import { toArrayLiteral } from './array-literal.ts'
import { isConnectionTrouble, OutOfTimeError } from './errors.ts'
import type { AnyStatement, Engine, Transaction } from './queryable.ts'
import type { StatementTelemetry } from './statement-telemetry.ts'

/** How long a statement may take when the caller gives no budget. */
export const defaultTimeoutMs = 2_000
// Limits are rounded up to this step: each new limit costs a statement of its own.
const timeoutStepMs = 250
// The client waits this much longer than the server, so that the server ends a statement that takes too long.
const answerMs = 500

// The limit that each connection's server has now, where it is not the default.
const serverTimeouts = new WeakMap<pg.PoolClient, number>()

/**
 * Sets the server's time limit for the statements that follow. The setting is sent together with the next statement.
 *
 * @returns the limit; undefined on PGlite, which has none
 * @throws OutOfTimeError when no time is left
 */
export function startTimeLimit(engine: Engine, client: pg.PoolClient, budget: Budget): number | undefined {
	const remainingMs = checkTime(budget)
	// PGlite enforces no limit. It runs in this process, so no answer can be lost on the way.
	if (engine === 'pglite') return undefined
	const timeoutMs = Math.ceil(remainingMs / timeoutStepMs) * timeoutStepMs
	if ((serverTimeouts.get(client) ?? defaultTimeoutMs) !== timeoutMs) {
		serverTimeouts.set(client, timeoutMs)
		// After a failure the server's limit is unknown: NaN equals no limit, so the next statement sets it again.
		send(client, `set statement_timeout = ${timeoutMs}`, [], timeoutMs).catch(() => {
			serverTimeouts.set(client, Number.NaN)
		})
	}
	return timeoutMs
}

function checkTime({ remainingMs }: Budget): number {
	const leftMs = remainingMs()
	if (leftMs <= 0) throw new OutOfTimeError()
	return leftMs
}

/**
 * Sends a statement on a connection, together with the others that are sent before the caller waits.
 *
 * @throws TypeError at once for an array of anything but texts, numbers and booleans, so that no later statement is sent
 */
export function send<R>(
	client: pg.PoolClient,
	statement: AnyStatement,
	values: readonly unknown[] = [],
	timeoutMs: number | undefined,
): Promise<R[]> {
	const config = typeof statement === 'string' ? { text: statement } : statement
	// The driver has `query_timeout` for each query, but its types lack it.
	const query: pg.QueryConfig & { query_timeout?: number } = {
		...config,
		values: values.map((value) => (Array.isArray(value) ? toArrayLiteral(value) : value)),
		query_timeout: timeoutMs && timeoutMs + answerMs,
	}
	return client.query(query).then(({ rows }) => rows as R[])
}

export type TransactionNeeds = {
	engine: Engine
	client: pg.PoolClient
	telemetry: Pick<StatementTelemetry, 'statement'>
	/** The trace of the transaction, for its statements. */
	trace: TraceContext | undefined
}

/** Runs `work` in a transaction on a connection. */
export async function inTransaction<T>(
	{ engine, client, telemetry, trace }: TransactionNeeds,
	work: (transaction: Transaction) => Promise<T>,
	budget: Budget,
): Promise<T> {
	const timeoutMs = startTimeLimit(engine, client, budget)
	// The server keeps the limit that it had at the beginning. The client gives up earlier as the budget runs out.
	const run = <R>(statement: AnyStatement, values?: readonly unknown[]) =>
		send<R>(client, statement, values, timeoutMs && Math.min(timeoutMs, Math.max(1, budget.remainingMs())))
	const measured = <R>(statement: AnyStatement, values?: readonly unknown[]) =>
		telemetry.statement(statement, trace, () => run<R>(statement, values))
	// The span of the transaction shows when it begins and when it ends.
	const commit = () => telemetry.statement('commit', undefined, () => run('commit'))
	let committed: Promise<unknown> | undefined
	const transaction: Transaction = {
		async query(statement, values) {
			checkTime(budget)
			return measured(statement, values)
		},
		async queryAndCommit<R>(statement: AnyStatement, values?: readonly unknown[]) {
			checkTime(budget)
			const rows = measured<R>(statement, values)
			committed = commit()
			await Promise.all([rows, committed])
			return rows
		},
	}
	try {
		const [, result] = await Promise.all([run('begin'), work(transaction)])
		if (committed === undefined) {
			checkTime(budget)
			await commit()
		}
		return result
	} catch (error) {
		// PGlite has a single session, which outlives its connections.
		if (engine === 'pglite' || !isConnectionTrouble(error)) await run('rollback')
		throw error
	}
}
