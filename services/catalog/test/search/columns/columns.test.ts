import { engines } from '@mercat/testing/test-database'
import { describe, expect, test } from 'vitest'
import { columnsOf, openColumnsDatabase, writeProducts } from './search-columns.ts'

describe.each(engines)('the columns on %s', (engine) => {
	test('have the products from before the start, in slices of any size', async () => {
		await using database = await openColumnsDatabase(engine)
		const skus = Array.from({ length: 30 }, (_, index) => `Sku-${String(index).padStart(2, '0')}`)
		await writeProducts(
			database,
			skus.map((sku, index) => ({ sku, doc: 100 + index })),
		)
		await using columns = columnsOf(database, { sliceSize: 7 })
		const view = await columns.view()
		expect(view.size).toBe(30)
		expect(skus.map((_, index) => view.sku(100 + index))).toEqual(skus)
		expect([view.isLiving(99), view.isLiving(130)]).toEqual([false, false])
	})

	test('follow what other processes commit', async () => {
		await using database = await openColumnsDatabase(engine)
		await using columns = columnsOf(database)
		expect((await columns.view()).size).toBe(0)
		await writeProducts(database, [{ sku: 'A', doc: 1, title: 'Three short words' }])
		const first = await columns.view()
		expect([first.sku(1), first.titleWords(1), first.isFindable(1)]).toEqual(['A', 3, true])
		await writeProducts(database, [{ sku: 'A', doc: 2 }])
		const second = await columns.view()
		expect([second.isLiving(1), second.isLiving(2), second.size]).toEqual([false, true, 1])
		expect([first.isLiving(1), first.isLiving(2)]).toEqual([true, false])
	})
})
