import { startExchange } from '@mercat/market-exchange/exchange'
import { runSimulation } from '@mercat/market-exchange/run-simulation'
import { simulatedProducts } from '@mercat/market-exchange/simulated-products'
import { createSimulation } from '@mercat/market-exchange/simulation'
import type { WireFaults } from '@mercat/market-exchange/wire-faults'
import { eventually } from '@mercat/testing/eventually'
import { seededRandom } from '@mercat/testing/seeded-random'
import { expect, test } from 'vitest'
import { followTestSource } from './follow-test-source.ts'

/** Follows an exchange with faults through many cuts. Resolves to what it has published and what was taken. */
async function followThroughCuts(faults: WireFaults, cuts: number) {
	const { random } = faults
	const published = new Map<number, string>()
	await using exchange = await startExchange({
		keptMessages: 100_000,
		faults,
		record(text) {
			const { seq, snapshot, ticks } = JSON.parse(text)
			if (snapshot === undefined) published.set(seq, JSON.stringify(ticks.map(pricesOf)))
		},
	})
	await using source = followTestSource(exchange.url, { mostTicks: 500 })
	source.takeAll()
	const simulation = createSimulation({ products: simulatedProducts(50), random })
	const stop = new AbortController()
	const running = runSimulation(
		{ exchange, simulation, random },
		{ rate: 3_000, signal: stop.signal, ticksPerMessage: 5 },
	)
	for (let done = 0; done < cuts; ) {
		await eventually(() => expect(source.status().isConnected).toBe(true))
		const before = source.status().position ?? 0
		await eventually(() => expect(source.status().position).toBeGreaterThan(before + 10))
		done += exchange.cut()
	}
	// Each gap that was noticed has led to a subscription of its own.
	const gaps = faults.gaps === undefined ? 0 : 5
	await eventually(() => expect(exchange.counts().subscriptions).toBeGreaterThan(cuts + gaps))
	stop.abort()
	await running
	exchange.publish(simulation.all(0))
	await eventually(() => expect(source.seqs().at(-1)).toBe(exchange.last()))
	return { published, taken: source.taken, snapshots: exchange.counts().snapshots }
}

const pricesOf = (tick: { sku: string; price?: number; amountMinor?: number }) => [
	tick.sku,
	tick.price ?? tick.amountMinor,
]

test('through cuts, with messages twice, late and between garbage, each message is taken once and in order', async ({
	onTestFailed,
}) => {
	const faults = { random: seededRandom(onTestFailed).next, duplicates: 0.02, reordered: 0.02, garbage: 0.02 }
	const { published, taken, snapshots } = await followThroughCuts(faults, 15)
	expect(snapshots).toBe(1)
	const [first, ...rest] = taken
	expect(first?.isSnapshot).toBe(true)
	const expected = [...published].filter(([seq]) => seq > (first?.seq ?? 0))
	expect(rest.map(({ seq, ticks }) => [seq, JSON.stringify(ticks.map(pricesOf))])).toEqual(expected)
})

test('with messages that are lost, too, nothing is missed that no snapshot replaces', async ({ onTestFailed }) => {
	const faults = { random: seededRandom(onTestFailed).next, gaps: 0.01, duplicates: 0.01, reordered: 0.01 }
	const { published, taken } = await followThroughCuts(faults, 5)
	let last = -1
	for (const { seq, isSnapshot, ticks } of taken) {
		if (isSnapshot) expect(seq).toBeGreaterThanOrEqual(last)
		else expect([seq, JSON.stringify(ticks.map(pricesOf))]).toEqual([last + 1, published.get(seq)])
		last = seq
	}
})
