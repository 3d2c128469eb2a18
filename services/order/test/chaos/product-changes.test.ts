import { setTimeout as sleep } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import { type CatalogClients, createCatalogClients } from '@mercat/catalog-api/client'
import { openDatabase } from '@mercat/database/database'
import { chaosTimes } from '@mercat/testing/chaos-times'
import { eventually } from '@mercat/testing/eventually'
import { type SeededRandom, seededRandom } from '@mercat/testing/seeded-random'
import { type Engine, engines } from '@mercat/testing/test-database'
import { describe, expect, test } from 'vitest'
import { type Cluster, startCluster } from './shop/cluster.ts'
import { type FaultProxy, startFaultProxy } from './shop/fault-proxy.ts'
import { startPageWatcher } from './shop/page-watcher.ts'
import { copyChanges, type ProductWatcher, startProductWatcher, type Watcher } from './shop/product-watcher.ts'
import {
	createProductWriters,
	type ProductWriters,
	readQuantities,
	shopSkus,
	sourceSkus,
} from './shop/product-writers.ts'
import { bySku, type CopiedProduct, readLog, type ToldChange } from './shop/told-changes.ts'

// Most of it is for the starts of processes, which are slow on a busy machine.
const timeout = 3_600_000
const recovery = { timeout: 120_000, interval: 10 }
/** CHAOS_TIMES makes the test longer: 10 times has 200 cuts and 40 kills. */
const [cuts, kills] = [20 * chaosTimes, 4 * chaosTimes]

const catalogCount: Record<Engine, number> = { postgres: 2, pglite: 1 }

describe.each(engines)('the changes of products on %s', { timeout }, (engine) => {
	test(`no watcher misses a change, hears one twice or in another order through ${cuts} cuts and ${kills} kills`, async ({
		onTestFailed,
	}) => {
		const random = seededRandom(onTestFailed)
		await using opened = new AsyncDisposableStack()
		const cluster = opened.use(await startCluster({ engine, catalogs: catalogCount[engine] }))
		const proxies: FaultProxy[] = []
		const channels: CatalogClients[] = []
		for (const { port } of cluster.catalogs) {
			const proxy = opened.use(await startFaultProxy())
			proxy.target(port)
			proxies.push(proxy)
			channels.push(opened.adopt(createCatalogClients(`127.0.0.1:${proxy.port}`), ({ close }) => close()))
		}
		const direct = cluster.catalogs.map(({ port }) =>
			opened.adopt(createCatalogClients(`127.0.0.1:${port}`), ({ close }) => close()),
		)
		const writers = createProductWriters({
			random,
			clients: () => random.oneOf(direct),
			token: (scope) => cluster.token('writer', scope),
		})

		const clients = () => random.oneOf(channels)
		const everything = opened.use(startProductWatcher({ clients, withState: false }))
		const page = opened.use(startPageWatcher({ url: cluster.orderUrl }))
		// Nothing has changed before these two watch.
		await eventually(() => expect([everything.isStreaming(), page.isStreaming()]).toEqual([true, true]), recovery)
		await writers.openShop()
		const skus = [
			...shopSkus.slice(10),
			...sourceSkus.slice(20),
			...Array.from({ length: 470 }, (_, sku) => `NONE-${sku}`),
		]
		const some = opened.use(startProductWatcher({ clients, skus, withState: true }))
		const late: ProductWatcher[] = []
		const all = (): Watcher[] => [everything, page, some, ...late]

		const closing = new AbortController()
		const repeat = async (write: () => Promise<void>) => {
			while (!closing.signal.aborted) await write()
		}
		const { importSome, applyPrices, updateOne, reserve } = writers
		const troubles = Promise.all([
			killAtRandom(cluster, writers, random),
			cutAtRandom(all, proxies, random),
			// Some begin with the state amid the changes.
			(async () => {
				for (let watcher = 0; watcher < 3; watcher++) {
					await progress(writers, 10)
					late.push(opened.use(startProductWatcher({ clients, withState: true })))
				}
			})(),
		])
		// Without writers the troubles end, too, so the reason of a writer comes first.
		const parts = [...[importSome, applyPrices, updateOne, reserve, reserve].map(repeat), troubles]
		const outcomes = await Promise.allSettled(parts.map((part) => part.finally(() => closing.abort())))
		for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason

		const quantities = await eventually(() => readQuantities(random.oneOf(direct)), recovery)
		const watchers: ProductWatcher[] = [everything, some, ...late]
		await eventually(() => {
			expect(all().flatMap(({ failure }) => failure ?? [])).toEqual([])
			expect(watchers.map(({ hasWholeState }) => hasWholeState)).not.toContain(false)
			expect(new Set(watchers.map(({ position }) => position)).size).toBe(1)
			for (const watcher of all()) expectQuantities(watcher, quantities)
		}, recovery)
		await eventually(() => expect(page.told).toHaveLength(everything.told.length), recovery)

		for (const service of [...cluster.orders, ...cluster.catalogs]) await service.signal('SIGTERM')
		// The audit opens an embedded database itself.
		{
			await using database = await openDatabase(cluster.urls.catalog)
			const { changes, last } = await readLog(database)
			expect(watchers.map(({ position }) => position)).toEqual(watchers.map(() => last))
			expect(everything.told).toEqual(changes)
			expect(page.told).toEqual(changes)
			const ofSome = new Set(skus)
			expectSuffixes(
				some,
				changes.filter(({ sku }) => ofSome.has(sku)),
			)
			for (const watcher of late) expectSuffixes(watcher, changes)
			const products = await database.query<{ sku: string; version: number; title: string; amountMinor: number }>(
				'select sku, version, title, amount_minor as "amountMinor" from product',
			)
			for (const watcher of all()) {
				const due = products.filter(({ sku }) => watcher !== some || ofSome.has(sku))
				const copy = [...watcher.copy].map(([sku, { version, title, amountMinor }]) => ({
					sku,
					version,
					title,
					amountMinor,
				}))
				expect(copy.sort(bySkuOrder)).toEqual(due.sort(bySkuOrder))
			}
			expect(changes.filter(({ version }) => version === null).length, 'prices alone').toBeGreaterThan(10)
		}
		const { exitCode, output } = await cluster.audit()
		expect(exitCode, output).toBe(0)
	})
})

const bySkuOrder = (one: { sku: string }, other: { sku: string }) => (one.sku < other.sku ? -1 : 1)

function expectQuantities({ copy }: Watcher, quantities: ReadonlyMap<string, number>): void {
	for (const [sku, { available }] of copy) {
		// A quantity that has not changed since the watcher came is not told to one without a state.
		if (available !== undefined) expect([sku, available]).toEqual([sku, quantities.get(sku)])
	}
	for (const sku of shopSkus)
		if (copy.has(sku)) expect([sku, copy.get(sku)?.available]).toEqual([sku, quantities.get(sku)])
}

/**
 * Expects that a watcher that began with a state was told of each product a state, and then each change after it. A resumed stream may
 * tell the state of a product again, but no older one. A product that came after the state has none.
 */
function expectSuffixes({ told }: Watcher, changes: readonly ToldChange[]): void {
	const toldBySku = bySku(told)
	for (const [sku, due] of bySku(changes)) {
		const states = statesOf(due)
		// A product may have had the same price more than once. So it is not known after which changes a state was read.
		let places = new Set([0])
		for (const one of toldBySku.get(sku) ?? [])
			places = one.at === null ? laterPlaces(places, one) : nextPlaces(places, one)
		expect(places, `${sku}: ${JSON.stringify([toldBySku.get(sku), due])}`).toContain(due.length)

		function laterPlaces(before: Set<number>, { version, title, amountMinor }: ToldChange): Set<number> {
			const first = Math.min(...before)
			const isState = (state: CopiedProduct, place: number) =>
				place >= first && state.version === version && state.title === title && state.amountMinor === amountMinor
			return new Set(states.flatMap((state, index) => (isState(state, index + 1) ? [index + 1] : [])))
		}

		function nextPlaces(before: Set<number>, change: ToldChange): Set<number> {
			return new Set([...before].flatMap((place) => (isDeepStrictEqual(due[place], change) ? [place + 1] : [])))
		}
	}
}

/** A product after each of its changes. */
function statesOf(due: readonly ToldChange[]): CopiedProduct[] {
	const copy = new Map<string, CopiedProduct>()
	return due.map((change) => {
		copyChanges(copy, [change])
		return { ...(copy.get(change.sku) as CopiedProduct) }
	})
}

/** Waits until more writes were answered, some of each kind. Between kills, the slowest kind would else never be. */
async function progress(writers: ProductWriters, more: number): Promise<void> {
	const due = writers.count() + more
	const dueOfEach = writers.countOfEach() + 1
	await eventually(() => {
		expect(writers.count()).toBeGreaterThanOrEqual(due)
		expect(writers.countOfEach()).toBeGreaterThanOrEqual(dueOfEach)
	}, recovery)
}

/** Kills a catalog again and again, each time after some writes have been answered. */
async function killAtRandom({ catalogs }: Cluster, writers: ProductWriters, random: SeededRandom): Promise<void> {
	for (let kill = 0; kill < kills; kill++) {
		await progress(writers, 15)
		await sleep(random.between(0, 200))
		const victim = random.oneOf(catalogs)
		await victim.signal('SIGKILL')
		await victim.start()
	}
}

/** Cuts streams that have brought something, at the end of the watcher or in the network. */
async function cutAtRandom(watchers: () => Watcher[], proxies: FaultProxy[], random: SeededRandom): Promise<void> {
	for (let cut = 0; cut < cuts; ) {
		const streaming = () => watchers().filter((watcher) => watcher.isStreaming())
		await eventually(() => expect(streaming().length).toBeGreaterThan(0), recovery)
		await sleep(random.between(0, 150))
		const open = streaming()
		if (random.between(0, 2) < 1 || open.length === 0) {
			open[0] && random.oneOf(open).cut()
			cut++
			continue
		}
		const proxy = random.oneOf(proxies)
		if (random.between(0, 2) < 1) proxy.disconnect()
		else {
			// The streams break in the middle of the next message.
			await proxy.begin({ kind: 'reset' })
			await sleep(random.between(0, 100))
			await proxy.end()
		}
		cut++
	}
}
