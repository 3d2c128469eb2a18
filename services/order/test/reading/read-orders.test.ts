import { randomUUID } from 'node:crypto'
import { engines } from '@mercat/testing/test-database'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newCustomer, orderOf, type Services, startServices } from '../start-services.ts'
import { token } from '../tokens.ts'

describe.each(engines)('reading an order on %s', (engine) => {
	let services: Services
	let sku: string
	beforeAll(async () => {
		services = await startServices(engine)
		sku = await services.catalog.createProduct()
	})
	afterAll(() => services[Symbol.asyncDispose]())

	const staff = token('staff', 'orders:manage')
	const placeOne = async (customer: string): Promise<string> =>
		(await services.place(orderOf(sku), { customer })).body.id

	test('the order of another customer looks like an order that does not exist, except for staff', async () => {
		const id = await placeOne(newCustomer())
		const mallory = token(newCustomer())
		const [others, random] = [
			await services.get(`/v1/orders/${id}`, { token: mallory }),
			await services.get(`/v1/orders/${randomUUID()}`, { token: mallory }),
		]
		for (const { status, headers, body } of [others, random]) {
			expect([status, body.code]).toEqual([404, 'ORDER_NOT_FOUND'])
			expect(headers.get('etag')).toBeNull()
		}
		const { instance: _own, traceId: _one, ...saysOfOthers } = others.body
		const { instance: _any, traceId: _other, ...saysOfRandom } = random.body
		expect(saysOfOthers).toEqual(saysOfRandom)
		expect(await services.get(`/v1/orders/${id}`, { token: staff })).toMatchObject({ status: 200, body: { id } })
	})

	test('an id has only one spelling, and any other spelling gets 404', async () => {
		const customer = newCustomer()
		const id = await placeOne(customer)
		const spellings = [
			id.toUpperCase(),
			`{${id}}`,
			`urn:uuid:${id}`,
			id.replaceAll('-', ''),
			`${id}%20`,
			`%20${id}`,
			`${id}%00`,
			`${id}%0A`,
			id.slice(1),
			'1',
			'null',
			"'%20or%201=1--",
			'%F0%9F%8D%B5',
			'x'.repeat(900),
		]
		for (const spelling of spellings) {
			const answer = await services.get(`/v1/orders/${spelling}`, { token: token(customer) })
			expect(answer, spelling).toMatchObject({ status: 404, body: { code: 'ORDER_NOT_FOUND' } })
		}
	})
})
