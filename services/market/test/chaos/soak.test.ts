import { setTimeout as sleep } from 'node:timers/promises'
import { type Exchange, startExchange } from '@mercat/market-exchange/exchange'
import { runSimulation } from '@mercat/market-exchange/run-simulation'
import { simulatedProducts } from '@mercat/market-exchange/simulated-products'
import { createSimulation } from '@mercat/market-exchange/simulation'
import { chaosTimes } from '@mercat/testing/chaos-times'
import { eventually } from '@mercat/testing/eventually'
import { type SeededRandom, seededRandom } from '@mercat/testing/seeded-random'
import { engines } from '@mercat/testing/test-database'
import { describe, expect, test } from 'vitest'
import { countedSales } from './live/counted-sales.ts'
import { orderOn, transitionsOf } from './live/customers.ts'
import { expectStored } from './live/expect-stored.ts'
import { type LiveMarket, startLiveMarket } from './live/live-market.ts'
import { type LiveDatabases, openLiveDatabases } from './live/open-databases.ts'
import { createSourceRecord, type SourceRecord } from './live/source-record.ts'

// Most of it is for the starts of processes, which are slow on a busy machine.
const timeout = 14_400_000
const recovery = { timeout: 180_000, interval: 50 }

const products = simulatedProducts(60)
const skus = products.map(({ sku }) => sku)
const rate = 300

type Trouble =
	| 'a cut'
	| 'a kill of the market'
	| 'a pause of the market'
	| 'a kill of the catalog'
	| 'a crash of the databases'

describe.each(engines)('a market on %s', { timeout }, (engine) => {
	const troubles: Trouble[] = [
		...repeated('a cut', 15 * chaosTimes),
		...repeated('a kill of the market', chaosTimes),
		...repeated('a kill of the catalog', chaosTimes),
		// An embedded database has one process, and ends with it.
		...(engine === 'postgres'
			? [...repeated('a pause of the market', chaosTimes), ...repeated('a crash of the databases', chaosTimes)]
			: []),
	]

	test(`misses no tick and no order, and counts none twice, through ${troubles.length} cuts, kills, pauses and crashes`, async ({
		onTestFailed,
	}) => {
		const seeded = seededRandom(onTestFailed)
		const random = seeded.next
		await using opened = new AsyncDisposableStack()
		const record = createSourceRecord()
		const faults = { random, duplicates: 0.02, reordered: 0.02, garbage: 0.01 }
		const exchange = opened.use(await startExchange({ record: record.record, faults }))
		const databases = opened.use(await openLiveDatabases(engine))
		const live = opened.use(
			await startLiveMarket(databases, {
				url: exchange.url,
				products,
				processes: engine === 'postgres' ? 2 : 1,
			}),
		)
		onTestFailed(() => console.error(live.markets.map(({ output }) => output()).join('\n')))
		// From its first message on, the market has them all.
		await eventually(() => expect(exchange.subscribers()).toBe(1), recovery)

		const stop = new AbortController()
		const simulation = createSimulation({ products, random, jumps: 0.01 })
		const simulating = runSimulation({ exchange, simulation, random }, { rate, signal: stop.signal, garbage: 0.01 })
		opened.defer(() => {
			stop.abort()
			return simulating
		})
		const closing = new AbortController()
		const { orderUrl, token } = live
		const ordering = orderOn({ url: orderUrl, token, skus, random, signal: closing.signal })
		opened.defer(() => closing.abort())
		const shop = { exchange, live, record, databases, random: seeded }
		await pricesFlow(shop)
		for (const trouble of seeded.shuffled(troubles)) {
			await make(trouble, shop)
			if (trouble !== 'a cut') await pricesFlow(shop)
		}
		await pricesFlow(shop)
		stop.abort()
		await simulating
		closing.abort()
		const sold = await ordering

		await live.has(record.prices(), record.holds(), recovery)
		await live.hasCounted(transitionsOf(sold), recovery)
		const histories = await Promise.all(skus.map((sku) => live.history(sku)))
		await live.stop()
		expect(record.snapshots()).toBe(1)
		await expectStored(databases.market, record, skus)
		for (const [index, sku] of skus.entries()) {
			const [, ...had] = histories[index] as number[]
			expect(isSubsequence(had, record.pricesOf(sku)), sku).toBe(true)
		}
		expect(await countedSales(databases.market)).toEqual(sold)
		const { exitCode, stdout, stderr } = await live.audit()
		expect(exitCode, stdout + stderr).toBe(0)
	})
})

type Shop = {
	exchange: Exchange
	live: LiveMarket
	record: SourceRecord
	databases: LiveDatabases
	random: SeededRandom
}

async function make(trouble: Trouble, shop: Shop): Promise<void> {
	const { exchange, live, databases, random } = shop
	if (trouble === 'a cut') {
		await eventually(() => expect(exchange.subscribers()).toBeGreaterThan(0), recovery)
		await sleep(random.between(0, 300))
		exchange.cut()
		return
	}
	await sleep(random.between(0, 1_000))
	const market = random.oneOf(live.markets)
	if (trouble === 'a crash of the databases') await databases.crash?.()
	else if (trouble === 'a pause of the market') {
		market.pause()
		// If it has the source, the other process takes it over.
		await pricesFlow(shop)
		market.resume()
	} else {
		const service = trouble === 'a kill of the market' ? market : live.catalog
		await service.kill()
		await service.start()
	}
}

/** Waits until the catalog has a price that came after this call. */
async function pricesFlow({ live, record, random }: Shop): Promise<void> {
	const since = record.ticks.length
	const sku = random.oneOf(skus)
	await eventually(async () => expect(record.pricesOf(sku, since)).toContain(await live.price(sku)), recovery)
}

function repeated(item: Trouble, count: number): Trouble[] {
	return Array.from({ length: count }, () => item)
}

/** Whether the items of one list are in another one, in the same order. */
function isSubsequence(items: readonly number[], of: readonly number[]): boolean {
	let place = 0
	for (const item of items) {
		while (place < of.length && of[place] !== item) place++
		if (place++ >= of.length) return false
	}
	return true
}
