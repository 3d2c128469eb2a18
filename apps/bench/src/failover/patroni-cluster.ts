import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { chownSync, existsSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import getPort from 'get-port'
import { UsageError } from '../running/usage-error.ts'
import { createPatroniNode, type PatroniNode } from './patroni-node.ts'

/** Three PostgreSQL under Patroni, as `deploy/ha` configures them. */
export type PatroniCluster = AsyncDisposable & {
	nodes: PatroniNode[]
	/** The URL of a database on whichever node can write. */
	url(database: string): string
	/** The URL of a database on one node. */
	urlOn(node: PatroniNode, database: string): string
	leader(): Promise<PatroniNode>
	/** Waits until all nodes follow one leader, in the mode of the cluster. */
	healthy(): Promise<void>
	/** Hands the lead over to another node, as an operator does. */
	switchOver(): Promise<void>
}

type Member = { name: string; role: string; state: string }

const configuration = fileURLToPath(new URL('../../../../deploy/ha/patroni.yml', import.meta.url))
const nobody = 65534

/**
 * @param folder an empty folder for the cluster
 * @param isSynchronous whether a commit waits for a second server
 */
export async function startPatroniCluster(folder: string, isSynchronous: boolean): Promise<PatroniCluster> {
	await using opened = new AsyncDisposableStack()
	const binaries = findBinaries()
	const identity = process.getuid?.() === 0 ? { uid: nobody, gid: nobody } : {}
	const etcd = opened.use(await startEtcd(folder))
	const password = randomBytes(12).toString('hex')
	const nodes: PatroniNode[] = []
	for (const name of ['db1', 'db2', 'db3']) {
		const own = join(folder, name)
		mkdirSync(own)
		if (identity.uid !== undefined) chownSync(own, nobody, nobody)
		const options = { name, folder: own, configuration, etcd: etcd.address, binaries, password, identity }
		nodes.push(opened.use(await createPatroniNode(options)))
	}

	const authority = (addresses: string) => `postgres://postgres:${password}@${addresses}`
	/** The members as the first node that answers sees them. */
	async function members(): Promise<Member[]> {
		const failure = nodes.map((node) => node.failure()).find((found) => found !== undefined)
		if (failure !== undefined) throw new Error(failure)
		for (const { api } of nodes) {
			const answer = await fetch(`${api}/cluster`, { signal: AbortSignal.timeout(1_000) }).catch(() => undefined)
			if (answer?.ok) return ((await answer.json()) as { members: Member[] }).members
		}
		return []
	}
	async function leader(): Promise<PatroniNode> {
		for (;;) {
			const led = (await members()).find(({ role }) => role === 'leader')
			const node = nodes.find(({ name }) => name === led?.name)
			if (node !== undefined) return node
			await sleep(100)
		}
	}
	async function healthy(): Promise<void> {
		const isHealthy = (found: Member[]) =>
			found.length === nodes.length &&
			found.every(({ state }) => state === 'running' || state === 'streaming') &&
			found.some(({ role }) => role === 'leader') &&
			(!isSynchronous || found.some(({ role }) => role === 'sync_standby'))
		while (!isHealthy(await members())) await sleep(200)
	}
	const send = (node: PatroniNode, path: string, method: string, body: object) =>
		fetch(`${node.api}${path}`, { method, body: JSON.stringify(body) })

	const cluster: PatroniCluster = {
		nodes,
		url: (database) => {
			const hosts = nodes.map(({ address }) => address).join(',')
			return `${authority(hosts)}/${database}?target_session_attrs=read-write`
		},
		urlOn: ({ address }, database) => `${authority(address)}/${database}`,
		leader,
		healthy,
		async switchOver() {
			const from = await leader()
			const answer = await send(from, '/switchover', 'POST', { leader: from.name })
			if (!answer.ok) throw new Error(`Patroni refused the switchover: ${answer.status} ${await answer.text()}`)
		},
		[Symbol.asyncDispose]: () => resources.disposeAsync(),
	}
	for (const node of nodes) node.start()
	if (!isSynchronous) await send(await leader(), '/config', 'PATCH', { synchronous_mode: false })
	await healthy()
	const resources = opened.move()
	return cluster
}

async function startEtcd(folder: string): Promise<AsyncDisposable & { address: string }> {
	const [clients, peers] = [await getPort(), await getPort()].map((port) => `http://127.0.0.1:${port}`)
	const data = ['--data-dir', join(folder, 'etcd'), '--log-level', 'error']
	const forClients = ['--listen-client-urls', `${clients}`, '--advertise-client-urls', `${clients}`]
	const forPeers = ['--listen-peer-urls', `${peers}`, '--initial-advertise-peer-urls', `${peers}`]
	const args = [...data, ...forClients, ...forPeers, '--initial-cluster', `default=${peers}`]
	const etcd = spawn('etcd', args, { detached: true, stdio: ['ignore', 'ignore', 'inherit'] })
	const ended = once(etcd, 'exit')
	const failed = ended.then(() => Promise.reject(new Error('etcd ended before it answered')))
	failed.catch(() => {})
	await Promise.race([answering(`${clients}/health`), failed])
	return {
		address: new URL(`${clients}`).host,
		async [Symbol.asyncDispose]() {
			etcd.kill('SIGKILL')
			await ended
		},
	}
}

async function answering(url: string): Promise<void> {
	while (!(await fetch(url).catch(() => undefined))?.ok) await sleep(100)
}

// Debian has the programs of each version in a folder of its own, and not on the path.
function findBinaries(): string {
	const root = '/usr/lib/postgresql'
	const versions = existsSync(root) ? readdirSync(root).map(Number).filter(Number.isInteger) : []
	const folder = join(root, String(Math.max(...versions)), 'bin')
	if (!existsSync(join(folder, 'pg_rewind'))) {
		throw new UsageError('failover needs Debian\'s packages "postgresql", "patroni", "python3-etcd" and "etcd-server"')
	}
	return folder
}
