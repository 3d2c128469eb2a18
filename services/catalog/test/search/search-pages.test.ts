import { randomBytes } from 'node:crypto'
import { status } from '@grpc/grpc-js'
import type { SearchProductsRequest } from '@mercat/catalog-api/messages/SearchProductsRequest'
import { engines } from '@mercat/testing/test-database'
import { beforeAll, describe, expect, test } from 'vitest'
import { sharedCatalog } from '../shared-catalog.ts'
import { errorOf, product, startTestCatalog, upserts } from '../start-catalog.ts'

const amount = 137

// Few prices and titles, so that most products tie with others.
const shelf = Array.from({ length: amount }, (_, index) =>
	product({
		sku: `Mug-${(index * 7919) % 1000}`,
		title: index % 3 === 0 ? 'Stoneware mug' : 'Mug made of stoneware, large',
		brand: `Brand ${index % 60}`,
		price: { currencyCode: 'EUR', amountMinor: (index % 4) * 2 ** 51 },
	}),
)

describe.each(engines)('the pages of a search on %s', (engine) => {
	const catalog = sharedCatalog(engine)
	beforeAll(async () => {
		const thirds = [0, 1, 2].map((third) => shelf.filter((_, index) => index % 3 === third))
		await catalog.import(thirds.map((part) => ({ upserts: upserts(part) })))
	})

	async function allPages(request: SearchProductsRequest): Promise<string[][]> {
		const pages: string[][] = []
		let pageToken = ''
		do {
			const response = await catalog.search({ ...request, pageToken })
			expect(response).toMatchObject({ totalSize: amount, totalSizeExact: true })
			pages.push(response.products.map(({ sku }) => sku))
			pageToken = response.nextPageToken
		} while (pageToken !== '')
		return pages
	}

	test.each(
		['relevance', 'price', 'price desc', 'newest'].flatMap((orderBy) =>
			['', 'mug stone', 'stonware'].map((query) => ({ orderBy, query })),
		),
	)(
		'show each product once and in the same order with any page size: order "$orderBy", query "$query"',
		async (request) => {
			const filter = { currencyCode: 'EUR' }
			const whole = (await allPages({ ...request, filter, pageSize: 100 })).flat()
			expect(new Set(whole).size).toBe(amount)
			const small = await allPages({ ...request, filter, pageSize: 9 })
			expect(small.flat()).toEqual(whole)
			expect(small.map(({ length }) => length)).toEqual([...Array(15).fill(9), 2])
		},
	)

	test('show products in the order of their prices', async () => {
		const { products } = await catalog.search({ orderBy: 'price desc', filter: { currencyCode: 'EUR' }, pageSize: 100 })
		const prices = products.map(({ price }) => Number(price?.amountMinor))
		expect(prices).toEqual(prices.toSorted((one, other) => other - one))
	})

	test('have 20 products by default and at most 100', async () => {
		for (const [pageSize, length] of [
			[0, 20],
			[1, 1],
			[100, 100],
			[101, 100],
			[2_147_483_647, 100],
		]) {
			expect((await catalog.search({ pageSize })).products).toHaveLength(length as number)
		}
	})

	test('end with an empty token, even when the last page is full', async () => {
		const { nextPageToken } = await catalog.search({ pageSize: 100 })
		const last = await catalog.search({ pageSize: amount - 100, pageToken: nextPageToken })
		expect(last.products).toHaveLength(amount - 100)
		expect(last.nextPageToken).toBe('')
	})

	test('continue with another page size', async () => {
		const first = await catalog.search({ pageSize: 10 })
		const second = await catalog.search({ pageSize: 5, pageToken: first.nextPageToken })
		const both = await catalog.search({ pageSize: 15 })
		expect([...first.products, ...second.products]).toEqual(both.products)
	})

	test('neither skip nor repeat a product when another one is created between two pages', async () => {
		const first = await catalog.search({ pageSize: 50 })
		await catalog.create(product({ sku: '0-before-all' }))
		const rest = await catalog.search({ pageSize: 100, pageToken: first.nextPageToken })
		expect(rest.products).toHaveLength(amount - 50)
		expect(new Set([...first.products, ...rest.products].map(({ sku }) => sku)).size).toBe(amount)
		await catalog.archive('0-before-all')
	})

	const asked: SearchProductsRequest = {
		query: 'mug',
		orderBy: 'relevance',
		filter: { currencyCode: 'EUR', minAmountMinor: 0, categories: [], brands: [], inStock: false },
		pageSize: 5,
	}

	test.each<[string, SearchProductsRequest]>([
		['query', { query: 'mugs' }],
		['order', { orderBy: 'newest' }],
		['absent filter', { filter: null }],
		['currency', { filter: { ...asked.filter, currencyCode: 'USD' } }],
		['lower bound', { filter: { ...asked.filter, minAmountMinor: 1 } }],
		['upper bound', { filter: { ...asked.filter, maxAmountMinor: 1 } }],
		['stock', { filter: { ...asked.filter, inStock: true } }],
		['brands', { filter: { ...asked.filter, brands: ['Brand 1'] } }],
		['categories', { filter: { ...asked.filter, categories: ['Home'] } }],
	])('do not continue with another %s', async (_, other) => {
		const { nextPageToken: pageToken } = await catalog.search(asked)
		await catalog.search({ ...asked, pageToken })
		expect(await errorOf(catalog.search({ ...asked, ...other, pageToken }))).toMatchObject({
			code: status.INVALID_ARGUMENT,
			reason: 'PAGE_TOKEN_INVALID',
		})
	})

	test('do not continue from a token that was changed or invented', async () => {
		const { nextPageToken: token } = await catalog.search(asked)
		const changed = Array.from(token, (letter, index) => {
			return `${token.slice(0, index)}${letter === 'A' ? 'B' : 'A'}${token.slice(index + 1)}`
		})
		const unsigned = Buffer.concat([Buffer.alloc(32), Buffer.from(token, 'base64url').subarray(32)]).toString(
			'base64url',
		)
		const madeUp = [
			'x',
			'null',
			'{}',
			'\u0000',
			'💥',
			'=',
			'%00',
			unsigned,
			randomBytes(300).toString('base64url'),
			'A'.repeat(300_000),
		]
		const spellings = [
			`${token}=`,
			`${token}A`,
			`${token} `,
			`${token}\n`,
			token.slice(0, -1),
			token.slice(0, 43),
			token.toLowerCase(),
		]
		for (const pageToken of [...changed, ...madeUp, ...spellings]) {
			const error = await errorOf(catalog.search({ ...asked, pageToken }))
			expect(error).toMatchObject({ code: status.INVALID_ARGUMENT, reason: 'PAGE_TOKEN_INVALID' })
		}
	})

	test('show at most fifty values of a facet', async () => {
		const { facets } = await catalog.search({})
		const brands = facets.find(({ field }) => field === 'brand')?.values ?? []
		expect(brands).toHaveLength(50)
		const sorted = brands.toSorted((one, other) => other.count - one.count || (one.value < other.value ? -1 : 1))
		expect(brands).toEqual(sorted)
	})
})

test('a search counts at most ten thousand matches', async () => {
	await using catalog = await startTestCatalog('postgres')
	const crowd = Array.from({ length: 10_001 }, (_, index) => product({ sku: `P-${index}` }))
	const batches = Array.from({ length: 21 }, (_, index) => crowd.slice(index * 500, (index + 1) * 500))
	await catalog.import(batches.map((batch) => ({ upserts: upserts(batch) })))
	expect(await catalog.search({ query: 'mug' })).toMatchObject({ totalSize: 10_000, totalSizeExact: false })
	await catalog.archive('P-0')
	expect(await catalog.search({ query: 'mug' })).toMatchObject({ totalSize: 10_000, totalSizeExact: true })
})

test.each(engines)(
	'on %s a page of large products is shorter, so that it fits into one gRPC message',
	async (engine) => {
		await using catalog = await startTestCatalog(engine)
		const attributes = Object.fromEntries(
			Array.from({ length: 50 }, (_, index) => [`name ${index}`, '\u{1fad6}'.repeat(500)]),
		)
		const large = Array.from({ length: 45 }, (_, index) => product({ sku: `Large-${index}`, attributes }))
		await catalog.import([0, 1, 2, 3, 4].map((part) => ({ upserts: upserts(large.slice(9 * part, 9 * part + 9)) })))

		const first = await catalog.search({ pageSize: 100 })
		const second = await catalog.search({ pageSize: 100, pageToken: first.nextPageToken })
		expect([first.totalSize, second.totalSize, second.nextPageToken]).toEqual([45, 45, ''])
		expect(first.products.length).toBeGreaterThan(20)
		const skus = [...first.products, ...second.products].map(({ sku }) => sku)
		expect(skus.toSorted()).toEqual(large.map(({ sku }) => sku).toSorted())
	},
)
