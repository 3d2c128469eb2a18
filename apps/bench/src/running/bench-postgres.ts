import { randomUUID } from 'node:crypto'
import { startPostgresServer } from '@mercat/testing/postgres-server'
import pg from 'pg'
import { cpuMsWithChildren, parentOf } from './proc.ts'

/** The PostgreSQL server that all contestants share. `fsync` is on: commits wait for the disk. */
export type BenchPostgres = AsyncDisposable & {
	version: string
	/** Creates an empty database. Disposing of it drops it. */
	createDatabase(): Promise<AsyncDisposable & { url: string }>
	/** Writes all changed pages to disk, so that the next measure does not pay for earlier ones. */
	checkpoint(): Promise<void>
	/** Total CPU time of all processes of the server since its start. */
	cpuMs(): number
}

export async function startBenchPostgres(): Promise<BenchPostgres> {
	await using opened = new AsyncDisposableStack()
	const server = opened.use(await startPostgresServer({ detached: true, syncs: true }))
	const admin = opened.adopt(new pg.Client(server.url), (client) => client.end())
	await admin.connect()
	const { rows } = await admin.query<{ version: string; pid: number }>(
		"select current_setting('server_version') as version, pg_backend_pid() as pid",
	)
	const [{ version, pid }] = rows as [{ version: string; pid: number }]
	const serverPid = parentOf(pid)
	const resources = opened.move()
	return {
		version,
		async createDatabase() {
			const name = `bench_${randomUUID().replaceAll('-', '')}`
			await admin.query(`create database ${name}`)
			const url = new URL(server.url)
			url.pathname = `/${name}`
			return {
				url: url.href,
				async [Symbol.asyncDispose]() {
					await admin.query(`drop database ${name} with (force)`)
				},
			}
		},
		async checkpoint() {
			await admin.query('checkpoint')
		},
		cpuMs: () => cpuMsWithChildren(serverPid),
		[Symbol.asyncDispose]: () => resources.disposeAsync(),
	}
}
