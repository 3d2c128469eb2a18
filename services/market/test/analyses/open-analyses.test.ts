import { randomUUID } from 'node:crypto'
import type { Database } from '@mercat/database/database'
import { budgetForEach } from '@mercat/service/budget'
import { createLog } from '@mercat/service/log'
import { eventually } from '@mercat/testing/eventually'
import { engines } from '@mercat/testing/test-database'
import { describe, expect, test } from 'vitest'
import type { AnalysisRequest } from '../../src/analyses/analysis.ts'
import { judgeAgain } from '../../src/analyses/judging/judge-again.ts'
import type { JudgedTick } from '../../src/folding/blocks/judged-tick.ts'
import { openAnalyses } from '../../src/open-analyses.ts'
import { openMarketDatabase } from '../market-database.ts'
import { noon } from '../noon.ts'
import { judgedTicks, settingsWith } from './judged-ticks.ts'
import { source, storeBlock } from './store-ticks.ts'

const strict = settingsWith({ threshold: 2.5, leastMovePercent: 0.3, maxDayChangePercent: 5 })
const ticksOfBlock = 500
const log = createLog('market', 'warn')

/** Stores blocks of ticks, each of which lasts five seconds. */
async function storeBlocks(database: Database, count: number): Promise<JudgedTick[][]> {
	const ticks = judgedTicks({ atMs: noon })
	const blocks = Array.from({ length: count }, () => ticks.take(ticksOfBlock))
	for (const [index, block] of blocks.entries()) await storeBlock(database, index + 1, block)
	return blocks
}

/** The result of an analysis, once it is done. */
async function analyse(database: Database, request: Partial<AnalysisRequest>, leastTicks?: number) {
	await using analyses = openAnalyses({ database, log }, { sources: [], leastTicks })
	const id = randomUUID()
	const all = { source, from: new Date(0), to: new Date(noon + 3_600_000), settings: strict, createdBy: 'alice' }
	await analyses.create(id, { ...all, ...request }, { mostWaiting: 10, mostKept: 100 }, budgetForEach(10_000))
	analyses.wake()
	return await eventually(async () => {
		const analysis = await analyses.find(id, budgetForEach(10_000))
		expect(analysis).toMatchObject({ status: 'done', percent: 100 })
		return analysis?.result
	})
}

const blockAt = (index: number) => new Date(noon + index * 5_000)

describe.each(engines)('an analysis of stored ticks on %s', (engine) => {
	test('finds what other settings would have said of each of them', async () => {
		await using database = await openMarketDatabase(engine, noon)
		const blocks = await storeBlocks(database, 40)
		const expected = judgeAgain(strict)
		for (const block of blocks) expected.judge(block, block.at(-1)!.atMs, true)
		const result = await analyse(database, {})
		expect(result).toEqual({ ...expected.result(), missingBlocks: 0 })
		expect(result?.ticks).toBe(40 * ticksOfBlock)
		expect(result?.verdicts.held.OUTLIER).toBeGreaterThan(result?.verdictsBefore.held.OUTLIER ?? 0)
		expect(await analyse(database, { settings: settingsWith() })).toMatchObject({ different: 0, differences: [] })
	})

	test('counts the ticks that were stored in its time, with windows that are full before', async () => {
		await using database = await openMarketDatabase(engine, noon)
		const blocks = await storeBlocks(database, 30)
		await database.query(`
			insert into bar_1s (begin, open, high, low, close, ticks, open_ms, close_ms, currency, sku)
			select '2026-11-30T10:30:00Z', 9000, 9000, 9000, 9000, 1, 0, 0, 'EUR', 'SKU-' || product
			from generate_series(1, 4) as product`)
		const expected = judgeAgain(strict)
		expected.restoreFirst(
			[1, 2, 3, 4].map((product) => ({ sku: `SKU-${product}`, amountMinor: 9_000, atMs: noon - 5_400_000 })),
		)
		for (const block of blocks.slice(6, 20)) {
			const { seq, atMs } = block.at(-1)!
			expected.judge(block, atMs, seq > 10 * ticksOfBlock)
		}
		const request = { from: blockAt(10), to: blockAt(20) }
		const result = await analyse(database, request, 3 * ticksOfBlock + 1)
		expect(result).toEqual({ ...expected.result(), missingBlocks: 0 })
		expect(result?.ticks).toBe(10 * ticksOfBlock)
		expect(result?.verdicts.held.DAY_CHANGE).toBeGreaterThan(0)
	})

	test('is done without ticks where there are none, and tells blocks that are deleted', async () => {
		await using database = await openMarketDatabase(engine, noon)
		expect(await analyse(database, {})).toMatchObject({ ticks: 0, different: 0 })
		await storeBlocks(database, 4)
		await database.query('delete from tick_block where block in (2, 3)')
		expect(await analyse(database, {})).toMatchObject({ ticks: 2 * ticksOfBlock, missingBlocks: 2 })
		expect(await analyse(database, { source: 'other' })).toMatchObject({ ticks: 0, missingBlocks: 0 })
	})
})
