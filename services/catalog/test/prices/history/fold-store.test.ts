import { eventually } from '@mercat/testing/eventually'
import { engines } from '@mercat/testing/test-database'
import { describe, expect, test } from 'vitest'
import { createFoldStore } from '../../../src/prices/history/fold-store.ts'
import { dayUs, openPriceList } from './price-list.ts'

const EUR = (amountMinor: number) => ({ currency: 'EUR', amountMinor })
const nowUs = () => Date.now() * 1000

describe.each(engines)('the folding of prices on %s', (engine) => {
	test('goes on after a stop where it was, and counts no price twice', async () => {
		const noon = Date.UTC(2026, 2, 1, 12) * 1000
		await using list = await openPriceList(engine, noon)
		for (let minute = 1; minute <= 10; minute++) await list.change(noon + minute * 60_000_000, EUR(100 + minute))
		await list.markAt(noon + dayUs)
		expect(await createFoldStore(list.database, 4).foldChunk()).toBe(true)
		const { foldChunk } = createFoldStore(list.database, 4)
		while (await foldChunk());
		const bars = 'select open_minor, high_minor, low_minor, close_minor, changes from price_day'
		expect(await list.database.query(bars)).toEqual([
			{ open_minor: 100, high_minor: 110, low_minor: 100, close_minor: 110, changes: 11 },
		])
	})

	test('begins by itself after the migration', async () => {
		const migratedAt = nowUs() - 3_600_000_000
		await using list = await openPriceList(engine, migratedAt)
		await list.database.query(
			`update price_history set
				mark_xid = pg_current_xact_id(), mark_at = now() - interval '1 hour', folded_until = now() - interval '1 hour'`,
		)
		await list.change(migratedAt + 1_800_000_000, EUR(90))
		const { foldChunk } = createFoldStore(list.database)
		// The first run makes a mark, and later ones fold what is before it.
		await eventually(async () => {
			await foldChunk()
			const bars = await list.database.query<{ changes: number }>('select changes from price_day')
			expect(bars.reduce((sum, { changes }) => sum + changes, 0)).toBe(2)
		})
	})

	test('folds a restored database whose mark is due', async () => {
		await using list = await openPriceList(engine, nowUs() - 2 * dayUs)
		await list.change(nowUs() - dayUs, EUR(90))
		await list.database.query("update price_history set mark_xid = '9000000000000', mark_at = now()")
		const { foldChunk } = createFoldStore(list.database)
		while (await foldChunk());
		expect(await list.database.query('select count(*) as bars from price_day')).toEqual([{ bars: 2 }])
	})

	test('writes nothing while nothing is due', async () => {
		await using list = await openPriceList(engine, nowUs())
		await list.database.query('update price_history set mark_at = now(), folded_until = now()')
		const { foldChunk, forgetPrices, pruneChunk } = createFoldStore(list.database)
		const row = () => list.database.query('select ctid::text, xmin::text, xmax::text from price_history')
		const before = await row()
		await foldChunk()
		await forgetPrices()
		await pruneChunk()
		expect(await row()).toEqual(before)
	})

	test('leaves out prices of the last minutes, in which the clock may still be put back', async () => {
		await using list = await openPriceList(engine, nowUs() - 2 * dayUs)
		await list.change(nowUs() - dayUs, EUR(90))
		await list.change(nowUs() - 300_000_000, EUR(80))
		const { foldChunk } = createFoldStore(list.database)
		await list.database.query("update price_history set mark_at = now(), mark_xid = '3'")
		while (await foldChunk());
		expect(await list.database.query('select close_minor from price_day order by day')).toEqual([
			{ close_minor: 100 },
			{ close_minor: 90 },
		])
	})

	test('reads few prices of many, while folding, pruning, and when nothing is due', async () => {
		await using list = await openPriceList(engine, nowUs() - 2 * dayUs)
		const { database } = list
		// PostgreSQL does not know yet how many there are.
		await database.query(`
			insert into price_change (sku, began_at, ended_at, currency, amount_minor)
			select 'OTHER', now() - interval '1 day', now() - interval '1 day' + number * interval '1 second', 'EUR', number
			from generate_series(1, 20000) as number`)
		await list.markAt(nowUs() - dayUs + 100_000_000)
		const { foldChunk, forgetPrices, pruneChunk } = createFoldStore(database, 10)
		const read = async () => {
			await database.query('select pg_stat_force_next_flush()')
			const [row] = await database.query<{ rows: number }>(
				`select seq_tup_read + (select sum(idx_tup_read) from pg_stat_user_indexes where relname = 'price_change') as rows
				from pg_stat_user_tables where relname = 'price_change'`,
			)
			return row?.rows ?? Number.NaN
		}
		const before = await read()
		expect(await foldChunk()).toBe(true)
		await forgetPrices()
		expect(await pruneChunk()).toBe(false)
		expect((await read()) - before).toBeLessThan(200)
		await list.markAt(nowUs() - dayUs)
		while (await foldChunk());
		const atEnd = await read()
		await foldChunk()
		await forgetPrices()
		await pruneChunk()
		expect((await read()) - atEnd).toBeLessThan(60)
	})

	test('lets the prices be deleted that ended more than 40 days ago, and no bar', async () => {
		const beginsAt = nowUs() - 44 * dayUs
		await using list = await openPriceList(engine, beginsAt)
		for (let day = 1; day < 44; day++) await list.change(beginsAt + day * dayUs, EUR(100 + day))
		const { foldChunk, forgetPrices, pruneChunk } = createFoldStore(list.database, 10)
		const counts = async () => {
			await forgetPrices()
			while (await pruneChunk());
			const [row] = await list.database.query<{ prices: number; bars: number }>(`
				select (select count(*) from price_change) as prices, (select count(*) from price_day) as bars`)
			return row
		}
		expect(await counts()).toEqual({ prices: 43, bars: 0 })
		await list.markAt(beginsAt + 2 * dayUs + 1)
		while (await foldChunk());
		// Only prices of whole days are deleted, and the second day is not folded to its end.
		expect(await counts()).toEqual({ prices: 42, bars: 3 })
		await list.markAt(nowUs())
		while (await foldChunk());
		const last = await counts()
		expect(last?.bars).toBe(44)
		// A day may have begun since.
		expect([39, 40]).toContain(last?.prices)
	})
})

describe('the folding of prices beside other transactions', () => {
	test('waits for a transaction that changed a price before', async () => {
		await using list = await openPriceList('postgres', nowUs() - 2 * dayUs)
		const { database } = list
		const { foldChunk } = createFoldStore(database)
		const bars = () => database.query('select close_minor from price_day order by day')
		const changed = Promise.withResolvers<void>()
		const marked = Promise.withResolvers<void>()
		const late = database.transaction(async (transaction) => {
			await transaction.query("update product set amount_minor = 70, price_began_at = now() - interval '1 day'")
			changed.resolve()
			await marked.promise
		})
		await changed.promise
		await database.query('update price_history set mark_at = now(), mark_xid = pg_current_xact_id()')
		await foldChunk()
		const [state] = await database.query<{ isFolded: boolean }>(
			`select folded_until > now() - interval '1 day' as "isFolded" from price_history`,
		)
		expect(state).toEqual({ isFolded: false })
		marked.resolve()
		await late
		// Transactions with other databases of the server are waited for, too.
		await eventually(async () => {
			await foldChunk()
			expect(await bars()).toEqual([{ close_minor: 100 }, { close_minor: 70 }])
		})
	})

	test('is done by one process at a time', async () => {
		await using list = await openPriceList('postgres', nowUs() - 2 * dayUs)
		const { database } = list
		await list.change(nowUs() - dayUs, EUR(90))
		await list.markAt(nowUs())
		const folded = () => database.query('select count(*) as bars from price_day')
		await database.transaction(async (transaction) => {
			await transaction.query('select from price_history for update')
			const { foldChunk, forgetPrices, pruneChunk } = createFoldStore(database)
			expect(await foldChunk()).toBe(false)
			await forgetPrices()
			expect(await pruneChunk()).toBe(false)
			expect(await folded()).toEqual([{ bars: 0 }])
		})
		await createFoldStore(database).foldChunk()
		expect(await folded()).toEqual([{ bars: 2 }])
	})
})
