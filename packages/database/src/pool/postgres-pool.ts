import pg from 'pg'
import { defaultTimeoutMs } from '../statements/timed-statements.ts'
import { columnTypes } from './column-types.ts'

export type PostgresPoolOptions = {
	/** The largest number of connections to PostgreSQL. PGlite has one connection. */
	maxConnections?: number
	/** How long to wait for a connection to PostgreSQL. */
	connectTimeoutMs?: number
	/** The name of the connections in PostgreSQL's views. */
	applicationName?: string
}

/** @param settings the settings of each session */
export function createPostgresPool(
	url: string,
	settings: Record<string, string>,
	{
		maxConnections = 10,
		connectTimeoutMs,
		applicationName,
		Client,
	}: PostgresPoolOptions & { connectTimeoutMs: number; Client: typeof pg.Client | undefined },
): pg.Pool {
	return new pg.Pool({
		// A class of its own knows the URL of the server.
		...(Client === undefined ? { connectionString: url } : { Client: Client as new () => pg.ClientBase }),
		max: maxConnections,
		connectionTimeoutMillis: connectTimeoutMs,
		statement_timeout: defaultTimeoutMs,
		// Longer than the server's `deadlock_timeout` (1 s), so that the server reports a deadlock, which is repeated.
		lock_timeout: 1_500,
		idle_in_transaction_session_timeout: 5_000,
		keepAlive: true,
		pipeline: true,
		application_name: applicationName,
		options: Object.entries(settings)
			.map(([name, value]) => `-c ${name}=${value}`)
			.join(' '),
		types: columnTypes,
	})
}
