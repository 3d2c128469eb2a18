import { callUnary } from '@mercat/catalog-api/client'
import { catalogRpcs } from '@mercat/catalog-api/load-proto'
import type { GiveProductsRequest } from '@mercat/catalog-api/messages/GiveProductsRequest'
import type { ListProductsRequest } from '@mercat/catalog-api/messages/ListProductsRequest'
import { engines } from '@mercat/testing/test-database'
import { describe, expect, test } from 'vitest'
import { errorOf, product, startTestCatalog, type TestCatalog, tokenFor, upserts } from './start-catalog.ts'

const options = { timeoutMs: 60_000, token: tokenFor('catalog:write') }

const list = ({ catalog }: TestCatalog, request: ListProductsRequest = {}) =>
	callUnary(catalog, catalogRpcs.ListProducts, request, options)
const give = ({ catalog }: TestCatalog, request: GiveProductsRequest) =>
	callUnary(catalog, catalogRpcs.GiveProducts, request, options)

/** The skus of all pages, page by page. */
async function pages(catalog: TestCatalog, request: ListProductsRequest = {}): Promise<string[][]> {
	const found: string[][] = []
	let pageToken = ''
	do {
		const page = await list(catalog, { ...request, pageToken })
		found.push(page.products.map(({ product }) => product?.sku ?? ''))
		pageToken = page.nextPageToken
	} while (pageToken !== '')
	return found
}

describe.each(engines)('the list of products on %s', (engine) => {
	test('has each product once, by sku, in pages, with its stock and its owners', async () => {
		await using catalog = await startTestCatalog(engine)
		await catalog.import([
			{ source: 'acme', upserts: upserts([product({ sku: 'b' }), product({ sku: 'A' })], 5) },
			{ upserts: upserts([product({ sku: 'a' }), product({ sku: 'B' })]) },
		])
		await catalog.archive('B')
		// The order of bytes, whatever the collation of the database.
		expect(await pages(catalog, { pageSize: 3 })).toEqual([['A', 'B', 'a'], ['b']])
		expect(await pages(catalog, { pageSize: 2 })).toEqual([
			['A', 'B'],
			['a', 'b'],
		])
		expect(await pages(catalog)).toEqual([['A', 'B', 'a', 'b']])
		expect(await pages(catalog, { source: 'acme', pageSize: 1 })).toEqual([['A'], ['b']])
		expect(await pages(catalog, { source: 'none' })).toEqual([[]])
		const { products } = await list(catalog, { pageSize: 2 })
		const acme = { contentSource: 'acme', priceSource: 'acme', quantitySource: 'acme' }
		const shop = { contentSource: '', priceSource: '', quantitySource: '' }
		expect(products).toMatchObject([
			{ product: await catalog.get('A'), onHand: 5, ...acme },
			{ product: { sku: 'B', state: 'STATE_ARCHIVED' }, onHand: 0, ...shop },
		])
	})

	test('has shorter pages where products are large', async () => {
		await using catalog = await startTestCatalog(engine)
		const description = '€'.repeat(5_000)
		const rows = Array.from({ length: 250 }, (_, index) => product({ sku: `L-${1000 + index}`, description }))
		await catalog.import([{ upserts: upserts(rows.slice(0, 125)) }, { upserts: upserts(rows.slice(125)) }])
		const found = await pages(catalog, { pageSize: 500 })
		expect(found.flat()).toEqual(rows.map(({ sku }) => sku))
		expect(found.map(({ length }) => length)).toEqual([
			expect.toSatisfy((length: number) => length > 150),
			expect.any(Number),
		])
	})

	test('refuses wrong sizes and tokens of other lists', async () => {
		await using catalog = await startTestCatalog(engine)
		await catalog.import([{ upserts: upserts([product({ sku: 'A' }), product({ sku: 'B' })]) }])
		expect(await errorOf(list(catalog, { pageSize: -1 }))).toMatchObject({ fieldViolations: [{ field: 'page_size' }] })
		expect(await errorOf(list(catalog, { source: 'a b' }))).toMatchObject({ fieldViolations: [{ field: 'source' }] })
		const { nextPageToken } = await list(catalog, { pageSize: 1 })
		const reason = 'PAGE_TOKEN_INVALID'
		expect(await errorOf(list(catalog, { source: 'acme', pageToken: nextPageToken }))).toMatchObject({ reason })
		expect(await errorOf(catalog.search({ pageToken: nextPageToken }))).toMatchObject({ reason })
		const search = await catalog.search({ pageSize: 1 })
		expect(await errorOf(list(catalog, { pageToken: search.nextPageToken }))).toMatchObject({ reason })
	})

	test('needs a token with the scope catalog:write', async () => {
		await using catalog = await startTestCatalog(engine)
		const reader = { timeoutMs: 60_000, token: tokenFor('stock:reserve') }
		const reason = 'SCOPE_MISSING'
		const listing = callUnary(catalog.catalog, catalogRpcs.ListProducts, {}, reader)
		expect(await errorOf(listing)).toMatchObject({ reason })
		const giving = callUnary(catalog.catalog, catalogRpcs.GiveProducts, { skus: ['A'] }, reader)
		expect(await errorOf(giving)).toMatchObject({ reason })
	})
})

describe.each(engines)('a gift of products on %s', (engine) => {
	test('changes the owners of the named parts, and counts the products that had another one', async () => {
		await using catalog = await startTestCatalog(engine)
		const rows = [product({ sku: 'A' }), product({ sku: 'B' })]
		await catalog.import([{ source: 'acme', upserts: upserts(rows) }])
		const before = await catalog.get('A')
		const parts = ['PRODUCT_PART_PRICE' as const]
		expect(await give(catalog, { skus: ['A', 'A'], source: 'bolt', parts })).toEqual({ changedCount: 1 })
		expect(await give(catalog, { skus: ['A', 'B'], source: 'bolt', parts })).toEqual({ changedCount: 1 })
		const owners = async () => {
			const { products } = await list(catalog)
			return products.map(({ contentSource, priceSource, quantitySource }) => [
				contentSource,
				priceSource,
				quantitySource,
			])
		}
		expect(await owners()).toEqual([
			['acme', 'bolt', 'acme'],
			['acme', 'bolt', 'acme'],
		])
		expect(await give(catalog, { skus: ['B'] })).toEqual({ changedCount: 1 })
		expect(await owners()).toEqual([
			['acme', 'bolt', 'acme'],
			['', '', ''],
		])
		expect(await catalog.get('A')).toEqual(before)
	})

	test('is made whole or not at all', async () => {
		await using catalog = await startTestCatalog(engine)
		await catalog.import([{ upserts: upserts([product({ sku: 'A' })]) }])
		expect(await errorOf(give(catalog, { skus: ['X', 'A', 'Y'], source: 'acme' }))).toMatchObject({
			reason: 'PRODUCT_NOT_FOUND',
			metadata: { skus: 'X,Y' },
		})
		expect((await list(catalog)).products).toMatchObject([{ contentSource: '' }])
		const wrong: [GiveProductsRequest, string][] = [
			[{ skus: [] }, 'skus'],
			[{ skus: Array(501).fill('A') }, 'skus'],
			[{ skus: ['A'], source: 'a b' }, 'source'],
			[{ skus: ['A'], parts: ['PRODUCT_PART_UNSPECIFIED'] }, 'parts[0]'],
		]
		for (const [request, field] of wrong) {
			expect(await errorOf(give(catalog, request))).toMatchObject({ fieldViolations: [{ field }] })
		}
	})
})
