import { callUnary } from '@mercat/catalog-api/client'
import { catalogRpcs } from '@mercat/catalog-api/load-proto'
import type { GiveProductsRequest } from '@mercat/catalog-api/messages/GiveProductsRequest'
import type { ImportProductsRequest } from '@mercat/catalog-api/messages/ImportProductsRequest'
import { engines } from '@mercat/testing/test-database'
import { describe, expect, test } from 'vitest'
import { errorOf, product, startTestCatalog, type TestCatalog, tokenFor, upserts } from '../start-catalog.ts'

const price = (amountMinor: number) => ({ currencyCode: 'EUR', amountMinor })

async function importFrom(catalog: TestCatalog, source: string, request: ImportProductsRequest) {
	const [response] = await catalog.import([{ source, ...request }])
	return response
}

function give({ catalog }: TestCatalog, request: GiveProductsRequest) {
	return callUnary(catalog, catalogRpcs.GiveProducts, request, { timeoutMs: 60_000, token: tokenFor('catalog:write') })
}

async function owned({ catalog }: TestCatalog) {
	const options = { timeoutMs: 60_000, token: tokenFor('catalog:write') }
	const { products } = await callUnary(catalog, catalogRpcs.ListProducts, {}, options)
	return products.map(({ product: _, ...others }) => others)
}

const nothing = { createdCount: 0, updatedCount: 0, unchangedCount: 0, failures: [], held: [] }

describe.each(engines)('the products of sources on %s', (engine) => {
	test('belong to the source that creates them, and it may change them', async () => {
		await using catalog = await startTestCatalog(engine)
		expect(await importFrom(catalog, 'acme', { upserts: upserts([product()], 5) })).toMatchObject({ createdCount: 1 })
		const sources = { contentSource: 'acme', priceSource: 'acme', quantitySource: 'acme' }
		expect(await owned(catalog)).toEqual([{ onHand: 5, ...sources }])
		const changed = product({ title: 'Other', price: price(1300) })
		expect(await importFrom(catalog, 'acme', { upserts: upserts([changed], 6) })).toMatchObject({
			...nothing,
			updatedCount: 1,
			contentChangedCount: 1,
			priceChangedCount: 1,
			stockChangedCount: 1,
		})
	})

	test('are not changed by another source, and its equal rows are no violation', async () => {
		await using catalog = await startTestCatalog(engine)
		await importFrom(catalog, 'acme', { upserts: upserts([product({ sku: 'A' })], 5) })
		await importFrom(catalog, '', { upserts: upserts([product({ sku: 'S' })], 5) })
		const before = [await catalog.get('A'), await catalog.get('S')]
		const rows = [product({ sku: 'A', title: 'B', price: price(1) }), product({ sku: 'S', title: 'B' })]
		expect(await importFrom(catalog, 'bolt', { upserts: upserts(rows, 9) })).toMatchObject({
			...nothing,
			failures: [
				{
					sku: 'A',
					reason: 'OTHER_SOURCE',
					message:
						'the content belongs to acme and was left as it is; the price belongs to acme and was left as it is; the stock belongs to acme and was left as it is',
					changedParts: [],
				},
				{
					sku: 'S',
					reason: 'OTHER_SOURCE',
					message:
						'the content belongs to the shop and was left as it is; the stock belongs to the shop and was left as it is',
				},
			],
		})
		expect([await catalog.get('A'), await catalog.get('S')]).toEqual(before)
		const same = upserts([product({ sku: 'A' }), product({ sku: 'S' })], 5)
		expect(await importFrom(catalog, 'bolt', { upserts: same })).toMatchObject({ ...nothing, unchangedCount: 2 })
	})

	test('get the parts that the source of the row owns, and the failure names them', async () => {
		await using catalog = await startTestCatalog(engine)
		await importFrom(catalog, 'acme', { upserts: upserts([product()], 5) })
		const parts = ['PRODUCT_PART_PRICE', 'PRODUCT_PART_QUANTITY'] as const
		expect(await give(catalog, { skus: ['MUG-1'], source: 'bolt', parts: [...parts] })).toEqual({ changedCount: 1 })
		const row = product({ title: 'Other', price: price(1300) })
		expect(await importFrom(catalog, 'bolt', { upserts: upserts([row], 9) })).toMatchObject({
			...nothing,
			priceChangedCount: 1,
			stockChangedCount: 1,
			failures: [{ reason: 'OTHER_SOURCE', changedParts: ['price', 'stock'] }],
		})
		expect(await catalog.get('MUG-1')).toMatchObject({
			title: 'Stoneware mug',
			price: price(1300),
			availableQuantity: 9,
		})
	})

	test('may be changed by the shop, whoever owns them, and keep their owners', async () => {
		await using catalog = await startTestCatalog(engine)
		await importFrom(catalog, 'acme', { upserts: upserts([product()], 5) })
		const row = product({ title: 'Other', price: price(1) })
		expect(await importFrom(catalog, '', { upserts: upserts([row], 9) })).toMatchObject({ ...nothing, updatedCount: 1 })
		expect(await catalog.get('MUG-1')).toMatchObject({ title: 'Other', price: price(1), availableQuantity: 9 })
		expect(await owned(catalog)).toMatchObject([{ contentSource: 'acme', priceSource: 'acme', quantitySource: 'acme' }])
	})

	test('keep their old price when the new one must be held, and get the rest of the row', async () => {
		await using catalog = await startTestCatalog(engine)
		await importFrom(catalog, 'acme', { upserts: upserts([product()], 5) })
		const row = product({ title: 'Other', price: price(1) })
		const response = await importFrom(catalog, 'acme', { upserts: upserts([row], 9) })
		expect(response).toMatchObject({
			...nothing,
			held: [
				{
					rowNumber: 1,
					sku: 'MUG-1',
					rule: 'PRICE_FELL',
					oldPrice: price(1290),
					newPrice: price(1),
					changedParts: ['content', 'stock'],
				},
			],
			contentChangedCount: 1,
			priceChangedCount: 0,
			stockChangedCount: 1,
		})
		expect(await catalog.get('MUG-1')).toMatchObject({ title: 'Other', price: price(1290), availableQuantity: 9 })
		const again = await importFrom(catalog, 'acme', { upserts: upserts([row], 9) })
		expect(again).toMatchObject({ ...nothing, held: [{ holdId: response?.held[0]?.holdId, changedParts: [] }] })
	})

	test('are judged by the first row of a request that creates them and changes their price', async () => {
		await using catalog = await startTestCatalog(engine)
		const rows = [product(), product({ price: price(99_000) })]
		const created = await importFrom(catalog, 'acme', { upserts: upserts(rows) })
		expect(created).toMatchObject({ ...nothing, createdCount: 1, held: [{ rowNumber: 2, rule: 'PRICE_ROSE' }] })
		expect(await catalog.get('MUG-1')).toMatchObject({ price: price(1290) })
		const { holdId } = created?.held[0] ?? {}
		expect(await importFrom(catalog, 'acme', { upserts: upserts(rows.slice(1)) })).toMatchObject({ held: [{ holdId }] })
	})

	test('come back into sale with a row of their own feed, if it has archived them', async () => {
		await using catalog = await startTestCatalog(engine)
		const feed = 'acme'
		const options = { timeoutMs: 60_000, token: tokenFor('catalog:write') }
		const { runNumber } = await callUnary(catalog.catalog, catalogRpcs.BeginFeedRun, { feed }, options)
		const rows = [product({ sku: 'A' }), product({ sku: 'B' }), product({ sku: 'C' })]
		await importFrom(catalog, feed, { upserts: upserts(rows), runNumber })
		const action = 'RETIRE_ACTION_ARCHIVE' as const
		const retirement = { feed, runNumber, skus: ['A', 'B'], action }
		await callUnary(catalog.catalog, catalogRpcs.RetireProducts, retirement, options)
		// A person decides for good.
		await catalog.archive('B')
		await catalog.archive('C')

		const response = await importFrom(catalog, feed, { upserts: upserts(rows), runNumber })
		expect(response).toMatchObject({
			...nothing,
			updatedCount: 1,
			failures: [
				{ sku: 'B', reason: 'PRODUCT_ARCHIVED' },
				{ sku: 'C', reason: 'PRODUCT_ARCHIVED' },
			],
		})
		expect(await catalog.get('A')).toMatchObject({ state: 'STATE_ACTIVE' })
		expect((await catalog.search({})).products.map(({ sku }) => sku)).toEqual(['A'])
		const shop = await importFrom(catalog, '', { upserts: upserts([product({ sku: 'B' })]) })
		expect(shop).toMatchObject({ failures: [{ reason: 'PRODUCT_ARCHIVED' }] })
	})

	test('are not written by a request that only validates, which answers as if they had been', async () => {
		await using catalog = await startTestCatalog(engine)
		await importFrom(catalog, 'acme', { upserts: upserts([product({ sku: 'A' }), product({ sku: 'B' })], 5) })
		const before = [await catalog.get('A'), await catalog.get('B')]
		const rows = [
			product({ sku: 'A', title: 'Other' }),
			product({ sku: 'B', price: price(1) }),
			product({ sku: 'N' }),
			product({ sku: 'X', title: '' }),
		]
		const request = { upserts: upserts(rows, 5), validateOnly: true }
		const answer = { createdCount: 1, updatedCount: 1, failures: [{ sku: 'X' }], held: [{ sku: 'B' }] }
		expect(await importFrom(catalog, 'acme', request)).toMatchObject(answer)
		expect([await catalog.get('A'), await catalog.get('B')]).toEqual(before)
		expect(await errorOf(catalog.get('N'))).toMatchObject({ reason: 'PRODUCT_NOT_FOUND' })
		expect(await importFrom(catalog, 'acme', { ...request, validateOnly: false })).toMatchObject(answer)
	})

	test('have no price of 0 in a run of a feed', async () => {
		await using catalog = await startTestCatalog(engine)
		const options = { timeoutMs: 60_000, token: tokenFor('catalog:write') }
		const { runNumber } = await callUnary(catalog.catalog, catalogRpcs.BeginFeedRun, { feed: 'acme' }, options)
		const free = upserts([product({ price: price(0) })])
		expect(await importFrom(catalog, 'acme', { upserts: free, runNumber })).toMatchObject({
			...nothing,
			failures: [{ reason: 'PRICE_NOT_POSITIVE' }],
		})
		expect(await importFrom(catalog, 'acme', { upserts: free })).toMatchObject({ createdCount: 1 })
	})

	test('are refused for a wrong name of a source, and for a run without a source', async () => {
		await using catalog = await startTestCatalog(engine)
		const rows = upserts([product()])
		for (const source of ['a b', 'shop', '.', '...']) {
			expect(await errorOf(importFrom(catalog, source, { upserts: rows }))).toMatchObject({
				reason: 'INVALID_REQUEST',
				fieldViolations: [{ field: 'source' }],
			})
		}
		expect(await errorOf(importFrom(catalog, '', { upserts: rows, runNumber: 1 }))).toMatchObject({
			fieldViolations: [{ field: 'source', description: 'is required by a run of a feed' }],
		})
		expect(await errorOf(importFrom(catalog, 'acme', { upserts: rows, runNumber: -1 }))).toMatchObject({
			fieldViolations: [{ field: 'run_number' }],
		})
		expect(await errorOf(importFrom(catalog, 'acme', { upserts: rows, runNumber: 7 }))).toMatchObject({
			reason: 'FEED_RUN_ENDED',
		})
	})
})
