import { setTimeout as sleep } from 'node:timers/promises'
import { startExchange } from '@mercat/market-exchange/exchange'
import { randomFrom } from '@mercat/market-exchange/random'
import { runSimulation } from '@mercat/market-exchange/run-simulation'
import { simulatedProducts } from '@mercat/market-exchange/simulated-products'
import { createSimulation } from '@mercat/market-exchange/simulation'
import { chaosTimes } from '@mercat/testing/chaos-times'
import { eventually } from '@mercat/testing/eventually'
import { type Engine, engines } from '@mercat/testing/test-database'
import { describe, expect, test } from 'vitest'
import { expectStored } from './live/expect-stored.ts'
import { startLiveMarket } from './live/live-market.ts'
import { openLiveDatabases } from './live/open-databases.ts'
import { createSourceRecord, type RecordedTick } from './live/source-record.ts'

const timeout = 1_200_000
const recovery = { timeout: 300_000, interval: 20 }
/** With CHAOS_TIMES, as in `pnpm soak market`, the stalls have their full length. */
const isSoak = chaosTimes > 1
const hangMs = isSoak ? 30_000 : 5_000
const floodMs = isSoak ? 60_000 : 5_000

const products = simulatedProducts(200)
const skus = products.map(({ sku }) => sku)

// The queue has 20,000 ticks at most, and what the socket has read already.
const mostWaitingTicks = 25_000
// Whatever hung is called again after a pause of some seconds.
const mostPauseMs = 20_000
// An embedded database is in the memory of the process.
const mostGrowthMb: Record<Engine, number> = { postgres: 100, pglite: 400 }

/** A market that follows a source, and the pace of the source. */
async function openBusyMarket(engine: Engine) {
	await using opened = new AsyncDisposableStack()
	const record = createSourceRecord()
	const exchange = opened.use(await startExchange({ record: record.record, keptMessages: 100_000 }))
	const databases = opened.use(await openLiveDatabases(engine))
	const live = opened.use(await startLiveMarket(databases, { url: exchange.url, products }))
	await eventually(() => expect(exchange.subscribers()).toBe(1), recovery)
	const random = randomFrom(27)
	const simulation = createSimulation({ products, random })
	const resources = opened.move()
	return {
		record,
		databases,
		load: live.loads[0] as (typeof live.loads)[number],
		live,
		/** Sends ticks until the signal comes. */
		send: (rate: number, signal: AbortSignal) => runSimulation({ exchange, simulation, random }, { rate, signal }),
		/** Waits until the catalog has what has been sent by now, or something newer. Gives the time that it took. */
		async caughtUpMs(): Promise<number> {
			const since = performance.now()
			const due = record.ticks.length - 1
			const { sku } = record.ticks[due] as RecordedTick
			await eventually(async () => expect(record.pricesOf(sku, due)).toContain(await live.price(sku)), recovery)
			return performance.now() - since
		},
		[Symbol.asyncDispose]: () => resources.disposeAsync(),
	}
}

type BusyMarket = Awaited<ReturnType<typeof openBusyMarket>>

async function expectAll({ live, record, databases }: BusyMarket): Promise<void> {
	await live.has(record.prices(), record.holds(), recovery)
	await live.stop()
	expect(record.snapshots()).toBe(1)
	await expectStored(databases.market, record, skus)
}

test(`after its database has hung for ${hangMs / 1_000} s the market catches up, and its memory stays bounded`, {
	timeout,
}, async () => {
	await using market = await openBusyMarket('postgres')
	const stop = new AbortController()
	const sending = market.send(5_000, stop.signal)
	await eventually(() => expect(market.record.ticks.length).toBeGreaterThan(5_000), recovery)
	await market.caughtUpMs()
	const before = await market.load.read()
	const resume = await market.databases.pause?.()
	const most = await market.load.during(sleep(hangMs))
	resume?.()
	const caughtUpMs = await market.caughtUpMs()
	stop.abort()
	await sending

	expect(most.isPaused).toBe(true)
	expect(most.waitingTicks).toBeLessThan(mostWaitingTicks)
	expect(most.memoryMb - before.memoryMb).toBeLessThan(mostGrowthMb.postgres)
	// It has as much to do as in the time of the stall, and goes on meanwhile.
	expect(caughtUpMs).toBeLessThan(2 * hangMs + mostPauseMs)
	await expectAll(market)
})

describe.each(engines)('a market on %s', { timeout }, (engine) => {
	test(`catches up after its source has sent ten times as much for ${floodMs / 1_000} s, and its memory stays bounded`, async () => {
		await using market = await openBusyMarket(engine)
		const usualRate = 1_000
		await market.send(usualRate, AbortSignal.timeout(2_000))
		await market.caughtUpMs()
		const before = await market.load.read()
		const most = await market.load.during(market.send(10 * usualRate, AbortSignal.timeout(floodMs)))
		const caughtUpMs = await market.caughtUpMs()

		expect(most.waitingTicks).toBeLessThan(mostWaitingTicks)
		expect(most.memoryMb - before.memoryMb).toBeLessThan(mostGrowthMb[engine])
		expect(caughtUpMs).toBeLessThan(2 * floodMs + mostPauseMs)
		await expectAll(market)
	})
})
