import { randomFrom } from '@mercat/market-exchange/random'
import { createSimulation, type Simulation } from '@mercat/market-exchange/simulation'
import { register } from '@mercat/service/metrics'
import { eventually } from '@mercat/testing/eventually'
import { readSamples, sumOf } from '@mercat/testing/read-samples'
import { expect, test, vi } from 'vitest'
import { addProducts, heldPrices, openMarket } from './open-market.ts'

vi.setConfig({ testTimeout: 120_000 })

const skus = Array.from({ length: 20 }, (_, index) => `METAL-${index}`)

/** A market whose catalog has the first prices of a source, and the products of the source, which cost 1,000 cents. */
async function openFollowed(source: string, settings?: object) {
	await using opened = new AsyncDisposableStack()
	const market = opened.use(await openMarket('postgres', { sources: [source], ...(settings && { settings }) }))
	await addProducts(market.catalog, source, skus)
	await market.start()
	const exchange = market.exchange(source)
	await eventually(() => expect(exchange.subscribers()).toBe(1))
	const products = skus.map((sku) => ({ sku, amountMinor: 1_000, currency: 'EUR', available: 1 }))
	const simulate = (clockOffsetMs = 0) => createSimulation({ products, random: randomFrom(27), clockOffsetMs })
	const prices = () => Promise.all(skus.map((sku) => market.price(sku)))
	const resources = opened.move()
	return {
		exchange,
		simulate,
		prices,
		held: () => heldPrices(market.catalog),
		/** Sends a walk of prices, and waits until the catalog has its end. */
		async walk(simulation: Simulation): Promise<(number | undefined)[]> {
			exchange.publish(simulation.next(200, Date.now()))
			const last = simulation.all(Date.now())
			exchange.publish(last)
			const due = last.map(({ price }) => price)
			await eventually(async () => expect(await prices()).toEqual(due))
			return due
		},
		/** How many ticks had a verdict. */
		async counted(verdict: string, rule: string): Promise<number> {
			const samples = readSamples(await register.metrics())
			return sumOf(samples, 'mercat_market_ticks_total', 'rule', { source, verdict })[rule] ?? 0
		},
		[Symbol.asyncDispose]: () => resources.disposeAsync(),
	}
}

test('the prices of a source that goes over to another currency are held', async () => {
	await using market = await openFollowed('other-currency')
	const simulation = market.simulate()
	const before = await market.walk(simulation)
	simulation.switchCurrency('USD')
	for (let times = 0; times < 5; times++) market.exchange.publish(simulation.all(Date.now()))
	await eventually(async () => expect(await market.counted('hold', 'CURRENCY_CHANGED')).toBe(5 * skus.length))
	await eventually(async () => expect(await market.held()).toHaveLength(skus.length))
	expect(new Set((await market.held()).map(({ rule }) => rule))).toEqual(new Set(['CURRENCY_CHANGED']))
	expect(await market.prices()).toEqual(before)
})

test.each([
	['fast', 3_700_000, 'CLOCK_AHEAD'],
	['slow', -3_700_000, 'TOO_OLD'],
])('the prices of a source whose clock is an hour %s are refused', async (pace, offsetMs, rule) => {
	await using market = await openFollowed(`clock-${pace}`)
	const before = await market.walk(market.simulate())
	market.exchange.publish(market.simulate(offsetMs).next(100, Date.now()))
	await eventually(async () => expect(await market.counted('refuse', rule)).toBe(100))
	expect(await market.held()).toEqual([])
	expect(await market.prices()).toEqual(before)
})

test('a source that is stuck is refused as soon as its ticks are too old', async () => {
	await using market = await openFollowed('stuck', { maxAgeS: 2 })
	const simulation = market.simulate()
	const before = await market.walk(simulation)
	simulation.stick()
	await eventually(async () => {
		market.exchange.publish(simulation.all(Date.now()))
		expect(await market.counted('refuse', 'TOO_OLD')).toBeGreaterThan(5 * skus.length)
	})
	expect(await market.held()).toEqual([])
	expect(await market.prices()).toEqual(before)
})

test('garbage among ticks is refused, and takes no price away', async () => {
	await using market = await openFollowed('garbage')
	const simulation = market.simulate()
	const garbage = [null, 'METAL-1', { sku: 'METAL-1', price: -1, currency: 'EUR', at: 0 }]
	for (let times = 0; times < 20; times++) market.exchange.publish(simulation.next(15, Date.now()), garbage)
	await market.walk(simulation)
	expect(await market.counted('refuse', 'BAD_TICK')).toBe(60)
	expect(await market.held()).toEqual([])
})

test('ten times the price, or a tenth of it, is held, and the next good price ends the hold', async () => {
	await using market = await openFollowed('jumps')
	const simulation = market.simulate()
	const before = await market.walk(simulation)
	const jumped = simulation.all(Date.now()).map((tick, index) => ({
		...tick,
		price: Math.round(tick.price * (index % 2 === 0 ? 10 : 0.1)),
	}))
	for (let times = 0; times < 5; times++) market.exchange.publish(jumped)
	await eventually(async () => {
		const held = await market.held()
		expect(held.map(({ amountMinor }) => amountMinor).sort()).toEqual(jumped.map(({ price }) => price).sort())
	})
	expect(new Set((await market.held()).map(({ rule }) => rule))).toEqual(new Set(['TICK_CHANGE']))
	expect(await market.prices()).toEqual(before)
	await market.walk(simulation)
	expect(await market.held()).toEqual([])
})
