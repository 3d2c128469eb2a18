import type { Writable } from 'node:stream'
import type { Budget } from '@mercat/service/budget'
import type pg from 'pg'
import { isConnectionTrouble, OutOfTimeError } from './errors.ts'
import type { Engine, Statement, Transaction } from './queryable.ts'

/** How long a statement may take where nobody says otherwise. */
export const defaultTimeoutMs = 2_000
// The server is told of another time limit only when it differs by so much: a statement of its own costs more.
const timeoutStepMs = 250
// The server's limit comes first, so that a statement that takes too long is ended there, too.
const answerMs = 500

// What the server was last told, where it is not the default.
const serverTimeouts = new WeakMap<pg.PoolClient, number>()

/**
 * Tells the server how long statements may take from now on, together with the statement that comes next.
 *
 * @returns that time, where there is a limit
 * @throws OutOfTimeError when there is none left
 */
export function startTimeLimit(engine: Engine, client: pg.PoolClient, budget: Budget): number | undefined {
	const remainingMs = checkTime(budget)
	// PGlite enforces none; and in this process no answer is lost on its way.
	if (engine === 'pglite') return undefined
	const timeoutMs = Math.ceil(remainingMs / timeoutStepMs) * timeoutStepMs
	if ((serverTimeouts.get(client) ?? defaultTimeoutMs) !== timeoutMs) {
		serverTimeouts.set(client, timeoutMs)
		// Should it fail, then the server has some other limit, and is told again.
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
 * Sends a statement on a connection, together with what else is sent in this turn.
 *
 * @throws TypeError at once, so that nothing that follows is sent, for what cannot be sent
 */
export function send<R>(
	client: pg.PoolClient,
	statement: string | Statement,
	values: readonly unknown[] = [],
	timeoutMs: number | undefined,
): Promise<R[]> {
	const config = typeof statement === 'string' ? { text: statement } : statement
	// The driver takes a time limit for each query; its types do not know of it yet.
	const query: pg.QueryConfig & { query_timeout?: number } = {
		...config,
		values: values.map((value) => (Array.isArray(value) ? toArrayLiteral(value) : value)),
		query_timeout: timeoutMs && timeoutMs + answerMs,
	}
	holdBack(client)
	return client.query(query).then(({ rows }) => rows as R[])
}

// The driver's own way takes several passes over each element, which is most of what sending a batch costs.
function toArrayLiteral(elements: readonly unknown[]): string {
	return `{${elements.map(toArrayElement).join(',')}}`
}

function toArrayElement(element: unknown): string {
	if (element === null || element === undefined) return 'NULL'
	if (Array.isArray(element)) return toArrayLiteral(element)
	if (typeof element === 'object') throw new TypeError('arrays take texts, numbers and truth values')
	if (typeof element !== 'string') return String(element)
	return `"${/["\\]/.test(element) ? element.replace(/["\\]/g, '\\$&') : element}"`
}

// What is sent before anyone waits again goes out in one write. PGlite, having no network, has nothing to hold back.
function holdBack(client: pg.PoolClient): void {
	const { stream } = (client as unknown as { connection: { stream: Partial<Writable> } }).connection
	stream.cork?.()
	process.nextTick(() => stream.uncork?.())
}

/** Runs `work` in a transaction on a connection. */
export async function inTransaction<T>(
	engine: Engine,
	client: pg.PoolClient,
	work: (transaction: Transaction) => Promise<T>,
	budget: Budget,
): Promise<T> {
	const timeoutMs = startTimeLimit(engine, client, budget)
	// The server has the limit of the beginning; whoever waits gives up when less is left.
	const run = <R>(statement: string | Statement, values?: readonly unknown[]) =>
		send<R>(client, statement, values, timeoutMs && Math.min(timeoutMs, Math.max(1, budget.remainingMs())))
	let committed: Promise<unknown> | undefined
	const transaction: Transaction = {
		async query(statement, values) {
			checkTime(budget)
			return run(statement, values)
		},
		async queryAndCommit<R>(statement: string | Statement, values?: readonly unknown[]) {
			checkTime(budget)
			const rows = run<R>(statement, values)
			committed = run('commit')
			await Promise.all([rows, committed])
			return rows
		},
	}
	try {
		const [, result] = await Promise.all([run('begin'), work(transaction)])
		if (committed === undefined) {
			checkTime(budget)
			await run('commit')
		}
		return result
	} catch (error) {
		// PGlite has one session, which does not end with its connection.
		if (engine === 'pglite' || !isConnectionTrouble(error)) await run('rollback')
		throw error
	}
}
