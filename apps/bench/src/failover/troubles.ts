import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import type { PatroniCluster } from './patroni-cluster.ts'
import type { PatroniNode } from './patroni-node.ts'

/** What happens to the leader. */
export const troubles = ['kill', 'pause', 'crash', 'switchover'] as const
export type Trouble = (typeof troubles)[number]

const pollMs = 20
// So long a node stays away that has lost the lead.
const awayMs = 3_000

/**
 * Makes a trouble for the leader, and waits until another node leads and the cluster is healthy again.
 *
 * @returns when another node took writes, on the clock of `performance.now()`
 */
export async function makeTrouble(trouble: Trouble, cluster: PatroniCluster): Promise<number> {
	const former = await cluster.leader()
	const successor = watchSuccessor(cluster, former)
	if (trouble === 'kill') await former.kill()
	else if (trouble === 'pause') former.pause()
	else if (trouble === 'crash') former.crash()
	else await cluster.switchOver()
	const writableAtMs = await successor
	await sleep(awayMs)
	if (trouble === 'kill') former.start()
	if (trouble === 'pause') former.resume()
	await cluster.healthy()
	return writableAtMs
}

/** Kills a leader that has not sent its last commits to its standbys. In asynchronous mode these commits are lost. */
export async function killAheadOfStandbys(cluster: PatroniCluster, aheadMs: number): Promise<void> {
	const former = await cluster.leader()
	former.pauseSenders()
	await sleep(aheadMs)
	const successor = watchSuccessor(cluster, former)
	await former.kill()
	await successor
	former.start()
	await cluster.healthy()
}

/** Resolves when a node other than the former leader takes writes. */
async function watchSuccessor(cluster: PatroniCluster, former: PatroniNode): Promise<number> {
	const others = cluster.nodes.filter((node) => node !== former)
	const end = new AbortController()
	try {
		return await Promise.race(others.map((node) => takesWrites(cluster.urlOn(node, 'postgres'), end.signal)))
	} finally {
		end.abort()
	}
}

async function takesWrites(url: string, signal: AbortSignal): Promise<number> {
	while (!signal.aborted) {
		const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 1_000 })
		client.on('error', () => {})
		try {
			await client.connect()
			while (!signal.aborted) {
				const { rows } = await client.query<{ isStandby: boolean }>('select pg_is_in_recovery() as "isStandby"')
				if (rows[0]?.isStandby === false) return performance.now()
				await sleep(pollMs)
			}
		} catch {
			await sleep(pollMs)
		} finally {
			await client.end().catch(() => {})
		}
	}
	return Number.NaN
}
