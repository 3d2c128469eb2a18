import { callUnary } from '@mercat/catalog-api/client'
import { catalogRpcs } from '@mercat/catalog-api/load-proto'
import { openDatabase } from '@mercat/database/database'
import { migrate } from '@mercat/database/migrate'
import { createEarlierDatabase } from '@mercat/database/testing/earlier-database'
import { eventually } from '@mercat/testing/eventually'
import { engines } from '@mercat/testing/test-database'
import { describe, expect, test } from 'vitest'
import { analysisVersion } from '../../../src/search/analysis/analysis-version.ts'
import { migrationsFolder } from '../../../src/server.ts'
import { product, startCatalogOn, startTestCatalog, type TestCatalog, tokenFor, upserts } from '../../start-catalog.ts'
import { insertAsBefore, renameAsBefore } from './open-build.ts'

const options = { timeoutMs: 60_000, token: tokenFor('catalog:write') }

const indexOf = async ({ catalog }: TestCatalog) =>
	(await callUnary(catalog, catalogRpcs.GetSearchIndex, {}, options)).status
const isReady = (catalog: TestCatalog) =>
	eventually(async () => {
		const status = await indexOf(catalog)
		expect(status).toMatchObject({ state: 'SEARCH_INDEX_STATE_READY', pendingProductCount: 0 })
		return status
	})
const foundSkus = async (catalog: TestCatalog, query: string) =>
	(await catalog.search({ query })).products.map(({ sku }) => sku)

const earlier = {
	migrationsFolder,
	migrations: ['001.do.products-and-stock.sql', '002.do.statistics.sql', '003.do.movements.sql'],
	rows: '',
}

describe.each(engines)('the index of a catalog on %s', (engine) => {
	test('is built after an upgrade, and the previous index answers until it has every product', async () => {
		await using created = await createEarlierDatabase(engine, earlier)
		{
			await using database = await openDatabase(created.url)
			const skus = Array.from({ length: 700 }, (_, index) => `OLD-${index}`)
			await insertAsBefore(database, skus)
			await migrate(database, migrationsFolder)
			// So this version leaves the build to a newer one for now.
			await database.query('update search_index set analysis = $1', [analysisVersion + 1])
		}
		{
			await using catalog = await startCatalogOn(created.url)
			await catalog.create(product({ sku: 'NEW', title: 'Walnut board' }))
			await catalog.update({ sku: 'OLD-5', title: 'Walnut tray' }, ['title'])
			expect(await indexOf(catalog)).toMatchObject({ state: 'SEARCH_INDEX_STATE_BUILDING', productCount: 0 })
			expect(await foundSkus(catalog, 'walnut')).toEqual(['NEW', 'OLD-5'])
			expect(await catalog.search({ query: 'mug' })).toMatchObject({ totalSize: 699 })
			await using database = await catalog.stopAndOpenDatabase()
			await database.query('update search_index set analysis = 0')
		}
		await using catalog = await startCatalogOn(created.url)
		expect(await isReady(catalog)).toMatchObject({ productCount: 701 })
		expect(await foundSkus(catalog, 'walnut')).toEqual(['NEW', 'OLD-5'])
		expect(await catalog.search({ query: 'mug' })).toMatchObject({ totalSize: 699 })

		// A replica of the version before goes on for some time.
		{
			await using database = await catalog.stopAndOpenDatabase()
			await renameAsBefore(database, 'OLD-6', 'Walnut plate')
			await insertAsBefore(database, ['OLD-X'])
		}
		await using again = await startCatalogOn(created.url)
		await isReady(again)
		expect(await foundSkus(again, 'walnut')).toEqual(['NEW', 'OLD-5', 'OLD-6'])
		expect(await foundSkus(again, 'OLD-X')).toEqual(['OLD-X'])
	})

	test('is built anew on request, and finds each product once meanwhile', async () => {
		await using catalog = await startTestCatalog(engine)
		const skus = Array.from({ length: 1_200 }, (_, index) => `MUG-${index}`)
		for (let at = 0; at < skus.length; at += 400) {
			await catalog.import([{ upserts: upserts(skus.slice(at, at + 400).map((sku) => product({ sku }))) }])
		}
		const { status } = await callUnary(catalog.catalog, catalogRpcs.ReindexProducts, {}, options)
		expect(status).toEqual({
			state: 'SEARCH_INDEX_STATE_REBUILDING',
			productCount: 1_200,
			pendingProductCount: 1_200,
		})
		const sizes = new Set<number>()
		await eventually(async () => {
			sizes.add((await catalog.search({ query: 'stoneware' })).totalSize)
			expect(await indexOf(catalog)).toMatchObject({ state: 'SEARCH_INDEX_STATE_READY' })
		})
		expect([...sizes]).toEqual([1_200])

		await using database = await catalog.stopAndOpenDatabase()
		const docs = 'select count(distinct search_doc)::integer as count, min(search_doc) > 1200 as "areNew" from product'
		expect(await database.query(docs)).toEqual([{ count: 1_200, areNew: true }])
	})
})
