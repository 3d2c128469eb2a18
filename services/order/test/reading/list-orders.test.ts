import { engines } from '@mercat/testing/test-database'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newCustomer, orderOf, type Services, severalTimes, startServices } from '../start-services.ts'
import { token } from '../tokens.ts'

type ListedOrder = { id: string; customerId: string; placedAt: string; status: string }

describe.each(engines)('listing orders on %s', (engine) => {
	let services: Services
	let sku: string
	beforeAll(async () => {
		services = await startServices(engine)
		sku = await services.catalog.createProduct({ onHand: 1_000_000 })
	})
	afterAll(() => services[Symbol.asyncDispose]())

	const staff = token('staff', 'orders:read orders:write orders:manage')

	async function placeMany(customer: string, count: number): Promise<string[]> {
		const answers = await severalTimes(count, () => services.place(orderOf(sku), { customer }))
		expect(answers.map(({ status }) => status)).toEqual(Array(count).fill(201))
		return answers.map(({ body }) => body.id)
	}

	async function readPages(query: string, as: string): Promise<ListedOrder[][]> {
		const pages: ListedOrder[][] = []
		let pageToken = ''
		do {
			const { status, body } = await services.get(`/v1/orders?${query}&pageToken=${pageToken}`, { token: as })
			expect(status).toBe(200)
			pages.push(body.orders)
			pageToken = body.nextPageToken
		} while (pageToken !== '')
		return pages
	}

	test('the list of a customer without orders is one empty page', async () => {
		const { status, body } = await services.get('/v1/orders', { token: token(newCustomer()) })
		expect([status, body]).toEqual([200, { orders: [], nextPageToken: '' }])
	})

	test('the pages of a list have every order once, newest first, although many have the same time', async () => {
		const customer = newCustomer()
		const ids = await placeMany(customer, 25)
		const pages = await readPages('pageSize=7', token(customer))
		expect(pages.map(({ length }) => length)).toEqual([7, 7, 7, 4])
		const orders = pages.flat()
		expect(orders.map(({ id }) => id).sort()).toEqual(ids.sort())
		const times = orders.map(({ placedAt }) => placedAt)
		expect(times).toEqual(times.toSorted().reverse())
	})

	test('a page that ends with the last order has no page token', async () => {
		const customer = newCustomer()
		await placeMany(customer, 4)
		expect((await readPages('pageSize=2', token(customer))).map(({ length }) => length)).toEqual([2, 2])
	})

	test('orders that are placed between two pages cause no gap and no repeat', async () => {
		const customer = newCustomer()
		const ids = await placeMany(customer, 4)
		const first = await services.get('/v1/orders?pageSize=2', { token: token(customer) })
		await placeMany(customer, 3)
		const rest = await services.get(`/v1/orders?pageSize=100&pageToken=${first.body.nextPageToken}`, {
			token: token(customer),
		})
		const seen = [...first.body.orders, ...rest.body.orders].map(({ id }: ListedOrder) => id)
		expect(seen.sort()).toEqual(ids.sort())
	})

	test('a page has 20 orders, or as many as the query asks for, up to 100', async () => {
		const customer = newCustomer()
		await placeMany(customer, 101)
		for (const [query, size] of [
			['', 20],
			['?pageSize=0', 20],
			['?pageSize=1', 1],
			['?pageSize=100', 100],
			['?pageSize=101', 100],
			['?pageSize=2147483648', 100],
			['?pageSize=1e400', 100],
		] as const) {
			const { status, body } = await services.get(`/v1/orders${query}`, { token: token(customer) })
			expect([query, status, body.orders.length]).toEqual([query, 200, size])
			expect(body.nextPageToken).not.toBe('')
		}
	})

	test('the query parameter status filters the list', async () => {
		const customer = newCustomer()
		const [placed = '', cancelled = ''] = await placeMany(customer, 2)
		await services.request('POST', `/v1/orders/${cancelled}/cancel`, { token: token(customer) })
		const ids = async (query: string) => (await readPages(query, token(customer))).flat().map(({ id }) => id)
		expect(await ids('status=placed')).toEqual([placed])
		expect(await ids('status=cancelled')).toEqual([cancelled])
		expect(await ids('status=shipped')).toEqual([])
	})

	test('staff lists the orders of all customers, or of one customer', async () => {
		const [one, other] = [newCustomer(), newCustomer()]
		const ids = [...(await placeMany(one, 2)), ...(await placeMany(other, 1))]
		const ofOne = await services.get(`/v1/orders?customerId=${one}`, { token: staff })
		expect(ofOne.body.orders.map(({ customerId }: ListedOrder) => customerId)).toEqual([one, one])
		const all = await services.get('/v1/orders?pageSize=3', { token: staff })
		expect(all.body.orders.map(({ id }: ListedOrder) => id).sort()).toEqual(ids.sort())
	})

	test('a customer may name itself in the query, and no other customer', async () => {
		const customer = newCustomer()
		await placeMany(customer, 1)
		const own = await services.get(`/v1/orders?customerId=${customer}`, { token: token(customer) })
		expect(own.body.orders).toHaveLength(1)
		const others = await services.get(`/v1/orders?customerId=${customer}`, { token: token(newCustomer()) })
		expect(others).toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } })
		expect(others.body.detail).toContain('orders:manage')
	})

	test('a page token is refused with another query, for another customer, and when it is changed', async () => {
		const [customer, other] = [newCustomer(), newCustomer()]
		await placeMany(customer, 2)
		const first = await services.get('/v1/orders?pageSize=1&status=placed', { token: token(customer) })
		const { nextPageToken } = first.body
		const refused: [string, string][] = [
			[`status=paid&pageToken=${nextPageToken}`, token(customer)],
			[`pageToken=${nextPageToken}`, token(customer)],
			[`status=placed&pageToken=${nextPageToken}`, token(other)],
			[`status=placed&customerId=${other}&pageToken=${nextPageToken}`, staff],
			[`status=placed&pageToken=${nextPageToken}`, staff],
			[`status=placed&pageToken=${nextPageToken.slice(0, -1)}`, token(customer)],
			[`status=placed&pageToken=${nextPageToken}A`, token(customer)],
			[`status=placed&pageToken=${nextPageToken}%3D`, token(customer)],
			[`status=placed&pageToken=A${nextPageToken.slice(1)}x`, token(customer)],
			['pageToken=made-up', token(customer)],
			['pageToken=%00', token(customer)],
			[`pageToken=${Buffer.from('{"placedAt":"2026-01-01","id":"x"}').toString('base64url')}`, token(customer)],
			[`pageToken=${'A'.repeat(2_000)}`, token(customer)],
		]
		for (const [query, as] of refused) {
			const answer = await services.get(`/v1/orders?${query}`, { token: as })
			expect(answer, query).toMatchObject({ status: 400, body: { code: 'INVALID_REQUEST' } })
			expect(answer.body.errors).toEqual([expect.objectContaining({ pointer: '#/pageToken' })])
		}
		const next = await services.get(`/v1/orders?pageSize=5&status=placed&pageToken=${nextPageToken}`, {
			token: token(customer),
		})
		expect(next.body.orders).toHaveLength(1)
	})

	test.each([
		['pageSize=-1', 'pageSize'],
		['pageSize=abc', 'pageSize'],
		['pageSize=1.5', 'pageSize'],
		['pageSize=', 'pageSize'],
		['pageSize=true', 'pageSize'],
		['pageSize=1&pageSize=2', 'pageSize'],
		['pageToken=a&pageToken=b', 'pageToken'],
		['status=gone', 'status'],
		['status=', 'status'],
		['status=Placed', 'status'],
		['status=placed&status=paid', 'status'],
		['customerId=', 'customerId'],
		['customerId=a%00b', 'customerId'],
		['limit=5', 'limit'],
		['pagesize=5', 'pagesize'],
		['__proto__=1', '__proto__'],
		['a%2Fb=1', 'a~1b'],
	])('a list with the query %s is refused with the place %s', async (query, place) => {
		const answer = await services.get(`/v1/orders?${query}`, { token: staff })
		expect(answer).toMatchObject({ status: 400, body: { code: 'INVALID_REQUEST' } })
		expect(answer.body.errors.map(({ pointer }: { pointer: string }) => pointer)).toContain(`#/${place}`)
	})
})
