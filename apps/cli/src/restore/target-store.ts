import { migrationLock } from '@mercat/database/migrate'
import type { Queryable } from '@mercat/database/queryable'

// Extensions may have been made with the database, by someone with more rights.
const isOwn = (catalog: string, id: string) =>
	`not exists (select from pg_depend where classid = '${catalog}'::regclass and objid = ${id} and deptype = 'e')`
const userSchemas = `nspname !~ '^pg_' and nspname <> 'information_schema'`

/** The statements of a restore in the database that it fills. */
export function createTargetStore({ query }: Pick<Queryable, 'query'>) {
	return {
		/** Keeps services from making their tables here, until the transaction ends. */
		async keepServicesOut(): Promise<boolean> {
			const [row] = await query<{ taken: boolean }>(`select pg_try_advisory_xact_lock(${migrationLock}) as taken`)
			return row?.taken ?? false
		},

		/** One of the tables that the database has; undefined if it is empty. */
		async findTable(): Promise<string | undefined> {
			const [row] = await query<{ name: string }>(
				`select pg_class.oid::regclass::text as name
				from pg_class join pg_namespace on pg_namespace.oid = relnamespace
				where ${userSchemas} and relkind in ('r', 'p', 'v', 'm', 'S', 'f') and ${isOwn('pg_class', 'pg_class.oid')}
				order by relkind = 'S', name limit 1`,
			)
			return row?.name
		},

		async majorVersion(): Promise<number> {
			const [row] = await query<{ major: number }>(`select current_setting('server_version_num')::int / 10000 as major`)
			return row?.major ?? 0
		},

		/** Drops all tables, sequences and functions. */
		async empty(): Promise<void> {
			// Named before the first is dropped: a table takes its partitions and sequences with it.
			await query(`
				do $$
				declare
					dropping text;
					statements text[] := array(
						select format('drop %s if exists %s cascade', case relkind when 'S' then 'sequence' else 'table' end, pg_class.oid::regclass)
						from pg_class join pg_namespace on pg_namespace.oid = relnamespace
						where ${userSchemas} and relkind in ('r', 'p', 'S') and ${isOwn('pg_class', 'pg_class.oid')}
						order by relkind = 'S'
					) || array(
						select format('drop function if exists %s cascade', pg_proc.oid::regprocedure)
						from pg_proc join pg_namespace on pg_namespace.oid = pronamespace
						where ${userSchemas} and ${isOwn('pg_proc', 'pg_proc.oid')}
					);
				begin
					foreach dropping in array statements loop
						execute dropping;
					end loop;
				end $$`)
		},
	}
}
