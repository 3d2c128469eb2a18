import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newCustomer, orderOf, type Services, startServices } from '../start-services.ts'
import { token } from '../tokens.ts'

let services: Services
let sku: string
beforeAll(async () => {
	services = await startServices('postgres', { env: { REQUEST_BUDGET_MS: '1500' } })
	sku = await services.catalog.createProduct()
})
afterAll(() => services[Symbol.asyncDispose]())

/** The head of a `POST /v1/orders` with additional header lines. */
function head(...lines: string[]): string {
	return `${['POST /v1/orders HTTP/1.1', 'host: test', `authorization: Bearer ${token(newCustomer())}`, ...lines].join('\r\n')}\r\n\r\n`
}

const json = 'content-type: application/json'
const key = 'idempotency-key: k'

describe('headers', () => {
	test.each([
		'text/html',
		'application/xml',
		'application/json;q=0',
		'application/json; Q=0.000',
		'application/json;q=0, */*',
		'application/*;q=0, */*',
		'application/jsonp, text/json',
		'image/*, text/*',
		'text/html;note="application/json, */*"',
	])('a request that accepts only %s gets 406', async (accept) => {
		for (const path of ['/v1/orders', '/v1/products']) {
			const answer = await services.get(path, { token: token(newCustomer()), headers: { accept } })
			expect(answer).toMatchObject({ status: 406, body: { code: 'NOT_ACCEPTABLE' } })
		}
	})

	test.each([
		'*/*',
		'*',
		'application/*',
		'application/json',
		'application/json; charset=utf-8',
		'Application/JSON;version="1, 2;q=0";q=0.5',
		'application/problem+json',
		'text/html, */*;q=0.1',
		'application/json;q=0.001, */*;q=0',
		',',
		'',
	])('a request that accepts "%s" is served', async (accept) => {
		expect((await services.get('/v1/products', { headers: { accept } })).status).toBe(200)
	})

	test('headers of up to 24 KB are read, and more get 431', async () => {
		const { status } = await services.get('/v1/products', { headers: { 'x-large': 'x'.repeat(23_000) } })
		expect(status).toBe(200)
		const answer = await services.exchange(head(json, key, `x-large: ${'x'.repeat(26_000)}`))
		expect(answer).toMatchObject({ status: 431, closed: true, body: { code: 'HEADERS_TOO_LARGE' } })
	})

	test.each([
		['a space before a colon', 'x-odd : 1'],
		['a header without a name', ': 1'],
		['two lengths', 'content-length: 2\r\ncontent-length: 3'],
		['a length with transfer-encoding', 'content-length: 2\r\ntransfer-encoding: chunked'],
		['a length that is no number', 'content-length: abc'],
		['a line feed alone', 'x-odd: 1\nx-even: 2'],
		['an unknown transfer-encoding', 'transfer-encoding: gzip'],
	])('headers with %s get 400', async (_what, line) => {
		const answer = await services.exchange(head(json, key, line), '{}')
		expect(answer).toMatchObject({ status: 400, closed: true, body: { code: 'INVALID_REQUEST' } })
	})

	test('a problem has the trace id of the request’s traceparent, if that is valid', async () => {
		const trace = '0af7651916cd43dd8448eb211c80319c'
		const { body } = await services.get('/nowhere', { headers: { traceparent: `00-${trace}-b7ad6b7169203331-01` } })
		expect(body.traceId).toBe(trace)
		const odd = await services.get('/nowhere', { headers: { traceparent: '<script>' } })
		expect(odd.body.traceId).not.toContain('script')
	})

	test('every answer has the security headers', async () => {
		for (const path of ['/v1/products', '/nowhere', '/livez']) {
			const { headers } = await services.get(path)
			expect(headers.get('x-content-type-options')).toBe('nosniff')
			expect(headers.get('content-security-policy')).toContain("default-src 'none'")
			// A header of pages only.
			expect(headers.get('cross-origin-opener-policy')).toBeNull()
		}
	})
})

describe('bodies', () => {
	test.each([
		['text', { 'content-type': 'text/plain' }],
		['a form', { 'content-type': 'application/x-www-form-urlencoded' }],
		['XML', { 'content-type': 'application/xml' }],
		['an unknown type', { 'content-type': 'nonsense' }],
		['another JSON', { 'content-type': 'application/problem+json' }],
		['JSON after a tab', { 'content-type': 'text/plain;\tapplication/json' }],
		['gzip', { 'content-type': 'application/json', 'content-encoding': 'gzip' }],
		['gzip beside identity', { 'content-type': 'application/json', 'content-encoding': 'identity, GZip' }],
		['brotli', { 'content-type': 'application/json', 'content-encoding': 'br' }],
	])('a body that its headers call %s gets 415', async (_what, headers) => {
		const answer = await services.place(orderOf(sku), { headers })
		expect(answer).toMatchObject({ status: 415, body: { code: 'UNSUPPORTED_MEDIA_TYPE' } })
	})

	test('a body without a content type gets 415', async () => {
		const body = JSON.stringify(orderOf(sku))
		const answer = await services.exchange(head(key, `content-length: ${body.length}`), body)
		expect(answer).toMatchObject({ status: 415, body: { code: 'UNSUPPORTED_MEDIA_TYPE' } })
	})

	test.each([
		'application/json; charset=utf-8',
		'APPLICATION/JSON',
		'application/json;charset="utf-8"',
		'application/json ; Charset=UTF-8',
		'application/json;',
	])('a body of %s is accepted', async (type) => {
		expect((await services.place(orderOf(sku), { headers: { 'content-type': type } })).status).toBe(201)
	})

	test.each(['identity', 'Identity', 'identity, IDENTITY', ''])(
		'a body with the Content-Encoding "%s" is accepted, because it is not encoded',
		async (coding) => {
			expect((await services.place(orderOf(sku), { headers: { 'content-encoding': coding } })).status).toBe(201)
		},
	)

	test('an order without a body gets 400', async () => {
		for (const lines of [[json, key, 'content-length: 0'], [key, 'content-length: 0'], [json, key], [key]]) {
			const answer = await services.exchange(head(...lines))
			expect(answer, lines.join()).toMatchObject({ status: 400, body: { code: 'INVALID_REQUEST' } })
		}
	})

	test('a cancellation without a body is done, whatever its headers call that body', async () => {
		const form = 'content-type: application/x-www-form-urlencoded'
		const none = 'content-length: 0'
		const chunked = 'transfer-encoding: chunked'
		for (const lines of [[], [json], [json, none], [form, none], [form], [json, chunked]]) {
			const customer = newCustomer()
			const { body } = await services.place(orderOf(sku), { customer })
			const signedIn = `authorization: Bearer ${token(customer)}`
			const request = `POST /v1/orders/${body.id}/cancel HTTP/1.1\r\n${['host: test', signedIn, ...lines].join('\r\n')}\r\n\r\n`
			const answer = await services.exchange(request, ...(lines.includes(chunked) ? ['0\r\n\r\n'] : []))
			expect(answer, lines.join()).toMatchObject({ status: 200, body: { status: 'cancelled' } })
		}
	})

	test('a cancellation with another body than JSON is refused', async () => {
		const path = `/v1/orders/${randomUUID()}/cancel`
		const as = { token: token(newCustomer()) }
		expect(await services.request('POST', path, { ...as, body: ' ' })).toMatchObject({ status: 400 })
		expect(
			await services.request('POST', path, { ...as, body: 'a=b', headers: { 'content-type': 'text/plain' } }),
		).toMatchObject({ status: 415 })
	})

	test('a body of more than 64 KB gets 413, with a Content-Length and without', async () => {
		const body = JSON.stringify({ ...orderOf(sku), reference: 'x'.repeat(64 * 1024) })
		expect(await services.place(body)).toMatchObject({ status: 413, body: { code: 'PAYLOAD_TOO_LARGE' } })
		const chunk = `${body.length.toString(16)}\r\n${body}\r\n`
		const chunked = await services.exchange(head(json, key, 'transfer-encoding: chunked'), chunk)
		expect(chunked).toMatchObject({ status: 413, closed: true, body: { code: 'PAYLOAD_TOO_LARGE' } })
		const told = await services.exchange(head(json, key, 'content-length: 10485760'))
		expect(told).toMatchObject({ status: 413, closed: true, body: { code: 'PAYLOAD_TOO_LARGE' } })
		const gigantic = await services.exchange(head(json, key, 'content-length: 10485760'), Buffer.alloc(10_485_760, 'x'))
		expect(gigantic).toMatchObject({ status: 413, closed: true })
		expect(await services.get('/livez')).toMatchObject({ status: 200 })
	})

	test('a body that stops half-way gets 408 within the budget, and its connection is closed', async () => {
		const startedAt = performance.now()
		const answer = await services.exchange(head(json, key, 'content-length: 100'), '{"items":[')
		expect(answer).toMatchObject({ status: 408, closed: true, body: { code: 'REQUEST_INCOMPLETE' } })
		expect(performance.now() - startedAt).toBeLessThan(1_500 + 250 + 250)
	})

	test('a request that is refused before its body is read loses its connection', async () => {
		const slow =
			'POST /v1/orders HTTP/1.1\r\nhost: test\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n'
		expect(await services.exchange(slow, '{"it')).toMatchObject({ status: 401, closed: true })
	})
})

test('headers that never end get 408', async () => {
	const answer = await services.exchange('GET /v1/products HTTP/1.1\r\nhost: te')
	expect(answer).toMatchObject({ status: 408, closed: true, body: { code: 'REQUEST_INCOMPLETE' } })
})
