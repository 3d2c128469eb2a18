import { execFile, spawn } from 'node:child_process'
import { promisify } from 'node:util'
import { CommandError } from '../command/command-error.ts'
import type { ServiceName } from '../command/open-existing-database.ts'

export type PostgresTool = 'pg_dump' | 'pg_restore'

const connectTimeoutS = 10

/**
 * The major version of a tool that is found on `PATH`.
 *
 * @throws CommandError when there is none
 */
export async function majorVersionOf(tool: PostgresTool, env: NodeJS.ProcessEnv): Promise<number> {
	try {
		const { stdout } = await promisify(execFile)(tool, ['--version'], { env })
		const major = Number(/\(PostgreSQL\) (\d+)/.exec(stdout)?.[1])
		if (Number.isInteger(major)) return major
		throw new CommandError(`${tool} on PATH is no tool of PostgreSQL: ${stdout.trim()}`, { exitCode: 2 })
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
		throw new CommandError(
			`there is no ${tool} on PATH: install the client tools of PostgreSQL, such as postgresql-client of Debian`,
			{ exitCode: 2, cause: error },
		)
	}
}

/** @throws CommandError when a tool is older than a server */
export function checkTool(tool: PostgresTool, found: number, needed: number, why: string): void {
	if (found >= needed) return
	throw new CommandError(
		`${tool} on PATH is of PostgreSQL ${found}, and ${why} is of ${needed}: put the client tools of PostgreSQL ${needed} first on PATH`,
		{ exitCode: 2 },
	)
}

/**
 * Runs a tool on a database until it ends, or until the signal stops it.
 *
 * @param env the environment of this command, with `PATH` and what the tool itself reads, such as `PGPASSWORD`
 * @throws CommandError with the last line that it wrote when it fails
 */
export async function runTool(
	tool: PostgresTool,
	args: readonly string[],
	database: { service: ServiceName; url: string },
	env: NodeJS.ProcessEnv,
	signal: AbortSignal,
): Promise<void> {
	const { url, password } = withoutPassword(database.url)
	const toolEnv = {
		...env,
		...(password !== undefined && { PGPASSWORD: password }),
		PGCONNECT_TIMEOUT: String(connectTimeoutS),
		PGAPPNAME: 'mercat-backup',
	}
	const child = spawn(tool, [`--dbname=${url}`, '--no-password', ...args], {
		env: toolEnv,
		stdio: ['ignore', 'ignore', 'pipe'],
		signal,
	})
	let said = ''
	child.stderr.on('data', (chunk) => {
		said = (said + chunk).slice(-4_000)
	})
	// A tool that is stopped ends a little later.
	child.on('error', () => {})
	const exitCode = await new Promise<number | null>((resolve) => {
		child.once('close', resolve)
	})
	signal.throwIfAborted()
	if (exitCode === 0) return
	const lines = said.trim().split('\n')
	const error = lines.find((line) => line.includes('error:')) ?? lines.at(-1)
	throw new CommandError(`${tool} failed for the ${database.service} database: ${error || `exit code ${exitCode}`}`)
}

// Others can read the arguments of a process, and not its environment.
function withoutPassword(url: string): { url: string; password?: string } {
	const parts = /^(postgres(?:ql)?:\/\/[^:/?#@]*):([^@/?#]*)(@.*)$/.exec(url)
	if (parts === null) return { url }
	const [, before, password = '', after] = parts
	return { url: `${before}${after}`, password: decodeURIComponent(password) }
}
