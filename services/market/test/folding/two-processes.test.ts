import { engines } from '@mercat/testing/test-database'
import { describe, expect, test } from 'vitest'
import { createBarReadStore } from '../../src/folding/bars/bar-read-store.ts'
import { createReadBars } from '../../src/folding/bars/read-bars.ts'
import { openMarketDatabase } from '../market-database.ts'
import { noon } from '../noon.ts'
import { type Message, metals, startFolding } from './folding-process.ts'

/** A message with a price a second after the one before. */
function message(seq: number): Message {
	const tick = { sku: 'GOLD', currency: 'EUR', amountMinor: 100 + seq, available: undefined, atMs: noon + seq * 1_000 }
	return { seq, ticks: [tick] }
}

const span = { sku: 'GOLD', fromMs: noon, toMs: noon + 60_000 }

describe.each(engines)('two processes that fold one source on %s', (engine) => {
	test('store each message once: only the process that took the source last stores blocks', async () => {
		await using database = await openMarketDatabase(engine, noon)
		const one = await startFolding(database)
		expect(await one.fold([message(1)], noon)).toBe(true)
		const other = await startFolding(database)
		expect(await one.fold([message(2)], noon)).toBe(false)
		expect(await other.fold([message(2)], noon)).toBe(true)
		expect(await one.fold([message(2), message(3)], noon)).toBe(false)
		const stored = await database.query('select block, first_seq, last_seq, tick_count from tick_block order by block')
		expect(stored).toEqual([
			{ block: 1, first_seq: 1, last_seq: 1, tick_count: 1 },
			{ block: 2, first_seq: 2, last_seq: 2, tick_count: 1 },
		])
		expect(await database.query('select folded_seq, block from source')).toEqual([{ folded_seq: 2, block: 2 }])
	})

	test('tell each tick in one bar, when both store the bars of the same blocks', async () => {
		await using database = await openMarketDatabase(engine, noon)
		const one = await startFolding(database)
		await one.fold([message(1)], noon)
		await one.fold([message(2)], noon)
		const other = await startFolding(database)
		await one.bars.store()
		await other.fold([message(3)], noon)
		await other.bars.store()
		expect((await other.readBars({ step: '1s', ...span })).map(({ ticks }) => ticks)).toEqual([1, 1, 1])
		await one.bars.store()
		await other.fold([message(4)], noon)
		await other.bars.store()
		expect((await other.readBars({ step: '1m', ...span })).map(({ ticks }) => ticks)).toEqual([4])
	})

	test('tell each tick in one bar, also when bars are stored while they are read', async () => {
		await using database = await openMarketDatabase(engine, noon)
		const folding = await startFolding(database)
		await folding.fold([message(1)], noon)
		const reads = createBarReadStore(database)
		const readBars = createReadBars({
			...reads,
			openBars: (sku) => folding.bars.ofSku(sku).map((part) => ({ ...part, source: metals })),
			async readSeconds(...request) {
				await folding.fold([message(2)], noon)
				await folding.bars.store()
				return reads.readSeconds(...request)
			},
		})
		expect((await readBars({ step: '1m', ...span })).map(({ ticks }) => ticks)).toEqual([2])
	})

	test('lose no bar when one of them has been told of a block too late', async () => {
		await using database = await openMarketDatabase(engine, noon)
		const one = await startFolding(database)
		await one.fold([message(1)], noon, { untold: true })
		await one.fold([message(2)], noon)
		await one.bars.store()
		expect((await one.readBars({ step: '1s', ...span })).map(({ ticks }) => ticks)).toEqual([1, 1])
	})
})

test.each(engines)('bars have the ticks of two sources that send the same product, on %s', async (engine) => {
	await using database = await openMarketDatabase(engine, noon)
	await database.query("insert into source (name) values ('stones')")
	const one = await startFolding(database)
	const other = await startFolding(database, undefined, 'stones')
	for (let seq = 1; seq <= 3; seq++) {
		for (const folding of [one, other]) {
			await folding.fold([message(seq)], noon)
			await folding.bars.store()
		}
	}
	expect((await one.readBars({ step: '1s', ...span })).map(({ ticks }) => ticks)).toEqual([2, 2, 2])
})

test('a block that was stored without an answer is stored once', async () => {
	await using database = await openMarketDatabase('postgres', noon)
	const folding = await startFolding(database)
	expect(await folding.fold([message(1)], noon, { repeated: true })).toBe(true)
	expect(await database.query('select block from tick_block where source = $1', [metals])).toEqual([{ block: 1 }])
})
