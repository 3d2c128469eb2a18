import { randomUUID } from 'node:crypto'
import { eventually } from '@mercat/testing/eventually'
import { engines } from '@mercat/testing/test-database'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newCustomer, orderOf, type Services, startServices } from '../start-services.ts'
import { token } from '../tokens.ts'

const staff = token('staff', 'orders:manage')

describe.each(engines)('refusals on %s', (engine) => {
	let services: Services
	let sku: string
	beforeAll(async () => {
		services = await startServices(engine)
		sku = await services.catalog.createProduct({ onHand: 1 })
	})
	afterAll(() => services[Symbol.asyncDispose]())

	const refusals = async (query: string) => (await services.get(`/v1/refusals?${query}`, { token: staff })).body

	/** The refusals of a query, as soon as there are `count`. */
	async function untilKept(query: string, count: number) {
		return eventually(async () => {
			const body = await refusals(query)
			expect(body.refusals).toHaveLength(count)
			return body.refusals
		})
	}

	test('a refused order is listed within seconds, with its customer, its items and its trace', async () => {
		const customer = newCustomer()
		const traceparent = `00-${randomUUID().replaceAll('-', '')}-00f067aa0ba902b7-00`
		const body = { items: [{ sku, quantity: 3 }] }
		const answer = await services.place(body, { customer, headers: { traceparent } })
		expect(answer.body.code).toBe('OUT_OF_STOCK')
		const [refusal] = await untilKept(`customerId=${customer}`, 1)
		expect(refusal).toEqual({
			at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]{12}Z$/),
			operation: 'place',
			status: 409,
			code: 'OUT_OF_STOCK',
			customerId: customer,
			orderId: expect.stringMatching(/^[0-9a-f-]{36}$/),
			traceId: answer.body.traceId,
			detail: answer.body.detail,
			items: [{ sku, requested: 3, available: 1 }],
		})
		for (const query of [`traceId=${traceparent}`, `traceId=${refusal.traceId}`, `orderId=${refusal.orderId}`]) {
			expect((await refusals(query)).refusals).toEqual([refusal])
		}
		expect((await refusals(`customerId=${customer}&code=PRICE_CHANGED`)).refusals).toEqual([])
	})

	test('an order that was never placed has the same id in each of its refusals, also in those before its handler', async () => {
		const again = { customer: newCustomer(), key: randomUUID() }
		await services.place(orderOf('no-such-product'), again)
		await services.place({ items: 'none' }, again)
		await services.place(orderOf(sku), { ...again, token: token(again.customer, 'orders:read') })
		const found = await untilKept(`customerId=${again.customer}`, 3)
		expect(found.map(({ code }: { code: string }) => code)).toEqual(['FORBIDDEN', 'INVALID_REQUEST', 'UNKNOWN_PRODUCT'])
		expect(new Set(found.map(({ orderId }: { orderId: string }) => orderId)).size).toBe(1)
		expect(found[2]).toMatchObject({ skus: ['no-such-product'] })
		expect(found[1]).toMatchObject({ errors: [{ pointer: '#/items', code: 'type' }] })
	})

	test('a request without a valid token is listed without a customer and without an order', async () => {
		const { body } = await services.request('POST', '/v1/orders', { body: orderOf(sku) })
		expect(await untilKept(`traceId=${body.traceId}`, 1)).toMatchObject([
			{ code: 'UNAUTHENTICATED', customerId: null, orderId: null },
		])
	})

	test('a refused transition is listed with its order; an order that was placed and reads that fail are not', async () => {
		const customer = newCustomer()
		const plenty = await services.catalog.createProduct()
		const { body: order } = await services.place(orderOf(plenty), { customer })
		await services.get(`/v1/orders/${randomUUID()}`, { token: token(customer) })
		const shipping = { token: staff, body: { reference: 'parcel-1' } }
		expect(await services.request('POST', `/v1/orders/${order.id}/ship`, shipping)).toMatchObject({ status: 409 })
		expect(await untilKept(`orderId=${order.id}`, 1)).toMatchObject([
			{ operation: 'ship', code: 'ORDER_STATE_CONFLICT', customerId: 'staff', state: 'placed' },
		])
		expect((await refusals(`customerId=${customer}`)).refusals).toEqual([])
	})

	test('a name that the database cannot store is kept in another form, and the records beside it are kept', async () => {
		const customer = newCustomer()
		await services.place('{"items":[],"a\\u0000\\ud800":1}', { customer })
		await services.place(orderOf('no-such-product'), { customer })
		expect(await untilKept(`customerId=${customer}`, 2)).toMatchObject([
			{ code: 'UNKNOWN_PRODUCT' },
			{ code: 'INVALID_REQUEST' },
		])
	})

	test('the pages have each refusal once, the newest first', async () => {
		const customer = newCustomer()
		for (let index = 0; index < 12; index++) await services.place(orderOf(`no-${index}`), { customer })
		await untilKept(`customerId=${customer}`, 12)
		const skus: string[] = []
		let pageToken = ''
		do {
			const page = await refusals(`customerId=${customer}&pageSize=5&pageToken=${pageToken}`)
			skus.push(...page.refusals.flatMap((refusal: { skus: string[] }) => refusal.skus))
			pageToken = page.nextPageToken
		} while (pageToken !== '')
		expect(skus).toEqual(Array.from({ length: 12 }, (_, index) => `no-${11 - index}`))
		const first = await refusals(`customerId=${customer}&pageSize=5`)
		expect(
			await services.get(`/v1/refusals?pageSize=5&pageToken=${first.nextPageToken}`, { token: staff }),
		).toMatchObject({ status: 400, body: { errors: [{ parameter: 'pageToken' }] } })
	})

	test('customers see no refusals and get no explanation', async () => {
		const customer = token(newCustomer(), 'orders:read orders:write')
		for (const path of ['/v1/refusals', `/v1/explain?order=${randomUUID()}`]) {
			expect(await services.get(path, { token: customer })).toMatchObject({ status: 403 })
			expect(await services.get(path)).toMatchObject({ status: 401 })
		}
	})
})
