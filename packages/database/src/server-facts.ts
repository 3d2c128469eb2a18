import type { Queryable } from './statements/queryable.ts'

/** What a server and the schema of a service tell about themselves. */
export type ServerFacts = {
	/** Such as 180000 for PostgreSQL 18. */
	serverVersion: number
	/** The number of the last migration that was applied; 0 for none. */
	appliedMigration: number
	/** The clock of the server, in milliseconds since 1970. */
	clockMs: number
}

/** Reads the facts of a database that has been migrated. */
export async function readServerFacts(database: Queryable): Promise<ServerFacts> {
	const [facts] = await database.query<ServerFacts>(`
		select current_setting('server_version_num')::int as "serverVersion",
			(select coalesce(max(version), 0)::int from schema_version) as "appliedMigration",
			(extract(epoch from clock_timestamp()) * 1000)::float8 as "clockMs"`)
	if (facts === undefined) throw new Error('a statement without a table gave no row')
	return facts
}

/** Whether a service is connected to this database now. Its connections have the name in PostgreSQL's views. */
export async function isConnected(database: Queryable, applicationName: string): Promise<boolean> {
	const [found] = await database.query<{ connected: boolean }>(
		`select exists (
			select from pg_stat_activity where datname = current_database() and application_name = $1
		) as connected`,
		[applicationName],
	)
	return found?.connected ?? false
}
