import { engines } from '@mercat/testing/test-database'
import { describe, expect, test } from 'vitest'
import { readChanges } from '../../src/changes/log/product-changes.ts'
import { product, startTestCatalog, upserts } from '../start-catalog.ts'
import { type ChangeStores, changeStoresOn, openChangeStores, readAll } from './open-change-stores.ts'

/** What each entry has: the products with their versions, and the prices that have changed alone. */
async function logged(stores: ChangeStores): Promise<string[][]> {
	while ((await stores.log.assignPositions(100, 0)).isMore);
	const entries = (await readAll(stores)).map(({ changes }) => readChanges(changes))
	return entries.map((changes) =>
		changes.map((change) =>
			change.kind === 'product' ? `${change.sku} ${change.product.version}` : `${change.sku} price`,
		),
	)
}

describe.each(engines)('the log of product changes on %s', (engine) => {
	test('has what calls of the catalog change, each in its order, and nothing of a row without a change', async () => {
		await using catalog = await startTestCatalog(engine)
		await catalog.create(product({ sku: 'A' }))
		await catalog.update({ sku: 'A', title: 'Other' }, ['title'])
		await catalog.update({ sku: 'A', title: 'Other' }, ['title'])
		await catalog.archive('A')
		await catalog.unarchive('A')
		const [b, c] = [product({ sku: 'B' }), product({ sku: 'C' })]
		await catalog.import([{ upserts: upserts([b, c], 5) }])
		await catalog.import([{ upserts: upserts([b, { ...c, title: 'New' }], 5) }])
		const dearer = { ...b, price: { currencyCode: 'EUR', amountMinor: 1500 } }
		await catalog.import([{ upserts: upserts([dearer], 7) }])
		await catalog.import([{ upserts: upserts([dearer], 9) }])
		await catalog.hold('B', 2)
		const last = await catalog.get('B')
		await using database = await catalog.stopAndOpenDatabase()
		const stores = changeStoresOn(database)
		expect(await logged(stores)).toEqual([
			['A 1'],
			['A 2'],
			['A 3'],
			['A 4'],
			['A 5'],
			['B 1', 'C 1'],
			['C 2'],
			['B 2'],
		])

		const [change] = readChanges((await readAll(stores)).at(-1)?.changes ?? '')
		expect(change).toMatchObject({ kind: 'product', sku: 'B', product: { amountMinor: 1500, archived: false } })
		if (change?.kind !== 'product') throw new Error('a product has changed')
		const { createdAt, updatedAt, title } = change.product
		expect(title).toBe(last.title)
		for (const [time, told] of [
			[createdAt, last.createTime],
			[updatedAt, last.updateTime],
		] as const) {
			expect(time.getTime()).toBe(Number(told?.seconds) * 1000 + Math.floor(Number(told?.nanos) / 1_000_000))
		}
	})

	test('has a price alone when the version has stayed', async () => {
		await using stores = await openChangeStores(engine)
		await stores.create('A')
		await stores.database.query('update product set amount_minor = 90')
		expect(await logged(stores)).toEqual([['A 1'], ['A price']])
		const [change] = readChanges((await readAll(stores)).at(-1)?.changes ?? '')
		expect(change).toMatchObject({ price: { currency: 'EUR', amountMinor: 90, priceBeganAt: expect.any(Date) } })
	})

	test('has nothing of the work on the index of the search, or of a statement that finds no row', async () => {
		await using stores = await openChangeStores(engine)
		await stores.create('A')
		await stores.database.query('update product set search_epoch = 0, search_doc = null')
		await stores.database.query("update product set title = 'B', version = version + 1 where sku = 'B'")
		await stores.database.query("update product set title = title, amount_minor = amount_minor where sku = 'A'")
		expect(await logged(stores)).toEqual([['A 1']])
	})

	test('has at most 500 products in an entry', async () => {
		await using stores = await openChangeStores(engine)
		await stores.create('A')
		await stores.database.query(`
			insert into product (sku, title, description, brand, category, currency, amount_minor, attributes, image_urls,
				search_document, search_text)
			select 'N-' || number, 'A thing', '', '', '', 'EUR', 100, '{}', '{}', '', '' from generate_series(1, 1001) as number`)
		await stores.database.query("update product set amount_minor = 90 where sku <> 'A'")
		const sizes = (await logged(stores)).map(({ length }) => length)
		expect(Math.max(...sizes)).toBe(500)
		expect(sizes.reduce((sum, size) => sum + size)).toBe(1 + 2 * 1001)
	})

	test('begins another entry after 256 KB', async () => {
		await using stores = await openChangeStores(engine)
		await stores.create('A')
		const kilobytes = (count: number) => `repeat('0123456789abcdef', 64 * ${count})`
		await stores.database.query(`
			insert into product (sku, title, description, brand, category, currency, amount_minor, attributes, image_urls,
				search_document, search_text)
			select 'N-' || number, 'A thing', ${kilobytes(100)}, '', '', 'EUR', 100, '{}', '{}', '', ''
			from generate_series(1, 10) as number`)
		await stores.database.query(`
			update product set version = version + 1, attributes = jsonb_build_object('a', ${kilobytes(50)}) where sku <> 'A'`)
		await logged(stores)
		const sizes = (await readAll(stores)).map(({ changes }) => changes.length / 1024)
		expect(Math.max(...sizes)).toBeLessThan(256 + 151)
		expect(sizes.reduce((sum, size) => sum + size)).toBeGreaterThan(10 * 250)
	})

	// A session plans the statements of a trigger at their first run.
	test('takes many products in a session that began with one', async () => {
		await using stores = await openChangeStores(engine)
		await stores.create('A')
		await stores.database.query(`
			insert into product (sku, title, description, brand, category, currency, amount_minor, attributes, image_urls,
				search_document, search_text)
			select 'N-' || number, 'A thing', '', '', '', 'EUR', 100, '{}', '{}', '', '' from generate_series(1, 5000) as number`)
		await stores.database.transaction(async (transaction) => {
			// To compare each product with each would take minutes.
			await transaction.query("set local statement_timeout = '20s'")
			await transaction.query("update product set amount_minor = 90 where sku = 'A'")
			await transaction.query('update product set amount_minor = amount_minor - 1')
		})
		expect((await logged(stores)).flat()).toHaveLength(5003 + 5000)
	})
})
