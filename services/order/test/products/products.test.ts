import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Services, startServices } from '../start-services.ts'

type ListedProduct = { sku: string }

describe('products', () => {
	let services: Services
	beforeAll(async () => {
		services = await startServices('postgres')
		const price = (amountMinor: number, currencyCode = 'EUR') => ({ currencyCode, amountMinor })
		await services.catalog.createProduct({
			sku: 'MUG-1',
			title: 'Stoneware mug',
			description: 'Holds 350 ml.\nDishwasher safe.',
			brand: 'Lindmora',
			category: 'Home/Kitchen',
			group: 'MUGS',
			price: price(1290),
			attributes: { 'Größe "L"': '350 ml', constructor: 'none' },
			imageUrls: ['https://images.example.com/mug.jpg'],
			onHand: 7,
		})
		await services.catalog.createProduct({
			sku: 'LAMP-1',
			title: 'Desk lamp',
			brand: 'Nordlys',
			category: 'Home/Office',
			price: price(5490),
			onHand: 0,
		})
		await services.catalog.createProduct({
			sku: 'LAMP-2',
			title: 'Floor lamp',
			brand: 'Nordlys',
			category: 'Home',
			price: price(9_900, 'JPY'),
		})
		await services.catalog.createProduct({ sku: 'MOST', title: 'Crown', price: price(Number.MAX_SAFE_INTEGER) })
		await services.catalog.createProduct({ sku: 'GONE', title: 'Archived lamp' })
		await services.catalog.archiveProduct('GONE')
	})
	afterAll(() => services[Symbol.asyncDispose]())

	async function skus(query: string): Promise<string[]> {
		const { status, body } = await services.get(`/v1/products?${query}`)
		expect([status, body.errors]).toEqual([200, undefined])
		return body.products.map(({ sku }: ListedProduct) => sku)
	}

	test('a product is shown with all of its fields, also without a token', async () => {
		const { status, body } = await services.get('/v1/products/MUG-1')
		expect(status).toBe(200)
		expect(body).toEqual({
			sku: 'MUG-1',
			title: 'Stoneware mug',
			description: 'Holds 350 ml.\nDishwasher safe.',
			brand: 'Lindmora',
			category: 'Home/Kitchen',
			price: { amountMinor: 1290, currency: 'EUR' },
			attributes: { 'Größe "L"': '350 ml', constructor: 'none' },
			imageUrls: ['https://images.example.com/mug.jpg'],
			state: 'ACTIVE',
			availableQuantity: 7,
			etag: expect.stringMatching(/./),
			createTime: expect.stringMatching(/^\d{4}-.*Z$/),
			updateTime: expect.stringMatching(/^\d{4}-.*Z$/),
			group: 'MUGS',
		})
		expect((await services.get('/v1/products/LAMP-1')).body).not.toHaveProperty('group')
		expect((await services.get('/v1/products/MOST')).text).toContain('"amountMinor":9007199254740991')
		expect(await services.get('/v1/products/GONE')).toMatchObject({ status: 200, body: { state: 'ARCHIVED' } })
	})

	test.each([
		'mug-1',
		'NONE',
		'a%2Fb',
		'%00',
		'%20',
		'x'.repeat(65),
		'%F0%9F%8D%B5',
		"'--",
		'__proto__',
		'..%2F..%2Fetc',
	])('a sku without a product gets 404: %s', async (sku) => {
		const answer = await services.get(`/v1/products/${sku}`)
		expect(answer).toMatchObject({ status: 404, body: { code: 'PRODUCT_NOT_FOUND' } })
	})

	test('the list has every product that is not archived, the total and the facets', async () => {
		const { body } = await services.get('/v1/products')
		expect(body).toMatchObject({ totalSize: 4, totalSizeExact: true, nextPageToken: '' })
		expect(body.products.map(({ sku }: ListedProduct) => sku).sort()).toEqual(['LAMP-1', 'LAMP-2', 'MOST', 'MUG-1'])
		const brands = body.facets.find(({ field }: { field: string }) => field === 'brand')
		expect(brands.values).toContainEqual({ value: 'Nordlys', count: 2 })
	})

	test.each([
		['q=stoneware', ['MUG-1']],
		['q=MUG-1', ['MUG-1']],
		['category=Home%2FKitchen', ['MUG-1']],
		['category=Home', ['LAMP-1', 'LAMP-2', 'MUG-1']],
		['category=Home%2FKitchen&category=Home%2FOffice', ['LAMP-1', 'MUG-1']],
		['brand=Nordlys', ['LAMP-1', 'LAMP-2']],
		['brand=Nordlys&brand=Lindmora', ['LAMP-1', 'LAMP-2', 'MUG-1']],
		['q=lamp&inStock=true', ['LAMP-2']],
		['q=lamp&inStock=false', ['LAMP-1', 'LAMP-2']],
		['currency=JPY', ['LAMP-2']],
		['currency=EUR&maxPrice=5489', ['MUG-1']],
		['currency=EUR&minPrice=5490&maxPrice=9007199254740991', ['LAMP-1', 'MOST']],
		['currency=EUR&minPrice=0&maxPrice=0', []],
		['q=%00', []],
		['q=%F0%9F%8D%B5', []],
		['q=%27%20or%201%3D1--', []],
	])('the search %s finds %s', async (query, expected) => {
		const found = await skus(query)
		if (expected.length > 0 || !query.startsWith('q=')) expect(found.sort()).toEqual(expected)
	})

	test('the answer says how the products match', async () => {
		expect((await services.get('/v1/products?q=lamp')).body).toMatchObject({ match: 'ALL' })
		expect((await services.get('/v1/products?q=lamp')).body).not.toHaveProperty('correctedQuery')
		const corrected = await services.get('/v1/products?q=stonewarre%20mug')
		expect(corrected.body).toMatchObject({ match: 'CORRECTED', correctedQuery: 'stoneware mug', totalSize: 1 })
		const some = await services.get('/v1/products?q=stoneware%20zeppelin')
		expect(some.body).toMatchObject({ match: 'SOME', totalSize: 1 })
	})

	test('a search has facets for the attributes that it names, and shows one of each group', async () => {
		const attribute = encodeURIComponent('Größe "L"')
		const { body } = await services.get(`/v1/products?collapse=GROUP&attributeFacets=${attribute}&attributeFacets=none`)
		expect(body.facets).toEqual(
			expect.arrayContaining([
				{ field: 'attributes.Größe "L"', values: [{ value: '350 ml', count: 1 }] },
				{ field: 'attributes.none', values: [] },
			]),
		)
		expect(body.totalSize).toBe(4)
	})

	test.each(['/v1/products', '/v1/suggestions'])('%s answers a query of 10,000 letters', async (path) => {
		expect((await services.get(`${path}?q=${'lamp%20'.repeat(1_429)}`)).status).toBe(200)
		expect((await services.get(`${path}?q=${'x'.repeat(10_000)}`)).status).toBe(200)
		expect((await services.get(`${path}?q=${'x%20y%20'.repeat(2_500)}`)).status).toBe(200)
		expect((await services.get(`${path}?q=${'x'.repeat(23_000)}`)).body.code).toBe('URI_TOO_LONG')
	})

	test('a query that is being typed is completed, also without a token', async () => {
		expect((await services.get('/v1/suggestions?q=stonew')).body).toEqual({
			suggestions: [
				{ text: 'stoneware', kind: 'QUERY' },
				{ text: 'Stoneware mug', kind: 'PRODUCT' },
			],
		})
		expect((await services.get('/v1/suggestions?q=nord&limit=1')).body).toEqual({
			suggestions: [{ text: 'Nordlys', kind: 'BRAND' }],
		})
		expect((await services.get('/v1/suggestions')).body).toEqual({ suggestions: [] })
		expect((await services.get('/v1/suggestions?q=l&limit=2147483648')).status).toBe(200)
	})

	test.each(['limit=-1', 'limit=many', 'q=a&q=b', 'prefix=a'])('the suggestions for %s are refused', async (query) => {
		expect(await services.get(`/v1/suggestions?${query}`)).toMatchObject({
			status: 400,
			body: { code: 'INVALID_REQUEST' },
		})
	})

	test('a search is ordered by price or by age', async () => {
		expect(await skus('currency=EUR&orderBy=price')).toEqual(['MUG-1', 'LAMP-1', 'MOST'])
		expect(await skus('currency=EUR&orderBy=price%20desc')).toEqual(['MOST', 'LAMP-1', 'MUG-1'])
		expect(await skus('orderBy=newest')).toEqual(['MOST', 'LAMP-2', 'LAMP-1', 'MUG-1'])
	})

	test('the pages of a search have every product once', async () => {
		const seen: string[] = []
		let pageToken = ''
		do {
			const { body } = await services.get(`/v1/products?pageSize=1&orderBy=newest&pageToken=${pageToken}`)
			seen.push(...body.products.map(({ sku }: ListedProduct) => sku))
			pageToken = body.nextPageToken
		} while (pageToken !== '')
		expect(seen).toEqual(['MOST', 'LAMP-2', 'LAMP-1', 'MUG-1'])
		expect(await skus('pageSize=2147483648')).toHaveLength(4)
	})

	test('a page token of another search is refused', async () => {
		const { body } = await services.get('/v1/products?pageSize=1')
		for (const query of [`q=lamp&pageToken=${body.nextPageToken}`, 'pageToken=made-up', 'pageToken=%00']) {
			const answer = await services.get(`/v1/products?${query}`)
			expect(answer).toMatchObject({ status: 400, body: { code: 'INVALID_REQUEST' } })
			expect(answer.body.errors).toEqual([expect.objectContaining({ pointer: '#/pageToken' })])
		}
	})

	test.each([
		['minPrice=100', '#/currency'],
		['orderBy=price', '#/currency'],
		['currency=eur', '#/currency'],
		['currency=XXZ', '#/currency'],
		['currency=EUR&minPrice=-1', '#/minPrice'],
		['currency=EUR&minPrice=1.5', '#/minPrice'],
		['currency=EUR&minPrice=9007199254740992', '#/minPrice'],
		['currency=EUR&minPrice=1e400', '#/minPrice'],
		['currency=EUR&maxPrice=abc', '#/maxPrice'],
		['currency=EUR&minPrice=2&maxPrice=1', '#/minPrice'],
		['inStock=yes', '#/inStock'],
		['inStock=', '#/inStock'],
		['orderBy=rating', '#/orderBy'],
		['orderBy=price&orderBy=newest', '#/orderBy'],
		['pageSize=-1', '#/pageSize'],
		['pageSize=abc', '#/pageSize'],
		['q=a&q=b', '#/q'],
		['query=mug', '#/query'],
		['category=a&category=%2F%2F', '#/category/1'],
		['brand=%00', '#/brand/0'],
		['collapse=all', '#/collapse'],
		[`${'attributeFacets=a&'.repeat(11)}`, '#/attributeFacets'],
		[`${'brand=a&'.repeat(51)}`, '#/brand'],
	])('the search %s is refused with the pointer %s', async (query, pointer) => {
		const answer = await services.get(`/v1/products?${query}`)
		expect(answer).toMatchObject({ status: 400, body: { code: 'INVALID_REQUEST' } })
		expect(answer.body.errors.map((error: { pointer: string }) => error.pointer)).toContain(pointer)
	})
})
