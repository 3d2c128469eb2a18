import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import getPort from 'get-port'
import { childrenOf } from '../running/proc.ts'

/** One PostgreSQL with its Patroni. */
export type PatroniNode = AsyncDisposable & {
	name: string
	/** `HOST:PORT` of PostgreSQL. */
	address: string
	/** The URL of Patroni's REST API. */
	api: string
	start(): void
	/** Why Patroni has ended by itself; undefined while it has not. */
	failure(): string | undefined
	/** Ends Patroni and PostgreSQL without a word to anybody, as a power cut does. */
	kill(): Promise<void>
	/** Stops PostgreSQL as a crash does. Patroni goes on. */
	crash(): void
	/** Lets every process of the node hang. */
	pause(): void
	resume(): void
	/** Lets the processes hang that send the log of this primary to its standbys. */
	pauseSenders(): void
}

export type PatroniNodeOptions = {
	name: string
	/** The folder of the node. The user of the server owns it. */
	folder: string
	/** The configuration file that all nodes share. */
	configuration: string
	etcd: string
	/** The folder of the programs of PostgreSQL. */
	binaries: string
	password: string
	/** The user that the node runs as, because PostgreSQL refuses to run as root. */
	identity: { uid?: number; gid?: number }
}

export async function createPatroniNode(options: PatroniNodeOptions): Promise<PatroniNode> {
	const { name, folder, configuration, etcd, binaries, password, identity } = options
	const [port, apiPort] = [await getPort(), await getPort()]
	const address = `127.0.0.1:${port}`
	const data = join(folder, 'data')
	const logFile = join(folder, 'patroni.log')
	const env = {
		PATH: '/usr/local/bin:/usr/bin:/bin',
		LANG: 'C.UTF-8',
		PATRONI_NAME: name,
		PATRONI_ETCD3_HOSTS: etcd,
		PATRONI_RESTAPI_LISTEN: `127.0.0.1:${apiPort}`,
		PATRONI_RESTAPI_CONNECT_ADDRESS: `127.0.0.1:${apiPort}`,
		PATRONI_POSTGRESQL_LISTEN: address,
		PATRONI_POSTGRESQL_CONNECT_ADDRESS: address,
		PATRONI_POSTGRESQL_DATA_DIR: data,
		PATRONI_POSTGRESQL_BIN_DIR: binaries,
		PATRONI_POSTGRESQL_PGPASS: join(folder, 'pgpass'),
		PATRONI_SUPERUSER_USERNAME: 'postgres',
		PATRONI_SUPERUSER_PASSWORD: password,
		PATRONI_REPLICATION_USERNAME: 'replicator',
		PATRONI_REPLICATION_PASSWORD: password,
	}
	let patroni: ChildProcess | undefined

	const serverPid = () => Number(readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n', 1)[0])
	function serverPids(): number[] {
		try {
			const pid = serverPid()
			return [pid, ...childrenOf(pid)]
		} catch {
			return []
		}
	}
	const pids = () => [...(patroni?.pid === undefined ? [] : [patroni.pid]), ...serverPids()]
	const senders = () => serverPids().filter((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('walsender'))

	const node: PatroniNode = {
		name,
		address,
		api: `http://127.0.0.1:${apiPort}`,
		start() {
			const log = openSync(logFile, 'a')
			// A group of its own, so that a Ctrl-C reaches only the bench, which still needs the node.
			patroni = spawn('patroni', [configuration], { ...identity, env, detached: true, stdio: ['ignore', log, log] })
		},
		failure: () => (patroni?.exitCode ? `Patroni of ${name} has ended:\n${readFileSync(logFile, 'utf8')}` : undefined),
		async kill() {
			if (patroni === undefined) return
			const ended = patroni.exitCode === null && patroni.signalCode === null ? once(patroni, 'exit') : undefined
			sendAll('SIGKILL', pids())
			await ended
			// Until then the server has its port, and its memory.
			while (serverPids().some(isAlive)) execFileSync('sleep', ['0.05'])
		},
		crash: () => sendAll('SIGQUIT', serverPids().slice(0, 1)),
		pause: () => sendAll('SIGSTOP', pids()),
		resume: () => sendAll('SIGCONT', pids()),
		pauseSenders: () => sendAll('SIGSTOP', senders()),
		async [Symbol.asyncDispose]() {
			await node.kill()
		},
	}
	return node
}

function sendAll(signal: NodeJS.Signals, pids: readonly number[]): void {
	for (const pid of pids) {
		try {
			process.kill(pid, signal)
		} catch {
			// It has ended meanwhile.
		}
	}
}

function isAlive(pid: number): boolean {
	try {
		return process.kill(pid, 0)
	} catch {
		return false
	}
}
