import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { PostgresServerOptions } from './postgres-server.ts'

// Of the server that comes from npm.
const usualMajor = 18

/**
 * Options for a server that the client tools of PostgreSQL on `PATH` can dump: tools refuse a server that is later than they
 * are. Of an earlier version it is the one that Debian's packages install.
 *
 * @returns the options, or what is missing
 */
export function serverForTools(): PostgresServerOptions | { lack: string } {
	const major = majorOfTools()
	if (major === undefined) return { lack: 'there is no pg_dump' }
	if (major >= usualMajor) return {}
	const installation = `/usr/lib/postgresql/${major}`
	if (existsSync(join(installation, 'bin/postgres'))) return { installation }
	return { lack: `pg_dump is of PostgreSQL ${major}, and there is no server of it` }
}

function majorOfTools(): number | undefined {
	try {
		const version = execFileSync('pg_dump', ['--version'], { encoding: 'utf8' })
		return Number(/\(PostgreSQL\) (\d+)/.exec(version)?.[1])
	} catch {
		return undefined
	}
}
