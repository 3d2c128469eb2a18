import { engines } from '@mercat/testing/test-database'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { steps } from '../../../src/folding/bars/bar.ts'
import { rollUpBars } from '../../../src/folding/bars/roll-up.ts'
import { createRollUpStore } from '../../../src/folding/bars/roll-up-store.ts'
import { openMarketDatabase, partitionsOf } from '../../market-database.ts'
import { type Message, openBars, startFolding } from '../folding-process.ts'
import { plainBars } from './plain-bars.ts'

const begunAtMs = Date.UTC(2026, 10, 30, 23, 57)
const skus = ['GOLD', 'LEAD', 'TIN']

const anyTick = fc.record({
	sku: fc.constantFrom(...skus),
	currency: fc.constantFrom('EUR', 'EUR', 'EUR', 'USD'),
	amountMinor: fc.integer({ min: 1, max: 1_000 }),
	available: fc.constant(undefined),
	// Mostly a tick of now. Some have the time of another one, and some are minutes late.
	lateMs: fc.oneof(
		fc.constantFrom(0, 0, 500),
		fc.integer({ min: 0, max: 2_000 }),
		fc.integer({ min: 0, max: 400_000 }),
	),
})
const anyMessage = fc.record({
	afterMs: fc.constantFrom(0, 300, 1_000, 20_000, 90_000, 900_000),
	ticks: fc.array(anyTick, { minLength: 1, maxLength: 6 }),
})
/** What a process does with the next messages, and whether it is killed afterwards. */
const anyTurn = fc.record({
	messages: fc.array(anyMessage, { minLength: 1, maxLength: 4 }),
	append: fc.constantFrom('once', 'once', 'answer lost', 'killed before', 'killed after'),
	storesBars: fc.boolean(),
	rollsUp: fc.boolean(),
	isKilled: fc.boolean(),
	reads: fc.boolean(),
})

describe.each(engines)('on %s', (engine) => {
	test('bars are those of the record, with ticks late, reordered and repeated, and processes killed at any point', async () => {
		await fc.assert(
			fc.asyncProperty(fc.array(anyTurn, { minLength: 5, maxLength: 12 }), async (turns) => {
				await using database = await openMarketDatabase(engine, begunAtMs)
				const record: Message['ticks'] = []
				let unsent: Message[] = []
				let nowMs = begunAtMs
				let seq = 0
				let folding = await startFolding(database)
				const rollUp = rollUpBars({ ...createRollUpStore(database), now: () => nowMs }, 3)

				const expectBars = async () => {
					for (const sku of skus) {
						for (const step of steps) {
							const span = { fromMs: begunAtMs - 86_400_000, toMs: nowMs + 1 }
							expect(await folding.readBars({ sku, step, ...span })).toEqual(plainBars(record, sku, step))
						}
					}
				}

				for (const { messages, append, storesBars, rollsUp, isKilled, reads } of turns) {
					for (const { afterMs, ticks } of messages) {
						nowMs += afterMs
						const sent = ticks.map(({ lateMs, ...tick }) => ({ ...tick, atMs: nowMs - lateMs }))
						record.push(...sent)
						unsent.push({ seq: ++seq, ticks: sent })
					}
					await partitionsOf(database, nowMs, { foldBars: async () => (await openBars(database)).store() })()
					if (append === 'killed before') folding = await startFolding(database)
					const options = { repeated: append === 'answer lost', untold: append === 'killed after' }
					expect(await folding.fold(unsent, nowMs, options)).toBe(true)
					if (append === 'killed after') folding = await startFolding(database)
					unsent = unsent.filter((message) => message.seq > folding.foldedSeq())
					expect(unsent).toEqual([])
					if (storesBars) await folding.bars.store()
					if (rollsUp) await rollUp()
					if (isKilled) folding = await startFolding(database)
					if (reads) await expectBars()
				}
				await expectBars()
				await folding.bars.store()
				nowMs += 2 * 86_400_000
				await rollUp()
				await expectBars()
				expect(await database.query('select from bar_dirty')).toEqual([])
			}),
			{ numRuns: engine === 'postgres' ? 6 : 1, endOnFailure: true },
		)
	})
})
