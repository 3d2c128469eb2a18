import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { eventually } from '@mercat/testing/eventually'
import { startPostgresServer } from '@mercat/testing/postgres-server'
import { createTestDatabase } from '@mercat/testing/test-database'
import getPort from 'get-port'
import { describe, expect, test } from 'vitest'
import { startCluster } from '../chaos/shop/cluster.ts'
import { placeOrder } from '../chaos/shop/shop-client.ts'
import { type FollowedStatus, followStatus, serviceOf } from './follow-status.ts'

// "Down within 3 s" and "up again within 3 s", and what a busy machine takes longer.
const noticedMs = 3_000 + 1_000
const stateOf = (name: string, state: string) => ({
	services: expect.arrayContaining([expect.objectContaining({ name, state })]),
})

describe('while the catalog is away', () => {
	test('the status says so, and says when it is back', async () => {
		await using cluster = await startCluster({ engine: 'postgres' })
		const [catalog] = cluster.catalogs
		using reader = await followStatus(cluster.orderUrl(), { token: cluster.staffToken })
		await reader.until(stateOf('catalog', 'up'))
		await catalog?.signal('SIGKILL')
		const down = await reader.until(stateOf('catalog', 'down'), noticedMs)
		expect(serviceOf(down, 'catalog')?.missing).toEqual(['the catalog is not serving'])
		expect(serviceOf(down, 'order')).toMatchObject({ state: 'up', missing: ['the catalog is not serving'] })
		await catalog?.start()
		const up = await reader.until(stateOf('catalog', 'up'), noticedMs)
		expect(serviceOf(up, 'order')?.missing).toEqual([])
	})

	test('a catalog that hangs is down, and a status comes each second all the same', async () => {
		await using cluster = await startCluster({ engine: 'postgres' })
		const [catalog] = cluster.catalogs
		using reader = await followStatus(cluster.orderUrl(), { token: cluster.staffToken })
		await reader.until(stateOf('catalog', 'up'))
		await catalog?.signal('SIGSTOP')
		await reader.until(stateOf('catalog', 'down'), noticedMs)
		const before = reader.statuses().length
		await reader.receive(before + 4)
		const times = reader.statuses().map(({ at }) => Date.parse(at))
		const gaps = times.slice(before).map((time, index) => time - (times[before + index - 1] as number))
		expect(Math.max(...gaps)).toBeLessThan(1_900)
		await catalog?.signal('SIGCONT')
		await reader.until(stateOf('catalog', 'up'), noticedMs)
	})
})

test('while the database of orders hangs or is down, the order service is down and the lags are not known', async () => {
	await using postgres = await startPostgresServer()
	await using catalogDatabase = await createTestDatabase('postgres')
	await using cluster = await startCluster({
		engine: 'postgres',
		databaseUrls: { catalog: catalogDatabase.url, order: postgres.url },
	})
	using reader = await followStatus(cluster.orderUrl(), { token: cluster.staffToken })
	const well = { ...stateOf('order', 'up'), lags: { dead: 0 } }
	await reader.until(well)
	await postgres.pause()
	const hanging = await reader.until({ ...stateOf('order', 'down'), lags: null }, noticedMs)
	expect(serviceOf(hanging, 'order')).toMatchObject({
		missing: ['the database cannot be written'],
		parts: [{ name: 'database', state: 'down' }],
	})
	const whileDown = reader.statuses().filter((status) => serviceOf(status, 'order')?.state === 'down')
	expect(whileDown.filter(({ lags }) => lags !== null)).toEqual([])
	postgres.resume()
	await reader.until(stateOf('order', 'up'), noticedMs)
	await reader.until(well)
	await postgres.stop('fast')
	await reader.until({ ...stateOf('order', 'down'), lags: null }, noticedMs)
	expect(serviceOf(reader.statuses().at(-1)!, 'catalog')?.state).toBe('up')
	await postgres.start()
	await reader.until(well, noticedMs)
})

test.each([
	['with METRICS_PORT', async () => ({ METRICS_PORT: String(await getPort()) })],
	['without METRICS_PORT', async () => ({})],
])('two workers tell the figures of both in one status, %s', async (_title, env) => {
	await using cluster = await startCluster({ engine: 'postgres', env: { WORKERS: '2', ...(await env()) } })
	const sku = await cluster.stocked(1_000)
	using reader = await followStatus(cluster.orderUrl(), { token: cluster.staffToken })
	await reader.until({ workers: 2, rates: expect.anything() })
	expect(reader.statuses().at(-1)?.instance).toMatch(new RegExp(`:${cluster.orders[0]?.pid}$`))
	const count = () => reader.statuses().reduce((sum, { latency }) => sum + (latency?.count ?? 0), 0)
	const before = count()
	const place = () =>
		placeOrder(() => ({
			url: cluster.orderUrl(),
			token: cluster.customerToken(randomUUID()),
			key: randomUUID(),
			items: [{ sku, quantity: 1 }],
		}))
	const placed = await Promise.all(Array.from({ length: 40 }, place))
	expect(new Set(placed.map(({ status }) => status))).toEqual(new Set([201]))
	await eventually(() => expect(count()).toBe(before + 40))
	await reader.until({ latency: { count: 0 } })
	expect(count()).toBe(before + 40)
})

test('a worker that hangs is missing in the status of the other, which comes each second', async () => {
	await using cluster = await startCluster({ engine: 'postgres', env: { WORKERS: '2' } })
	using reader = await followStatus(cluster.orderUrl(), { token: cluster.staffToken })
	await reader.until({ workers: 2 })
	const victim = await hangOtherWorker(reader, childrenOf(cluster.orders[0]?.pid ?? 0))
	try {
		const before = reader.statuses().length
		await reader.receive(before + 3)
		const times = reader.statuses().map(({ at }) => Date.parse(at))
		const gaps = times.slice(before).map((time, index) => time - (times[before + index - 1] as number))
		expect(Math.max(...gaps)).toBeLessThan(1_900)
	} finally {
		process.kill(victim, 'SIGCONT')
	}
	await reader.until({ workers: 2 }, noticedMs)
})

function childrenOf(pid: number): number[] {
	const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
	return children.split(' ').filter(Boolean).map(Number)
}

/** Makes the worker hang that does not serve the reader, and returns its id. */
async function hangOtherWorker(reader: FollowedStatus, workers: number[]): Promise<number> {
	for (const pid of workers) {
		process.kill(pid, 'SIGSTOP')
		const isOther = await reader.until({ workers: 1 }, noticedMs).then(
			() => true,
			() => false,
		)
		if (isOther) return pid
		process.kill(pid, 'SIGCONT')
	}
	throw new Error('no status without one worker')
}
