import { openDatabase } from '@mercat/database/database'
import { createTestDatabase } from '@mercat/testing/test-database'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { inventoryCalls, reservationOf } from './inventory-calls.ts'
import { metric } from './metric.ts'
import { product, startCatalogOn, startTestCatalog, type TestCatalog, upserts } from './start-catalog.ts'

let catalog: TestCatalog
beforeAll(async () => {
	catalog = await startTestCatalog('postgres')
	await catalog.create(product())
})
afterAll(() => catalog[Symbol.asyncDispose]())

test('The rows of imports are counted by their outcome, and failures by their reason', async () => {
	const outcomes = ['created', 'updated', 'unchanged', 'INVALID_REQUEST', 'PRODUCT_ARCHIVED']
	const counts = () => Promise.all(outcomes.map((outcome) => metric('mercat_import_rows_total', { outcome })))
	await catalog.create(product({ sku: 'OLD' }))
	await catalog.archive('OLD')
	await catalog.create(product({ sku: 'SAME' }))
	await catalog.create(product({ sku: 'OTHER' }))
	const before = await counts()
	await catalog.import([
		{
			upserts: upserts([
				product({ sku: 'NEW' }),
				product({ sku: 'NEWER' }),
				product({ sku: 'OTHER', title: 'Changed' }),
				product({ sku: 'SAME' }),
				product({ sku: 'OLD' }),
				product({ sku: 'WRONG', title: '' }),
			]),
		},
		{ upserts: upserts([product({ sku: 'WRONG', title: '' })]) },
	])
	const after = await counts()
	expect(after.map((count, index) => count - (before[index] ?? 0))).toEqual([2, 1, 1, 2, 1])
})

test('Searches are counted by whether misspelled words were corrected', async () => {
	const counts = () =>
		Promise.all(['false', 'true'].map((corrected) => metric('mercat_search_duration_seconds_count', { corrected })))
	const before = await counts()
	await catalog.search({ query: 'stoneware' })
	await catalog.search({ query: 'zzzzzz' })
	await catalog.search({ query: 'stonewrae' })
	const after = await counts()
	expect(after.map((count, index) => count - (before[index] ?? 0))).toEqual([2, 1])
})

test('Look-ups are counted by whether the cache had the product', async () => {
	const counts = () =>
		Promise.all(['hit', 'miss'].map((result) => metric('mercat_product_cache_reads_total', { result })))
	const before = await counts()
	await Promise.all([catalog.get('MUG-1'), catalog.get('MUG-1'), catalog.get('MUG-1')])
	const after = await counts()
	expect(after.map((count, index) => count - (before[index] ?? 0))).toEqual([2, 1])
})

test('A refusal by a constraint of the stock is counted when the code took the change for right', async () => {
	await using testDatabase = await createTestDatabase('postgres')
	await using own = await startCatalogOn(testDatabase.url)
	const inventory = inventoryCalls(own)
	const sku = await inventory.stocked(5)
	const reservation = reservationOf({ [sku]: 2 })
	await inventory.reserve(reservation)
	const before = await metric('mercat_stock_guard_total')
	expect((await inventory.reserve(reservationOf({ [sku]: 4 }))).refusal).toMatchObject({ reason: 'OUT_OF_STOCK' })
	expect(await metric('mercat_stock_guard_total')).toBe(before)
	await using database = await openDatabase(testDatabase.url)
	await database.query('update stock set held = 0 where sku = $1', [sku])
	await expect(inventory.release(reservation.orderId)).rejects.toThrow()
	expect(await metric('mercat_stock_guard_total')).toBe(before + 1)
})
