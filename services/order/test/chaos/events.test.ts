import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { openDatabase } from '@mercat/database/database'
import { chaosTimes } from '@mercat/testing/chaos-times'
import { eventually } from '@mercat/testing/eventually'
import { type SeededRandom, seededRandom } from '@mercat/testing/seeded-random'
import { type Engine, engines } from '@mercat/testing/test-database'
import { describe, expect, test } from 'vitest'
import type { HistoryEntry } from '../../src/order/order.ts'
import { startWebhookReceiver } from '../webhook-receiver.ts'
import { closeBooks } from './shop/close-books.ts'
import { type Cluster, startCluster } from './shop/cluster.ts'
import { type FaultProxy, startFaultProxy } from './shop/fault-proxy.ts'
import { type LogReader, type SeenEvent, startLogReader } from './shop/log-reader.ts'
import { placeOrder, transition } from './shop/shop-client.ts'
import { createShopLog, type ShopLog } from './shop/shop-log.ts'

// Most of it is for the starts of processes, which are slow on a busy machine.
const timeout = 1_800_000
const recovery = { timeout: 120_000, interval: 10 }
const [cuts, kills] = [50 * chaosTimes, 10 * chaosTimes]

/** The replicas of each service. */
const replicas: Record<Engine, number> = { postgres: 2, pglite: 1 }

describe.each(engines)('the log of events on %s', { timeout }, (engine) => {
	test(`no reader misses an event, gets one twice or gets two in another order through ${kills} kills and ${cuts} cuts`, async ({
		onTestFailed,
	}) => {
		const random = seededRandom(onTestFailed)
		await using opened = new AsyncDisposableStack()
		const count = replicas[engine]
		const env = {
			PAYMENT_WINDOW_S: '4',
			SECRETS_KEY: 'a-key-of-32-bytes-is-long-enough',
			WEBHOOK_ALLOW_PRIVATE: 'true',
		}
		const cluster = opened.use(await startCluster({ engine, catalogs: count, orders: count, env }))
		const proxies: FaultProxy[] = []
		for (const { port } of cluster.orders) {
			const proxy = opened.use(await startFaultProxy())
			proxy.target(port)
			proxies.push(proxy)
		}
		const sku = await cluster.stocked(1e6)
		const receiver = opened.use(await addReceiver(opened, cluster, random))
		const readers = startReaders(opened, cluster, proxies, random)

		const log = createShopLog()
		const closing = new AbortController()
		const shoppers = Array.from({ length: 6 }, async () => {
			while (!closing.signal.aborted) await shop(cluster, log, random, sku)
		})
		const troubles = Promise.all([killAtRandom(cluster, readers, random), cutAtRandom(readers, proxies, random)])
		const parts = [Promise.all(shoppers), troubles]
		const outcomes = await Promise.allSettled(parts.map((part) => part.finally(() => closing.abort())))
		for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason

		// A request whose answer was lost may still be under way, and give an event later. A process that ends finishes its requests.
		for (const order of cluster.orders) {
			await order.signal('SIGTERM')
			await order.start()
		}
		// Unpaid orders expire, and no transition follows then.
		await eventually(() => expect(unpaidOrders(readers.all[0]?.seen ?? [])).toEqual([]), recovery)
		await eventually(async () => {
			const end = await endOfLog(cluster)
			expect(readers.all.map(({ position }) => position)).toEqual(readers.all.map(() => end))
		}, recovery)
		console.log(`${readers.all.length} readers of ${readers.all[0]?.seen.length} events on ${engine}`)
		const [first, ...others] = readers.all.map(({ seen }) => seen) as [SeenEvent[], ...SeenEvent[][]]
		expectAscending(first)
		for (const seen of others) expect(seen).toEqual(first)
		await receiver.tookAll(first.length)
		expect(receiver.disordered()).toEqual([])
		expect(receiver.forgeries).toEqual([])
		for (const { event } of receiver.taken()) expect(event).toEqual(eventOf(first, event.id))

		await closeBooks(cluster, log, new Map([[sku, 1e6]]), { held: 0 })
		expect(transitionsOf(first)).toEqual(await transitionsIn(cluster.urls.order))
		for (const status of ['placed', 'paid', 'shipped', 'cancelled', 'expired']) {
			expect(first.filter(({ text }) => JSON.parse(text).data.status === status).length, status).toBeGreaterThan(10)
		}
	})
})

type Readers = { all: LogReader[]; direct: LogReader[]; proxied: LogReader[] }

/** Readers that read pages, that read a stream directly or through a proxy, and that change between these. */
function startReaders(
	opened: AsyncDisposableStack,
	cluster: Cluster,
	proxies: FaultProxy[],
	random: SeededRandom,
): Readers {
	const token = (reader: number) => cluster.token(`reader-${reader}`, 'events:read')
	const anyUrl = () => cluster.orderUrl(random.below(cluster.orders.length))
	const proxyUrl = () => `http://127.0.0.1:${random.oneOf(proxies).port}`
	const limit = () => Math.ceil(random.between(0, 60))
	const start = (reader: number, way: () => 'page' | 'stream', url: (way: 'page' | 'stream') => string) =>
		opened.use(startLogReader({ way, url, token: token(reader), limit }))
	const any = () => random.oneOf(['page', 'stream'] as const)

	const paging = [1, 2].map((reader) => start(reader, () => 'page', anyUrl))
	const direct = [3, 4].map((reader) => start(reader, () => 'stream', anyUrl))
	const proxied = [5, 6].map((reader) => start(reader, () => 'stream', proxyUrl))
	const changing = [7, 8].map((reader) => start(reader, any, (way) => (way === 'page' ? anyUrl() : proxyUrl())))
	return { all: [...paging, ...direct, ...proxied, ...changing], direct, proxied }
}

/** A webhook by the API, behind a proxy. Its receiver refuses some events at first. */
async function addReceiver(opened: AsyncDisposableStack, cluster: Cluster, random: SeededRandom) {
	const proxy = opened.use(await startFaultProxy())
	const response = await fetch(`${cluster.orderUrl()}/v1/webhooks`, {
		method: 'POST',
		headers: {
			authorization: `Bearer ${cluster.token('staff', 'webhooks:manage')}`,
			'content-type': 'application/json',
		},
		body: JSON.stringify({ url: `http://127.0.0.1:${proxy.port}/events`, types: ['*'] }),
	})
	const made = await response.text()
	expect([response.status, made]).toEqual([201, expect.stringContaining('whsec_')])
	const receiver = await startWebhookReceiver(JSON.parse(made).secret)
	proxy.target(Number(new URL(receiver.url).port))
	receiver.answerWith(() => (random.between(0, 20) < 1 ? 500 : 204))
	return receiver
}

/** One client places an order, and may pay, ship or cancel it. */
async function shop(cluster: Cluster, log: ShopLog, random: SeededRandom, sku: string): Promise<void> {
	const [key, customer] = [randomUUID(), `customer-${randomUUID()}`]
	const token = cluster.customerToken(customer)
	const url = () => cluster.orderUrl(random.below(cluster.orders.length))
	const items = [{ sku, quantity: 1 }]
	const placed = await placeOrder(() => ({ url: url(), token, key, items }))
	expect(placed).toMatchObject({ status: 201 })
	log.saw(placed.body)
	for (const action of random.oneOf([[], ['cancel'], ['pay', 'ship'], ['pay', 'ship'], ['pay', 'cancel']])) {
		const who = action === 'cancel' ? token : cluster.staffToken
		const settled = await transition(url, who, placed.body.id, action)
		// The payment window was over.
		if (settled.status === 409) return
		expect(settled.status, action).toBe(200)
		log.saw(settled.body)
	}
	await sleep(random.between(0, 100))
}

/** Kills an order service, a catalog, or both. Before each kill the log has grown again. */
async function killAtRandom({ orders, catalogs }: Cluster, { all }: Readers, random: SeededRandom): Promise<void> {
	const [pager] = all as [LogReader]
	for (let killed = 0; killed < kills; ) {
		const before = pager.seen.length
		await eventually(() => expect(pager.seen.length).toBeGreaterThan(before + 10), recovery)
		await sleep(random.between(0, 200))
		const victims =
			random.between(0, 3) < 1
				? [random.oneOf(orders), random.oneOf(catalogs)]
				: [random.oneOf([...orders, ...catalogs])]
		await Promise.all(victims.map((victim) => victim.signal('SIGKILL')))
		await Promise.all(victims.map((victim) => victim.start()))
		killed += victims.length
	}
}

/** Cuts streams that have brought events, at the end of the reader or in the network. */
async function cutAtRandom({ direct, proxied }: Readers, proxies: FaultProxy[], random: SeededRandom): Promise<void> {
	const streaming = async (readers: LogReader[]) => {
		await eventually(() => expect(readers.some((reader) => reader.isStreaming())).toBe(true), recovery)
		return readers.filter((reader) => reader.isStreaming())
	}
	for (let cut = 0; cut < cuts; ) {
		if (random.between(0, 2) < 1) {
			random.oneOf(await streaming(direct)).cut()
			cut++
			continue
		}
		const open = await streaming(proxied)
		if (random.between(0, 2) < 1) {
			for (const proxy of proxies) proxy.disconnect()
		} else {
			// The streams break in the middle of the next events.
			for (const proxy of proxies) await proxy.begin({ kind: 'reset' })
			await eventually(() => expect(open.some((reader) => reader.isStreaming())).toBe(false), recovery)
			for (const proxy of proxies) await proxy.end()
		}
		await eventually(() => expect(open.some((reader) => reader.isStreaming())).toBe(false), recovery)
		cut += open.length
	}
}

async function endOfLog(cluster: Cluster): Promise<number> {
	const response = await fetch(`${cluster.orderUrl()}/v1/events?after=now`, {
		headers: { authorization: `Bearer ${cluster.token('staff', 'events:read')}` },
	})
	return Number(((await response.json()) as { next: string }).next)
}

/** The orders that are still placed after the last event. */
function unpaidOrders(seen: SeenEvent[]): string[] {
	const statuses = new Map<string, string>()
	for (const { text } of seen) {
		const { id, status } = JSON.parse(text).data
		statuses.set(id, status)
	}
	return [...statuses].filter(([, status]) => status === 'placed').map(([id]) => id)
}

/** Expects that positions ascend, and that the versions of each order are 1, 2, 3 and so on. */
function expectAscending(seen: SeenEvent[]): void {
	const versions = new Map<string, number>()
	let last = 0
	for (const { position, text } of seen) {
		expect(position).toBeGreaterThan(last)
		last = position
		const { id, version } = JSON.parse(text).data
		expect([id, version]).toEqual([id, (versions.get(id) ?? 0) + 1])
		versions.set(id, version)
	}
}

const eventOf = (seen: SeenEvent[], id: string) => {
	const found = seen.find(({ text }) => text.includes(`"id":"${id}"`))
	return found && JSON.parse(found.text)
}

/** All transitions by the events, sorted. */
function transitionsOf(seen: SeenEvent[]): string[] {
	return seen
		.map(({ text }) => {
			const { id, version, change } = JSON.parse(text).data
			return `${id} ${version} ${change.from} to ${change.to} by ${change.who}`
		})
		.sort()
}

/** All transitions by the histories of the orders, sorted. */
async function transitionsIn(url: string): Promise<string[]> {
	await using database = await openDatabase(url)
	const orders = await database.query<{ id: string; history: HistoryEntry[] }>('select id, history from orders')
	return orders
		.flatMap(({ id, history }) =>
			history.map(({ from, to, who }, index) => `${id} ${index + 1} ${from} to ${to} by ${who}`),
		)
		.sort()
}
