import { afterAll, beforeAll, expect, test } from 'vitest'
import { newCustomer, type Services, startServices } from '../start-services.ts'
import { token } from '../tokens.ts'

let services: Services
beforeAll(async () => {
	services = await startServices('pglite')
})
afterAll(() => services[Symbol.asyncDispose]())

const reader = token(newCustomer(), 'orders:read orders:manage events:read webhooks:manage')
const urn = 'urn:uuid:3e0c2b52-6f0a-4f0e-9d55-8a4a4bb0c0a1'

async function errorsOf(path: string) {
	const { status, body } = await services.get(path, { token: reader })
	expect([status, body.code]).toEqual([400, 'INVALID_REQUEST'])
	return body.errors
}

test.each(['/v1/products', '/v1/orders', '/v1/events'])('an unknown parameter of %s is named as such', async (path) => {
	expect(await errorsOf(`${path}?foo=1&a%2Fb=2`)).toEqual([
		{ pointer: '#/foo', parameter: 'foo', code: 'additionalProperties', detail: 'is an unknown parameter' },
		{ pointer: '#/a~1b', parameter: 'a/b', code: 'additionalProperties', detail: 'is an unknown parameter' },
	])
})

test.each([
	['/v1/products?pageSize=x', 'pageSize'],
	['/v1/products?pageToken=x', 'pageToken'],
	['/v1/products?minPrice=1', 'currency'],
	['/v1/orders?status=lost', 'status'],
	['/v1/orders?pageToken=x', 'pageToken'],
	['/v1/events?types=lost', 'types'],
	['/v1/events?after=9007199254740991', 'after'],
	[`/v1/events?orderId=${urn}`, 'orderId'],
	[`/v1/refusals?orderId=${urn}`, 'orderId'],
	[`/v1/explain?order=${urn}`, 'order'],
	['/v1/webhooks/3e0c2b52-6f0a-4f0e-9d55-8a4a4bb0c0a1/deliveries?pageToken=x', 'pageToken'],
])('the answer to %s names the parameter %s', async (path, parameter) => {
	expect(await errorsOf(path)).toEqual([
		{ pointer: `#/${parameter}`, parameter, code: expect.any(String), detail: expect.any(String) },
	])
})

test('an error in a body has no parameter, and says in plain words what is missing and what is unknown', async () => {
	const { body } = await services.place({ items: [{ quantity: 1 }], foo: 1 })
	expect(body.errors).toEqual([
		{ pointer: '#/foo', code: 'additionalProperties', detail: 'is an unknown member' },
		{ pointer: '#/items/0/sku', code: 'required', detail: 'is required' },
	])
})
