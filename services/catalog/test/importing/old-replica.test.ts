import { type Database, openDatabase } from '@mercat/database/database'
import { migrate } from '@mercat/database/migrate'
import { createEarlierDatabase } from '@mercat/database/testing/earlier-database'
import { engines } from '@mercat/testing/test-database'
import { describe, expect, test } from 'vitest'
import { migrationsFolder } from '../../src/server.ts'
import { product, startCatalogOn, upserts } from '../start-catalog.ts'

// The statements of the version before. It knows neither sources nor groups.
const insertAsBefore = `
	with created as (
		insert into product (
			sku, title, description, brand, category, currency, amount_minor, attributes, image_urls, search_document, search_text
		) values ($1, 'Mug', '', '', '', 'EUR', 1290, '{}', '{}', to_tsvector('simple', 'mug'), 'mug')
		on conflict (sku) do nothing
		returning sku
	)
	insert into stock (sku) select sku from created`
const updateAsBefore = `
	update product set title = $2, archived = $3, version = version + 1, updated_at = now() where sku = $1`

const earlier = {
	migrationsFolder,
	migrations: ['001.do.products-and-stock.sql', '002.do.statistics.sql', '003.do.movements.sql'],
	rows: '',
}

async function filesOfProducts(database: Database) {
	return database.query(
		"select relname, relfilenode from pg_class where relname in ('product', 'product_pkey') order by 1",
	)
}

test('the migration for feeds runs beside the inserts of an old replica, and writes no product anew', async () => {
	await using created = await createEarlierDatabase('postgres', earlier)
	await using database = await openDatabase(created.url)
	const before = await filesOfProducts(database)
	const running = new AbortController()
	const inserts = (async () => {
		let count = 0
		for (; !running.signal.aborted; count++) await database.query(insertAsBefore, [`OLD-${count}`])
		return count
	})()
	await migrate(database, migrationsFolder)
	running.abort()
	const count = await inserts

	expect(before).toHaveLength(2)
	expect(await filesOfProducts(database)).toEqual(before)
	const stored = await database.query<{ count: number }>("select count(*) from product where content_source = ''")
	expect(stored).toEqual([{ count }])
})

describe.each(engines)('beside an old replica on %s', (engine) => {
	test('products that it makes belong to the shop, and its changes keep sources and groups', async () => {
		await using created = await createEarlierDatabase(engine, earlier)
		{
			await using database = await openDatabase(created.url)
			await migrate(database, migrationsFolder)
			await database.query(insertAsBefore, ['OLD'])
		}
		const changed = product({ sku: 'OLD', title: 'Other' })
		const owned = product({ sku: 'NEW', group: 'MUGS' })
		{
			await using catalog = await startCatalogOn(created.url)
			const [answer] = await catalog.import([{ source: 'acme', upserts: upserts([owned, changed]) }])
			expect(answer).toMatchObject({ createdCount: 1, failures: [{ sku: 'OLD', reason: 'OTHER_SOURCE' }] })
			await using database = await catalog.stopAndOpenDatabase()
			await database.query(updateAsBefore, ['NEW', 'Changed by the old replica', false])
		}
		await using catalog = await startCatalogOn(created.url)
		expect(await catalog.get('NEW')).toMatchObject({ title: 'Changed by the old replica', group: 'MUGS', etag: '"2"' })
		const again = await catalog.import([{ source: 'acme', upserts: upserts([owned]) }])
		expect(again).toMatchObject([{ updatedCount: 1, failures: [] }])
		expect(await catalog.import([{ upserts: upserts([changed]) }])).toMatchObject([{ updatedCount: 1 }])
	})
})
