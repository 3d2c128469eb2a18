import { eventually } from '@mercat/testing/eventually'
import { expect, test } from 'vitest'
import type { ExchangeTick } from '../src/exchange-tick.ts'
import { randomFrom } from '../src/random.ts'
import { runSimulation } from '../src/run-simulation.ts'
import { simulatedProducts } from '../src/simulated-products.ts'
import { createSimulation, type SimulationOptions } from '../src/simulation.ts'

function simulationOf(options: Partial<SimulationOptions> = {}) {
	return createSimulation({ products: simulatedProducts(20), random: randomFrom(3), ...options })
}

/** The logarithmic changes of each product, one after the other. */
function changesOf(ticks: ExchangeTick[]): number[] {
	const last = new Map<string, number>()
	return ticks.flatMap(({ sku, price }) => {
		const before = last.get(sku)
		last.set(sku, price)
		return before === undefined ? [] : [Math.log(price / before)]
	})
}

test('the same seed gives the same products and the same prices', () => {
	expect(simulatedProducts(5, 9)).toEqual(simulatedProducts(5, 9))
	expect(simulatedProducts(5, 9)).not.toEqual(simulatedProducts(5, 8))
	expect(simulationOf().next(500, 0)).toEqual(simulationOf().next(500, 0))
	expect(simulationOf().next(500, 0)).not.toEqual(simulationOf({ random: randomFrom(4) }).next(500, 0))
})

test('prices move in steps of half a percent, and stay around their first price', () => {
	const simulation = simulationOf()
	const opening = new Map(simulation.all(0).map(({ sku, price }) => [sku, price]))
	const ticks = simulation.next(100_000, 0)
	const changes = changesOf(ticks)
	const deviation = Math.sqrt(changes.reduce((sum, change) => sum + change * change, 0) / changes.length)
	expect(deviation).toBeGreaterThan(0.0045)
	expect(deviation).toBeLessThan(0.0055)
	expect(Math.max(...changes.map(Math.abs))).toBeLessThan(0.05)
	const farthest = Math.max(...ticks.map(({ sku, price }) => Math.abs(Math.log(price / (opening.get(sku) ?? 0)))))
	expect(farthest).toBeGreaterThan(0.1)
	expect(farthest).toBeLessThan(0.5)
})

test('a jump is one tick with ten times the price, or a tenth of it', () => {
	const changes = changesOf(simulationOf({ jumps: 0.01 }).next(20_000, 0))
	const jumps = changes.filter((change) => Math.abs(Math.abs(change) - Math.LN10) < 0.1)
	// There and back.
	expect(jumps.length).toBeGreaterThan(300)
	expect(jumps.length).toBeLessThan(500)
	expect(changes.filter((change) => Math.abs(change) > 0.05).length - jumps.length).toBeLessThan(20)
})

test('a switch of the currency keeps the digits before the point, and a wrong clock moves the times', () => {
	const simulation = simulationOf({ clockOffsetMs: 3_600_000 })
	const [before] = simulation.all(1_000)
	simulation.switchCurrency('JPY')
	const [after] = simulation.all(1_000)
	expect(after).toMatchObject({ sku: before?.sku, currency: 'JPY', at: 3_601_000 })
	expect(after?.price).toBe(Math.round((before?.price ?? 0) / 100))
})

test('a stuck source repeats the last tick of each product, with its time', () => {
	const simulation = simulationOf()
	const all = simulation.all(1_000)
	simulation.stick()
	for (const tick of simulation.next(200, 9_000)) expect(all).toContainEqual(tick)
})

test('a simulation begins with every price, keeps its rate, and does what is planned', async () => {
	const published: { ticks: number; garbage: number }[] = []
	const stop = new AbortController()
	const acted: string[] = []
	const exchange = {
		publish(ticks: readonly ExchangeTick[], garbage: readonly unknown[] = []) {
			published.push({ ticks: ticks.length, garbage: garbage.length })
			return 0
		},
		cut: () => acted.push('cut'),
	}
	const begunAt = performance.now()
	const running = runSimulation(
		{ exchange, simulation: simulationOf(), random: randomFrom(1) },
		{
			...{ rate: 2_000, garbage: 0.5, ticksPerMessage: 15, cutsPerMinute: 3_000, signal: stop.signal },
			plan: [
				{ afterMs: 20, act: () => acted.push('second') },
				{ afterMs: 1, act: () => acted.push('first') },
			],
		},
	)
	const total = () => published.slice(2).reduce((sum, { ticks }) => sum + ticks, 0)
	await eventually(() => expect(total()).toBeGreaterThan(1_000))
	stop.abort()
	await running
	const seconds = (performance.now() - begunAt) / 1_000
	expect(published.slice(0, 2)).toEqual([
		{ ticks: 15, garbage: 0 },
		{ ticks: 5, garbage: 0 },
	])
	expect(total()).toBeLessThan(2_000 * seconds + 1)
	expect(Math.max(...published.map(({ ticks }) => ticks))).toBe(15)
	const garbage = published.reduce((sum, one) => sum + one.garbage, 0)
	expect(garbage / total()).toBeGreaterThan(0.4)
	expect(garbage / total()).toBeLessThan(0.6)
	expect(acted.filter((act) => act !== 'cut')).toEqual(['first', 'second'])
	expect(acted).toContain('cut')
})
