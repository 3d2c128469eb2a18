import type { Database } from '@mercat/database/database'
import { engines } from '@mercat/testing/test-database'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createPriceChecks, type PriceChecks } from '../../src/checking/price-checks.ts'
import type { Verdict } from '../../src/checking/verdict.ts'
import { createLatestPriceStore } from '../../src/folding/bars/latest-price-store.ts'
import { rollUpBars } from '../../src/folding/bars/roll-up.ts'
import { createRollUpStore } from '../../src/folding/bars/roll-up-store.ts'
import { createTickBlockStore } from '../../src/folding/blocks/tick-block-store.ts'
import { warmUp } from '../../src/folding/warm-up.ts'
import { sourceDefaults } from '../../src/settings/source-settings.ts'
import type { Tick } from '../../src/ticks/tick.ts'
import { inShort } from '../checking/any-checks.ts'
import { openMarketDatabase } from '../market-database.ts'
import { type FoldingProcess, metals, startFolding } from './folding-process.ts'

const begunAtMs = Date.UTC(2026, 10, 30, 23, 58)
const evening = Date.UTC(2026, 10, 30, 23, 30)

function newChecks(): PriceChecks {
	return createPriceChecks({
		settings: { ...sourceDefaults, window: 9, threshold: 3, leastMovePercent: 2 },
		productOf: () => ({ currency: 'EUR', amountMinor: 10_000, archived: false }),
		isOthers: () => false,
	})
}

const anyMove = fc.record({
	sku: fc.constantFrom('GOLD', 'LEAD'),
	percent: fc.oneof(
		{ weight: 20, arbitrary: fc.constantFrom(0, 0, 0, 1, -1) },
		{ weight: 5, arbitrary: fc.constantFrom(4, -4) },
		{ weight: 1, arbitrary: fc.constantFrom(45, -40, 900) },
	),
	lateMs: fc.constantFrom(0, 0, 0, 2_500),
})
/** What one process judges and folds before the next one takes over. */
type Run = { moves: { sku: string; percent: number; lateMs: number }[]; storesBars: boolean }

const anyRun: fc.Arbitrary<Run> = fc.record({
	moves: fc.array(anyMove, { minLength: 1, maxLength: 8 }),
	storesBars: fc.boolean(),
})

/** A steady price, an outlier that is released by the third process that judges it, a jump and a late tick. */
const usualRuns = [Array<number>(12).fill(0), [4], [0, 0], [900], [0, 0]].map((percents, index): Run => {
	const moves = percents.map((percent) => ({ sku: 'GOLD', percent, lateMs: 0 }))
	return {
		moves: index < 4 ? moves : [...moves, { sku: 'GOLD', percent: 0, lateMs: 2_500 }],
		storesBars: index % 2 === 0,
	}
})

function readLatest(database: Database) {
	return (leastTicks: number) => createTickBlockStore(database).readLatest(metals, leastTicks)
}

describe.each(engines)('the checks after a start on %s', (engine) => {
	test('say of every tick what they would have said without the stop', async () => {
		const rules = new Set<string>()
		await fc.assert(
			fc.asyncProperty(fc.array(anyRun, { minLength: 5, maxLength: 20 }), async (runs) => {
				await using database = await openMarketDatabase(engine, begunAtMs)
				const amounts: Record<string, number> = { GOLD: 10_000, LEAD: 10_000 }
				const whole = newChecks()
				let nowMs = begunAtMs
				for (const { moves, storesBars } of [...usualRuns, ...runs]) {
					const ticks = moves.map(({ sku, percent, lateMs }): Tick => {
						const amountMinor = Math.round((amounts[sku]! * (100 + percent)) / 100)
						// The source goes on from there, whether the price is held or not.
						if (Math.abs(percent) < 100) amounts[sku] = amountMinor
						nowMs += 2_000
						return { sku, currency: 'EUR', amountMinor, available: undefined, atMs: nowMs - lateMs }
					})
					const checks = newChecks()
					const needs = { ...createLatestPriceStore(database), checks, now: () => nowMs }
					await warmUp({ readLatest: readLatest(database), ...needs }, { maxAgeMs: 3_600_000 })
					const told: Verdict[] = []
					const folding = await startFolding(database, (tick) => {
						const verdict = checks.judge(tick, nowMs)
						told.push(verdict)
						return verdict
					})
					await foldEach(folding, ticks)
					if (storesBars) await folding.bars.store()
					const expected = ticks.map((tick) => whole.judge(tick, nowMs))
					expect(told).toEqual(expected)
					for (const verdict of expected) rules.add(inShort(verdict))
				}
			}),
			{ numRuns: engine === 'postgres' ? 4 : 1, endOnFailure: true },
		)
		expect([...rules]).toEqual(expect.arrayContaining(['accept', 'late', 'hold TICK_CHANGE', 'hold OUTLIER']))
	})

	test('know the first and the last price of the day of products whose ticks are not read', async () => {
		await using database = await openMarketDatabase(engine, evening)
		const folding = await startFolding(database)
		const tick = (sku: string, amountMinor: number, minutes: number): Tick => {
			return { sku, currency: 'EUR', amountMinor, available: undefined, atMs: evening + minutes * 60_000 }
		}
		await foldEach(folding, [
			tick('GOLD', 10_000, 0),
			tick('LEAD', 500, 1),
			tick('GOLD', 14_000, 2),
			tick('GOLD', 17_000, 3),
		])
		await folding.bars.store()
		await rollUpBars({ ...createRollUpStore(database), now: () => evening + 4 * 60_000 })()
		// The last minute of gold has no bar of a minute yet.
		await foldEach(folding, [tick('GOLD', 16_000, 4), tick('TIN', 900, 4)])
		await folding.bars.store()
		await foldEach(folding, [tick('ZINC', 100, 5)])

		const checks = createPriceChecks({
			settings: sourceDefaults,
			productOf: (sku) => ({ currency: 'EUR', amountMinor: sku === 'TIN' ? 900 : 16_000, archived: false }),
			isOthers: () => false,
		})
		const lastBlock = async function* (leastTicks: number) {
			for await (const block of readLatest(database)(leastTicks)) {
				if (block.ticks.some(({ sku }) => sku === 'ZINC')) yield block
			}
		}
		await warmUp(
			{
				readLatest: lastBlock,
				...createLatestPriceStore(database),
				checks,
				now: () => evening + 6 * 60_000,
			},
			{ maxAgeMs: 3_600_000, leastTicks: 1 },
		)
		const judge = (sku: string, amountMinor: number): Verdict =>
			checks.judge(tick(sku, amountMinor, 6), evening + 6 * 60_000)
		expect(inShort(judge('GOLD', 18_001))).toBe('hold DAY_CHANGE')
		expect(inShort(judge('GOLD', 18_000))).toBe('accept')
		expect(inShort(judge('LEAD', 751))).toBe('hold TICK_CHANGE')
		expect(inShort(judge('LEAD', 750))).toBe('accept')
		expect(judge('TIN', 900)).toEqual({ kind: 'accept', anew: false })
	})
})

/** Folds each tick as a message and a block of its own. */
async function foldEach(folding: FoldingProcess, ticks: readonly Tick[]): Promise<void> {
	for (const tick of ticks) {
		const message = { seq: folding.foldedSeq() + 1, ticks: [tick] }
		expect(await folding.fold([message], tick.atMs)).toBe(true)
	}
}
