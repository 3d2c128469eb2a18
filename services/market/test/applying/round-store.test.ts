import { randomUUID } from 'node:crypto'
import { engines } from '@mercat/testing/test-database'
import { describe, expect, test } from 'vitest'
import { createRoundStore } from '../../src/applying/round-store.ts'
import { createSourceStore } from '../../src/sources/source-store.ts'
import { openEmptyDatabase } from '../empty-database.ts'

const calls = [
	[{ sku: 'A', currency: 'EUR', amountMinor: 1290 }],
	[{ sku: 'A', currency: 'JPY', amountMinor: 5, hold: { rule: 'CURRENCY_CHANGED', figures: { times: 0.5 } } }],
]

async function openSource(engine: (typeof engines)[number]) {
	await using opened = new AsyncDisposableStack()
	const { database } = opened.use(await openEmptyDatabase(engine))
	const sources = createSourceStore(database)
	await sources.addSources(['metals'])
	const owner = randomUUID()
	await sources.claim('metals', owner)
	await database.query('update source set block = 7')
	const store = createRoundStore(database, { source: 'metals', owner })
	const resources = opened.move()
	return { database, sources, owner, store, [Symbol.asyncDispose]: () => resources.disposeAsync() }
}

describe.each(engines)('the store of rounds on %s', (engine) => {
	test('gives back what was stored, with a sequence for each call', async () => {
		await using source = await openSource(engine)
		expect(await source.store.findRound()).toBeUndefined()
		const firstSequence = await source.store.storeRound({ calls, uptoBlock: 7, previousSequence: 0, above: 0 })
		expect(await source.store.findRound()).toEqual({ firstSequence, uptoBlock: 7, calls, ageMs: expect.any(Number) })
		const [row] = await source.database.query<{ last: number }>('select apply_sequence as last from source')
		expect(row?.last).toBe((firstSequence as number) + 1)
	})

	test('begins with the time, so that the sequences of a lost database are below', async () => {
		await using source = await openSource(engine)
		const [row] = await source.database.query<{ now: number }>(
			'select (extract(epoch from clock_timestamp()) * 1000)::bigint as now',
		)
		const first = await source.store.storeRound({ calls, uptoBlock: 1, previousSequence: 0, above: 0 })
		expect(first).toBeGreaterThan(row?.now as number)
		expect(first).toBeLessThan((row?.now as number) + 60_000)
	})

	test('gives each round sequences above those of the one before, and above those that the catalog has', async () => {
		await using source = await openSource(engine)
		const first = (await source.store.storeRound({ calls, uptoBlock: 1, previousSequence: 0, above: 0 })) as number
		const next = { calls, uptoBlock: 2, previousSequence: first + 1 }
		const second = (await source.store.storeRound({ ...next, above: 0 })) as number
		expect(second).toBeGreaterThan(first + 1)
		const above = second + 1_000_000_000
		const third = await source.store.storeRound({ calls, uptoBlock: 3, previousSequence: second + 1, above })
		expect(third).toBe(above + 1)
	})

	test('stores a round once when its answer was lost', async () => {
		await using source = await openSource(engine)
		const round = { calls, uptoBlock: 1, previousSequence: 0, above: 0 }
		const first = await source.store.storeRound(round)
		expect(await source.store.storeRound(round)).toBe(first)
		expect(await source.store.findRound()).toMatchObject({ firstSequence: first })
	})

	test('takes no other round for its own after the database has lost the one before', async () => {
		await using source = await openSource(engine)
		const first = (await source.store.storeRound({ calls, uptoBlock: 1, previousSequence: 0, above: 0 })) as number
		const before = { previousSequence: first + 1, above: 0 }
		const second = (await source.store.storeRound({ calls, uptoBlock: 2, ...before })) as number
		// As a failover does that loses the last commit.
		await source.database.query('update source set apply_sequence = $1', [first + 1])
		await source.database.query('update apply_round set first_sequence = $1, upto_block = 1', [first])
		const next = { uptoBlock: 3, previousSequence: second + 1, above: 0 }
		expect(await source.store.storeRound({ calls, ...next })).toBeUndefined()
		expect(await source.store.findRound()).toMatchObject({ firstSequence: first, uptoBlock: 1 })
	})

	test('stores no round of blocks that the database has lost', async () => {
		await using source = await openSource(engine)
		expect(await source.store.storeRound({ calls, uptoBlock: 8, previousSequence: 0, above: 0 })).toBeUndefined()
		expect(await source.store.findRound()).toBeUndefined()
	})

	test('stores nothing for a process that has lost the source', async () => {
		await using source = await openSource(engine)
		await source.sources.release('metals', source.owner)
		await source.sources.claim('metals', randomUUID())
		expect(await source.store.storeRound({ calls, uptoBlock: 1, previousSequence: 0, above: 0 })).toBeUndefined()
		expect(await source.store.findRound()).toBeUndefined()
	})
})
