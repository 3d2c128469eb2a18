import { entriesRead } from '@mercat/testing/index-use'
import { engines } from '@mercat/testing/test-database'
import { describe, expect, test } from 'vitest'
import { createFoldStore } from '../../../src/prices/history/fold-store.ts'
import { dayUs, openPriceList, sku, timeOf } from './price-list.ts'

const EUR = (amountMinor: number) => ({ currency: 'EUR', amountMinor })

const lowest =
	'select lowest_minor as lowest from price_reduction join product using (sku) where began_at = price_began_at'

describe.each(engines)('the lowest price of the 30 days before a reduction on %s', (engine) => {
	const noon = Date.UTC(2026, 2, 1, 12) * 1000

	test.each([
		['ends as they begin', 0, 80],
		['ends within them', 1, 10],
	])('leaves out or has a price that %s, folded or not', async (_, laterUs, expected) => {
		for (const isFolded of [false, true]) {
			await using list = await openPriceList(engine, noon - dayUs)
			const { foldChunk } = createFoldStore(list.database)
			await list.change(noon - 60_000_000, EUR(10))
			await list.change(noon, EUR(80))
			await list.change(noon + 5 * dayUs, EUR(90))
			await list.markAt(noon + (isFolded ? 20 : -20) * dayUs)
			await foldChunk()
			await list.change(noon + 30 * dayUs - laterUs, EUR(50))
			expect(await list.database.query(lowest)).toEqual([{ lowest: expected }])
		}
	})

	test('is that of the currency of the present price', async () => {
		await using list = await openPriceList(engine, noon)
		await list.change(noon + dayUs, { currency: 'JPY', amountMinor: 5 })
		await list.change(noon + 2 * dayUs, { currency: 'JPY', amountMinor: 4 })
		expect(await list.database.query(lowest)).toEqual([{ lowest: 5 }])
		await list.change(noon + 3 * dayUs, EUR(3))
		expect(await list.database.query(lowest)).toEqual([])
		await list.change(noon + 4 * dayUs, EUR(2))
		expect(await list.database.query(lowest)).toEqual([{ lowest: 3 }])
	})

	test('is found from few prices although the product had 40,000 in 35 days', async () => {
		await using list = await openPriceList(engine, noon)
		const { database } = list
		const stepUs = (35 * dayUs) / 40_000
		await database.query(
			`insert into price_change (sku, began_at, ended_at, currency, amount_minor)
			select $1, $2::timestamptz + (step - 1) * $3::bigint * interval '1 microsecond',
				$2::timestamptz + step * $3::bigint * interval '1 microsecond', 'EUR', 1000 + step::bigint * 7919 % 1000
			from generate_series(1, 40000) as step`,
			[sku, timeOf(noon), stepUs],
		)
		const endsAt = noon + 40_000 * stepUs
		await database.query('alter table product disable trigger user')
		await database.query('update product set amount_minor = 3000, price_began_at = $1', [timeOf(endsAt)])
		await database.query('alter table product enable trigger user')
		await database.query('alter table product disable trigger product_price_begins')
		await list.markAt(endsAt - dayUs / 24)
		const { foldChunk } = createFoldStore(database)
		while (await foldChunk());
		const amounts = Array.from({ length: 40_000 }, (_, index) => 1000 + (((index + 1) * 7919) % 1000))
		const inWindow = (at: number) => amounts.filter((_, index) => noon + (index + 1) * stepUs > at - 30 * dayUs)
		const read = () => entriesRead(database, 'price_change_pkey')

		const at = endsAt + 1000
		await list.change(at, EUR(5000))
		const before = await read()
		await list.change(at + 1000, EUR(4000))
		const atFirst = await read()
		expect(await database.query(lowest)).toEqual([{ lowest: Math.min(...inWindow(at + 1000)) }])
		// The last hour is not folded.
		expect(atFirst - before).toBeLessThan(1_200)
		for (let change = 2; change < 12; change++) await list.change(at + change * 1000, EUR(4000 - change))
		expect(await database.query(lowest)).toEqual([{ lowest: Math.min(...inWindow(at + 11_000)) }])
		expect((await read()) - atFirst).toBeLessThan(60)
	})
})
