import { setImmediate as turn } from 'node:timers/promises'
import { randomFrom } from '@mercat/market-exchange/random'
import { eventually } from '@mercat/testing/eventually'
import { describe, expect, test } from 'vitest'
import type { ApplyRounds } from '../../src/applying/apply-rounds.ts'
import type { Decision } from '../../src/applying/decision.ts'
import { createCatalogModel, createFaults, createSourceModel } from './applying-fakes.ts'
import { startProcess, type World } from './applying-process.ts'

/** A number for each tick, in their order, is its price. */
function createTicks(random: () => number) {
	let tick = 0
	return (): Decision[] =>
		Array.from({ length: Math.floor(random() * 4) }, () => ({
			sku: `SKU-${Math.floor(random() * 5)}`,
			currency: 'EUR',
			amountMinor: ++tick,
			...(random() < 0.2 && { hold: { rule: 'OUTLIER', figures: { score: 9 } } }),
		}))
}

async function runWorld(seed: number): Promise<World> {
	const random = randomFrom(seed)
	const catalog = createCatalogModel()
	const source = createSourceModel()
	const faults = createFaults(random)
	const world = { catalog, source, faults, random }
	const nextTicks = createTicks(random)
	await using processes = new AsyncDisposableStack()
	let process = processes.use(await startProcess(world))
	for (let step = 0; step < 60; step++) {
		const decisions = nextTicks()
		process.take(source.fold(decisions), decisions)
		for (let turns = Math.floor(random() * 8); turns > 0; turns--) await turn()
		if (random() < 0.2) faults.arrive()
		if (random() < 0.03) catalog.interfere(1_000)
		if (random() < 0.15) {
			// The process before is gone, or goes on without knowing that it has lost the source.
			if (random() < 0.5) await process[Symbol.asyncDispose]()
			process = processes.use(await startProcess(world))
		}
	}
	faults.end()
	await eventually(() => expect(process.waiting()).toBe(0))
	return world
}

describe('with lost and late calls, lost and late commits, killed processes and processes that have lost the source', () => {
	test.each(Array.from({ length: 200 }, (_, seed) => seed))(
		'each price counts once and in order: seed %i',
		async (seed) => {
			const { catalog, source } = await runWorld(seed)
			const decided = Object.entries(Object.groupBy(source.blocks.flat(), ({ sku }) => sku))
			for (const [sku, decisions = []] of decided) {
				const accepted = decisions.filter(({ hold }) => hold === undefined).map(({ amountMinor }) => amountMinor)
				const had = catalog.prices.get(sku) ?? []
				expect(had.at(-1)).toBe(accepted.at(-1))
				expect(had).toEqual([...new Set(had)].toSorted((one, other) => one - other))
				for (const price of had) expect(accepted).toContain(price)
				const last = decisions.at(-1)
				expect(catalog.holds.get(sku)).toBe(last?.hold === undefined ? undefined : last.amountMinor)
			}
		},
	)
})

test('somebody else who applies prices under the name of the source takes none away', async () => {
	const random = () => 0.9
	const world = { catalog: createCatalogModel(), source: createSourceModel(), faults: createFaults(random), random }
	const { catalog, source } = world
	const applied = (process: ApplyRounds) => eventually(() => expect(process.waiting()).toBe(0))
	{
		await using process = await startProcess(world)
		const first: Decision[] = [{ sku: 'FIRST', currency: 'EUR', amountMinor: 1 }]
		process.take(source.fold(first), first)
		await applied(process)
	}
	await using process = await startProcess(world)
	const accepted: Decision[] = Array.from({ length: 1_200 }, (_, tick) => ({
		sku: `SKU-${tick}`,
		currency: 'EUR',
		amountMinor: tick,
	}))
	// The round has three calls. Before the second one is sent, somebody has the sequences of both that follow.
	const apply = catalog.apply
	catalog.apply = (sequence, prices) => {
		const answer = apply(sequence, prices)
		if (sequence === 2) catalog.interfere(2)
		return answer
	}
	process.take(source.fold(accepted), accepted)
	await applied(process)
	for (const { sku, amountMinor } of accepted) expect(catalog.prices.get(sku)).toEqual([amountMinor])
})

test('prices that the catalog never takes hold up no others', async () => {
	const random = () => 0.9
	const world = { catalog: createCatalogModel(), source: createSourceModel(), faults: createFaults(random), random }
	const { catalog, source } = world
	const apply = catalog.apply
	catalog.apply = (sequence, prices) => {
		const valid = prices.filter(({ amountMinor }) => amountMinor >= 0)
		return valid.length < prices.length ? { kind: 'invalid', valid, detail: 'bad' } : apply(sequence, prices)
	}
	const decisions: Decision[] = [7, -1, 9].map((amountMinor, index) => ({
		sku: `SKU-${index}`,
		currency: 'EUR',
		amountMinor,
	}))
	{
		await using process = await startProcess(world)
		process.take(source.fold(decisions), decisions)
		await eventually(() => expect(process.waiting()).toBe(0))
	}
	expect([...catalog.prices]).toEqual([
		['SKU-0', [7]],
		['SKU-2', [9]],
	])
	// Not even when all of a call is bad, and a process begins with it.
	await using process = await startProcess(world)
	process.take(source.fold([decisions[1]!]), [decisions[1]!])
	process.take(source.fold([decisions[0]!]), [{ ...decisions[0]!, amountMinor: 8 }])
	await eventually(() => expect(process.waiting()).toBe(0))
	expect(catalog.prices.get('SKU-0')).toEqual([7, 8])
})

test('a process that has lost the source sends nothing new', async () => {
	const random = () => 0.9
	const world = { catalog: createCatalogModel(), source: createSourceModel(), faults: createFaults(random), random }
	await using process = await startProcess(world)
	world.source.claim()
	process.take(1, [{ sku: 'A', currency: 'EUR', amountMinor: 1 }])
	await eventually(() => expect(process.isLost()).toBe(true))
	expect(world.catalog.prices.size).toBe(0)
})
