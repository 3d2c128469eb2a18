import { eventually } from '@mercat/testing/eventually'
import { expect, test } from 'vitest'
import type { ApplyRoundsNeeds } from '../../src/applying/apply-rounds-needs.ts'
import type { Decision } from '../../src/applying/decision.ts'
import { noSpan } from '../../src/telemetry/pipeline-spans.ts'
import { createCatalogModel, createFaults, createSourceModel } from './applying-fakes.ts'
import { startProcess } from './applying-process.ts'

/** Notes how each span of a round has ended. */
function createWorld() {
	const random = () => 0.9
	const ends: (string | undefined)[] = []
	const startSpan: ApplyRoundsNeeds['startSpan'] = (_blocks, prices) =>
		prices === 0 ? noSpan : { trace: undefined, end: (errorType) => void ends.push(errorType) }
	const world = { catalog: createCatalogModel(), source: createSourceModel(), faults: createFaults(random), random }
	return { ...world, startSpan, ends }
}

const decisions: Decision[] = [{ sku: 'A', currency: 'EUR', amountMinor: 1 }]

test('the span of a round ends once when the catalog has its prices', async () => {
	const world = createWorld()
	{
		await using process = await startProcess(world)
		process.take(world.source.fold(decisions), decisions)
		await eventually(() => expect(process.waiting()).toBe(0))
	}
	expect(world.ends).toEqual([undefined])
})

test('the span of a round ends once when the source is lost before', async () => {
	const world = createWorld()
	await using process = await startProcess(world)
	world.source.claim()
	process.take(1, decisions)
	await eventually(() => expect(process.isLost()).toBe(true))
	await eventually(() => expect(world.ends).toEqual(['not applied']))
})

test('the span of a round ends once when the process stops before', async () => {
	const world = createWorld()
	let calls = 0
	world.catalog.apply = () => {
		calls++
		throw new Error('the catalog is away')
	}
	{
		await using process = await startProcess(world)
		process.take(world.source.fold(decisions), decisions)
		await eventually(() => expect(calls).toBeGreaterThan(0))
	}
	expect(world.ends).toEqual(['not applied'])
})
