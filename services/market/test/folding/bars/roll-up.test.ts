import { eventually } from '@mercat/testing/eventually'
import { engines } from '@mercat/testing/test-database'
import { describe, expect, test } from 'vitest'
import { rollUpBars } from '../../../src/folding/bars/roll-up.ts'
import { createRollUpStore, shareBars } from '../../../src/folding/bars/roll-up-store.ts'
import { openMarketDatabase } from '../../market-database.ts'
import { noon } from '../../noon.ts'
import { startFolding } from '../folding-process.ts'

const minuteMs = 60_000

function tick(afterMs: number, amountMinor: number) {
	return { sku: 'GOLD', currency: 'EUR', amountMinor, available: undefined, atMs: noon + afterMs }
}

const minutes =
	'select extract(epoch from begin)::bigint % 3600 / 60 as minute, open, close, ticks from bar_1m order by begin'

describe.each(engines)('larger bars on %s', (engine) => {
	test('are made once their step is over, and made again for a late tick, up to the day', async () => {
		await using database = await openMarketDatabase(engine, noon)
		const folding = await startFolding(database)
		let nowMs = noon
		const rollUp = rollUpBars({ ...createRollUpStore(database), now: () => nowMs })
		const fold = async (seq: number, ...ticks: ReturnType<typeof tick>[]) => {
			await folding.fold([{ seq, ticks }], noon)
			await folding.bars.store()
		}
		await fold(1, tick(1_000, 10), tick(30_000, 11), tick(minuteMs, 12))
		nowMs = noon + minuteMs + 4_999
		await rollUp()
		expect(await database.query(minutes)).toEqual([])
		nowMs++
		await rollUp()
		expect(await database.query(minutes)).toEqual([{ minute: 0, open: 10, close: 11, ticks: 2 }])
		await fold(2, tick(0, 9))
		await rollUp()
		expect(await database.query(minutes)).toEqual([{ minute: 0, open: 9, close: 11, ticks: 3 }])
		nowMs = noon + 2 * 86_400_000
		await rollUp()
		const day = 'select open, high, low, close, ticks from bar_1d'
		expect(await database.query(day)).toEqual([{ open: 9, high: 12, low: 9, close: 12, ticks: 4 }])
		await fold(3, tick(2 * minuteMs, 8))
		await rollUp()
		expect(await database.query(day)).toEqual([{ open: 9, high: 12, low: 8, close: 8, ticks: 5 }])
	})

	test('are made again for a late tick, also after the first time that any were made', async () => {
		await using database = await openMarketDatabase(engine, noon)
		const folding = await startFolding(database)
		const rollUp = rollUpBars({ ...createRollUpStore(database), now: () => noon + 2 * minuteMs })
		for (const [seq, amountMinor] of [10, 11, 12].entries()) {
			await folding.fold([{ seq, ticks: [tick(1_000 * seq, amountMinor)] }], noon)
			await folding.bars.store()
			await rollUp()
			expect(await database.query(minutes)).toEqual([{ minute: 0, open: 10, close: amountMinor, ticks: seq + 1 }])
		}
	})
})

test('a minute is not made while bars of it are being stored, so that it has their ticks', async () => {
	await using database = await openMarketDatabase('postgres', noon)
	const folding = await startFolding(database)
	await folding.fold([{ seq: 1, ticks: [tick(0, 10)] }], noon)
	await folding.bars.store()
	const isStoring = Promise.withResolvers<void>()
	const mayEnd = Promise.withResolvers<void>()
	const storing = database.transaction(async (transaction) => {
		await transaction.query(shareBars)
		await transaction.query('update bar_1s set ticks = 2, close = 20')
		isStoring.resolve()
		await mayEnd.promise
	})
	await isStoring.promise
	const rolling = rollUpBars({ ...createRollUpStore(database), now: () => noon + 2 * minuteMs })()
	const waiting = `
		select from pg_locks join pg_database on pg_database.oid = database
		where locktype = 'advisory' and not granted and datname = current_database()`
	await eventually(async () => expect(await database.query(waiting)).toHaveLength(1))
	mayEnd.resolve()
	await storing
	await rolling
	expect(await database.query(minutes)).toEqual([{ minute: 0, open: 10, close: 20, ticks: 2 }])
})
