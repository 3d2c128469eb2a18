import { engines } from '@mercat/testing/test-database'
import { describe, expect, test } from 'vitest'
import { createPartitionStore } from '../../src/partitions/partition-store.ts'
import { isOver, keptMsOf, type Partition, partitionsAt } from '../../src/partitions/partition-times.ts'
import { defaultRetention } from '../../src/settings/retention.ts'
import { openBars, startFolding } from '../folding/folding-process.ts'
import { openMarketDatabase, partitionsOf } from '../market-database.ts'

const at = (time: string) => Date.parse(`${time}Z`)
const hourMs = 3_600_000
const dayMs = 24 * hourMs

function namesOf(partitions: Partition[]): string[] {
	return partitions.map(({ name }) => name).sort()
}

test('partitions are there for the oldest tick and for the next two hours, by the calendar (UTC)', () => {
	const names = partitionsAt(at('2026-12-31T23:30'), defaultRetention, hourMs).map(({ name }) => name)
	expect(names.filter((name) => name.startsWith('bar'))).toEqual([
		'bar_1s_p202612312100',
		'bar_1s_p202612312200',
		'bar_1s_p202612312300',
		'bar_1s_p202701010000',
		'bar_1s_p202701010100',
		'bar_1m_p202612310000',
		'bar_1m_p202701010000',
		'bar_1h_p202612010000',
		'bar_1h_p202701010000',
		'bar_1d_p202601010000',
		'bar_1d_p202701010000',
	])
	const blocks = names.filter((name) => name.startsWith('tick_block'))
	expect([blocks[0], blocks.at(-1)]).toEqual(['tick_block_p202612312320', 'tick_block_p202701010130'])
})

test('no partition is made of which nothing is kept', () => {
	const retention = { ...defaultRetention, '1s': 2 * hourMs }
	const [oldest] = partitionsAt(at('2026-12-31T23:30'), retention, dayMs).filter(({ table }) => table === 'bar_1s')
	expect(oldest?.name).toBe('bar_1s_p202612312100')
})

describe.each(engines)('partitions on %s', (engine) => {
	const noon = at('2026-11-30T12:00')
	const tick = { sku: 'GOLD', currency: 'EUR', amountMinor: 100, available: undefined, atMs: noon }

	test('are made once, also by several processes at the same time', async () => {
		await using database = await openMarketDatabase(engine, noon)
		const { list } = createPartitionStore(database)
		const before = await list()
		await Promise.all([1, 2, 3].map(() => partitionsOf(database, noon + hourMs)()))
		const after = await list()
		const needed = partitionsAt(noon + hourMs, defaultRetention, hourMs)
		const isKept = ({ table, toMs }: Partition) => !isOver({ toMs }, keptMsOf(table, defaultRetention), noon + hourMs)
		expect(namesOf(after)).toEqual([...new Set(namesOf([...before.filter(isKept), ...needed]))])
	})

	test('are deleted with what they have, each kind after its time', async () => {
		await using database = await openMarketDatabase(engine, noon)
		const folding = await startFolding(database)
		await folding.fold([{ seq: 1, ticks: [tick] }], noon)
		await folding.bars.store()
		const rows = async () => {
			const [row] = await database.query<{ blocks: number; bars: number }>(
				'select (select count(*) from tick_block) as blocks, (select count(*) from bar_1s) as bars',
			)
			return row
		}
		const keepAt = (ms: number) => partitionsOf(database, ms)()
		await keepAt(noon + hourMs + 600_000 - 1)
		expect(await rows()).toEqual({ blocks: 1, bars: 1 })
		await keepAt(noon + hourMs + 600_000)
		expect(await rows()).toEqual({ blocks: 0, bars: 1 })
		await keepAt(noon + dayMs + hourMs - 1)
		expect(await rows()).toEqual({ blocks: 0, bars: 1 })
		await keepAt(noon + dayMs + hourMs)
		expect(await rows()).toEqual({ blocks: 0, bars: 0 })
	})

	test('of small bars are deleted only once the larger ones are made', async () => {
		await using database = await openMarketDatabase(engine, noon)
		const folding = await startFolding(database)
		await folding.fold([{ seq: 1, ticks: [tick] }], noon)
		await folding.bars.store()
		await partitionsOf(database, noon + 2 * dayMs)()
		expect(await database.query('select from bar_1s')).toEqual([])
		const bars = await folding.readBars({ sku: 'GOLD', step: '1d', fromMs: noon - dayMs, toMs: noon })
		expect(bars.map(({ ticks }) => ticks)).toEqual([1])
	})

	test('of ticks are deleted only once these are in bars, also when no process follows their source', async () => {
		await using database = await openMarketDatabase(engine, noon)
		const folding = await startFolding(database)
		await folding.fold([{ seq: 1, ticks: [tick] }], noon)
		const folded: string[] = []
		const foldBars = async (source: string) => {
			folded.push(source)
			await (await openBars(database)).store()
		}
		await partitionsOf(database, noon + 2 * hourMs, { foldBars })()
		expect(folded).toEqual(['metals'])
		expect(await database.query('select ticks from bar_1s')).toEqual([{ ticks: 1 }])
		expect(await database.query('select from tick_block')).toEqual([])
	})
})

test('a partition that a reader uses is deleted later, and the others are deleted now', async () => {
	const noon = at('2026-11-30T12:00')
	await using database = await openMarketDatabase('postgres', noon)
	const { list } = createPartitionStore(database)
	const kept = 'tick_block_p202611301150'
	const isRead = Promise.withResolvers<void>()
	const mayEnd = Promise.withResolvers<void>()
	const reader = database.transaction(async (transaction) => {
		await transaction.query(`select from ${kept}`)
		isRead.resolve()
		await mayEnd.promise
	})
	await isRead.promise
	const old = async () =>
		namesOf(await list()).filter((name) => name.startsWith('tick') && name < 'tick_block_p202611301300')
	await partitionsOf(database, noon + 2 * hourMs)()
	expect(await old()).toEqual([kept])
	mayEnd.resolve()
	await reader
	await partitionsOf(database, noon + 2 * hourMs)()
	expect(await old()).toEqual([])
})
