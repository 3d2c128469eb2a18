import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expectInvalid } from '../expect-invalid.ts'
import { orderOf, type Services, startServices } from '../start-services.ts'
import { token } from '../tokens.ts'
import { prepareDatabase } from '../webhooks/prepared-database.ts'
import { plantOrders } from './planted-orders.ts'

const staff = token('staff', 'orders:manage')
const planted = 20_050

describe('the filters of the list of orders', () => {
	let database: Awaited<ReturnType<typeof prepareDatabase>>
	let services: Services
	let sku: string
	beforeAll(async () => {
		database = await prepareDatabase('postgres', (opened) => opened.query(plantOrders(planted)))
		services = await startServices('postgres', { databaseUrl: database.url })
		sku = await services.catalog.createProduct({ onHand: 100 })
	})
	afterAll(async () => {
		await services?.[Symbol.asyncDispose]()
		await database?.[Symbol.asyncDispose]()
	})

	type Query = { [parameter: string]: string | undefined }
	const list = (query: Query, as = staff) =>
		services.get(`/v1/orders?${new URLSearchParams(query as Record<string, string>)}`, { token: as })
	const placesOf = ({ body }: Awaited<ReturnType<typeof list>>): number[] =>
		body.orders.map(({ id }: { id: string }) => Number(id.slice(-12)))

	/** Follows the pages to the end. On a busy machine a search may stop earlier. */
	async function follow(query: Query, as = staff): Promise<Awaited<ReturnType<typeof list>>[]> {
		const pages = [await list(query, as)]
		for (let page = pages[0]; page?.body.nextPageToken; pages.push(page)) {
			page = await list({ ...query, pageToken: page.body.nextPageToken }, as)
		}
		return pages
	}
	const find = async (query: Query, as = staff) => (await follow(query, as)).flatMap(placesOf)
	const at = (place: number) => new Date(Date.UTC(2026, 0, 1) + place * 1_000).toISOString()

	test('a search that has looked at its most orders tells how far it has looked, and its token looks further', async () => {
		const pages = await follow({ sku: 'RARE' })
		const last = pages.pop()
		expect(last?.body).toMatchObject({ orders: [{ status: 'shipped' }], nextPageToken: '' })
		expect(last?.body).not.toHaveProperty('searchedTo')
		expect(pages).not.toEqual([])
		const times = pages.map(({ body }) => body.searchedTo)
		expect(times).toEqual(times.toSorted().reverse())
		for (const { body } of pages) expect(body.orders).toEqual([])
		for (const time of times) expect(time >= at(planted - 20_000 * pages.length + 1)).toBe(true)
	})

	test('a page that is full does not tell how far it has looked', async () => {
		const page = await list({ sku: 'MUG', pageSize: '5' })
		expect(placesOf(page)).toHaveLength(5)
		expect(page.body.nextPageToken).not.toBe('')
		expect(page.body).not.toHaveProperty('searchedTo')
	})

	test('staff lists the orders between two times: from the first on, and before the second', async () => {
		const between = { placedAfter: at(10), placedBefore: at(13) }
		expect(placesOf(await list(between))).toEqual([12, 11, 10])
		expect(placesOf(await list({ ...between, pageSize: '2' }))).toEqual([12, 11])
		const { nextPageToken } = (await list({ ...between, pageSize: '2' })).body
		expect(placesOf(await list({ ...between, pageSize: '2', pageToken: nextPageToken }))).toEqual([10])
		expect(placesOf(await list({ ...between, placedBefore: at(10) }))).toEqual([])
		expect(placesOf(await list({ placedAfter: '2026-01-01T01:00:10+01:00', placedBefore: at(11) }))).toEqual([10])
		expect(placesOf(await list({ placedBefore: '0000-01-01T00:00:00Z' }))).toEqual([])
		expect(placesOf(await list({ placedAfter: '9999-12-31T23:59:59-23:00' }))).toEqual([])
	})

	test('staff finds an order by the reference of the client, and by that of the parcel', async () => {
		const query = { placedBefore: at(1_000) }
		expect(await find({ ...query, reference: 'cart-42' })).toEqual([42])
		expect(await find({ ...query, reference: 'parcel-42' })).toEqual([42])
		expect(await find({ ...query, reference: 'parcel-42', status: 'shipped' })).toEqual([])
		expect(await find({ ...query, reference: `cart-42' or "a" = 'a` })).toEqual([])
	})

	test('a customer filters its own orders, and finds none of other customers', async () => {
		const own = token('customer-of-its-own')
		const { body } = await services.place({ ...orderOf(sku), reference: 'cart-42' }, { token: own })
		for (const query of [{ reference: 'cart-42' }, { sku }, { status: 'placed' }, { placedAfter: at(0) }]) {
			const found = await list(query, own)
			expect(found.body.orders.map(({ id }: { id: string }) => id)).toEqual([body.id])
		}
		expect(await find({ sku: 'RARE' }, own)).toEqual([])
		expect(await find({ sku: 'RARE' }, token('wholesale'))).toEqual([1])
	})

	test('a page token belongs to the filter that it was made with', async () => {
		const filter = { placedAfter: at(10), placedBefore: at(20), sku: 'MUG', pageSize: '1' }
		const { nextPageToken: pageToken } = (await list(filter)).body
		expect(placesOf(await list({ ...filter, pageToken }))).toEqual([18])
		for (const other of [{ placedAfter: at(11) }, { placedBefore: at(21) }, { sku: 'CUP' }, { reference: 'cart-18' }]) {
			await expectInvalid(list({ ...filter, ...other, pageToken }), '#/pageToken')
		}
	})

	test.each([
		[{ placedAfter: 'yesterday' }, '#/placedAfter'],
		[{ placedAfter: '2026-01-01' }, '#/placedAfter'],
		[{ placedAfter: '2026-01-01T00:00:00' }, '#/placedAfter'],
		[{ placedBefore: '2026-02-30T00:00:00Z' }, '#/placedBefore'],
		[{ placedBefore: '2016-12-31T23:59:60Z' }, '#/placedBefore'],
		[{ placedBefore: '' }, '#/placedBefore'],
		[{ placedAfter: '2026-01-02T00:00:00Z', placedBefore: '2026-01-01T00:00:00Z' }, '#/placedBefore'],
		[{ sku: 'a b' }, '#/sku'],
		[{ sku: '' }, '#/sku'],
		[{ reference: '' }, '#/reference'],
		[{ reference: 'x'.repeat(129) }, '#/reference'],
		[{ reference: 'a\0b' }, '#/reference'],
	])('a list with the query %j is refused with the place %s', (query, pointer) => expectInvalid(list(query), pointer))
})
