import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newCustomer, type Services, startServices } from '../start-services.ts'
import { token } from '../tokens.ts'

let services: Services
beforeAll(async () => {
	services = await startServices('postgres')
})
afterAll(() => services[Symbol.asyncDispose]())

describe('paths', () => {
	test.each([
		'/v1',
		'/v1/order',
		'/V1/orders',
		'/v1/orders/a/b/c',
		'/v1//orders',
		'/.env',
		'/v1/orders/a/refund',
		'/%',
		'/%c0%ae',
		'/%00',
	])('the path %s is no route and gets 404', async (path) => {
		for (const method of ['GET', 'POST', 'DELETE']) {
			const answer = await services.request(method, path, { token: token(newCustomer()) })
			expect(answer.status).toBe(404)
			expect(['NOT_FOUND', 'ORDER_NOT_FOUND', 'PRODUCT_NOT_FOUND']).toContain(answer.body.code)
		}
	})

	test.each(['/v1/orders/', '/v1/orders/x/', '/v1/orders//cancel', '/v1/products/', '/livez/', '/problems/'])(
		'the path %s, with a slash too many, is no route for any method and gets 404 NOT_FOUND',
		async (path) => {
			for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']) {
				const answer = await services.request(method, path, { token: token(newCustomer()) })
				expect(answer, method).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } })
			}
		},
	)

	test.each([
		['PUT', '/v1/orders', 'GET, HEAD, POST'],
		['DELETE', '/v1/orders/x', 'GET, HEAD'],
		['PATCH', '/v1/orders/x', 'GET, HEAD'],
		['GET', '/v1/orders/x/cancel', 'POST'],
		['GET', '/v1/orders/x/pay', 'POST'],
		['POST', '/v1/orders/x/history', 'GET, HEAD'],
		['POST', '/v1/products', 'GET, HEAD'],
		['DELETE', '/v1/products/MUG', 'GET, HEAD'],
		['POST', '/livez', 'GET, HEAD'],
		['POST', '/openapi.json', 'GET, HEAD'],
		['OPTIONS', '/v1/orders', 'GET, HEAD, POST'],
	])('%s %s gets 405 and Allow: %s', async (method, path, allow) => {
		const { status, headers, body } = await services.request(method, path)
		expect([status, body.code, headers.get('allow')]).toEqual([405, 'METHOD_NOT_ALLOWED', allow])
	})

	test('an unknown method is refused', async () => {
		const answer = await services.exchange('FROBNICATE /v1/orders HTTP/1.1\r\nhost: test\r\n\r\n')
		expect([400, 404, 405]).toContain(answer.status)
	})

	test.each(['/v1/orders', '/v1/products', '/livez', '/openapi.json', '/problems/not-found'])(
		'HEAD %s gets the answer of GET without its body',
		async (path) => {
			const as = { token: token(newCustomer()) }
			const [head, get] = [await services.request('HEAD', path, as), await services.get(path, as)]
			expect([head.status, head.text]).toEqual([200, ''])
			expect(head.headers.get('content-type')).toBe(get.headers.get('content-type'))
		},
	)

	test('a URI of more than 4,096 characters gets 414', async () => {
		for (const path of [`/v1/events?after=${'x'.repeat(4_100)}`, `/v1/products/${'x'.repeat(4_100)}`]) {
			expect(await services.get(path)).toMatchObject({ status: 414, body: { code: 'URI_TOO_LONG' } })
		}
	})

	test('the `instance` of a problem has at most 200 characters', async () => {
		const { body } = await services.get(`/nowhere/${'x'.repeat(1_000)}`)
		expect(body.instance.length).toBeLessThanOrEqual(200)
	})
})

test('a query of thousands of parameters is refused', async () => {
	const query = Array.from({ length: 700 }, (_, i) => `a${i}`).join('&')
	expect(await services.get(`/v1/orders?${query}`, { token: token(newCustomer()) })).toMatchObject({ status: 400 })
	const tooMany = Array.from({ length: 10_000 }, () => 'a').join('&')
	expect((await services.exchange(`GET /v1/orders?${tooMany} HTTP/1.1\r\nhost: test\r\n\r\n`)).status).toBeOneOf([
		414, 431,
	])
})
