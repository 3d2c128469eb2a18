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

/** The head of a `POST /v1/orders` with these header lines more. */
function head(...lines: string[]): string {
	return `${['POST /v1/orders HTTP/1.1', 'host: test', `authorization: Bearer ${token(newCustomer())}`, ...lines].join('\r\n')}\r\n\r\n`
}

const json = 'content-type: application/json'
const key = 'idempotency-key: k'

describe('headers', () => {
	test.each(['text/html', 'application/xml', 'application/json;q=0', 'image/*, text/*'])(
		'that accept only %s are refused',
		async (accept) => {
			for (const path of ['/v1/orders', '/v1/products']) {
				const answer = await services.get(path, { token: token(newCustomer()), headers: { accept } })
				expect(answer).toMatchObject({ status: 406, body: { code: 'NOT_ACCEPTABLE' } })
			}
		},
	)

	test.each(['*/*', 'application/*', 'application/json', 'application/problem+json', 'text/html, */*;q=0.1', ''])(
		'that accept %s are served',
		async (accept) => {
			expect((await services.get('/v1/products', { headers: { accept } })).status).toBe(200)
		},
	)

	test('of more than 16 KB are too large', async () => {
		const answer = await services.exchange(head(json, key, `x-large: ${'x'.repeat(20_000)}`))
		expect(answer).toMatchObject({ status: 431, closed: true, body: { code: 'HEADERS_TOO_LARGE' } })
	})

	test.each([
		['a space before a colon', 'x-odd : 1'],
		['a header without a name', ': 1'],
		['two lengths', 'content-length: 2\r\ncontent-length: 3'],
		['a length with transfer-encoding', 'content-length: 2\r\ntransfer-encoding: chunked'],
		['a length that is none', 'content-length: abc'],
		['a line feed alone', 'x-odd: 1\nx-even: 2'],
		['an unknown transfer-encoding', 'transfer-encoding: gzip'],
	])('with %s are no request', async (_what, line) => {
		const answer = await services.exchange(head(json, key, line), '{}')
		expect(answer).toMatchObject({ status: 400, closed: true, body: { code: 'INVALID_REQUEST' } })
	})

	test('name the trace that the caller is part of', async () => {
		const trace = '0af7651916cd43dd8448eb211c80319c'
		const { body } = await services.get('/nowhere', { headers: { traceparent: `00-${trace}-b7ad6b7169203331-01` } })
		expect(body.traceId).toBe(trace)
		const odd = await services.get('/nowhere', { headers: { traceparent: '<script>' } })
		expect(odd.body.traceId).not.toContain('script')
	})

	test('of every answer keep browsers from guessing', async () => {
		for (const path of ['/v1/products', '/nowhere', '/livez']) {
			const { headers } = await services.get(path)
			expect(headers.get('x-content-type-options')).toBe('nosniff')
			expect(headers.get('content-security-policy')).toContain("default-src 'none'")
			// Of a page alone.
			expect(headers.get('cross-origin-opener-policy')).toBeNull()
		}
	})
})

describe('a body', () => {
	test.each([
		['text', { 'content-type': 'text/plain' }],
		['a form', { 'content-type': 'application/x-www-form-urlencoded' }],
		['XML', { 'content-type': 'application/xml' }],
		['nothing known', { 'content-type': 'nonsense' }],
		['another JSON', { 'content-type': 'application/problem+json' }],
		['JSON after a tab', { 'content-type': 'text/plain;\tapplication/json' }],
		['gzip', { 'content-type': 'application/json', 'content-encoding': 'gzip' }],
		['brotli', { 'content-type': 'application/json', 'content-encoding': 'br' }],
	])('that is said to be %s is refused', async (_what, headers) => {
		const answer = await services.place(orderOf(sku), { headers })
		expect(answer).toMatchObject({ status: 415, body: { code: 'UNSUPPORTED_MEDIA_TYPE' } })
	})

	test('without a content type is refused', async () => {
		const body = JSON.stringify(orderOf(sku))
		const answer = await services.exchange(head(key, `content-length: ${body.length}`), body)
		expect(answer).toMatchObject({ status: 415, body: { code: 'UNSUPPORTED_MEDIA_TYPE' } })
	})

	test.each(['application/json; charset=utf-8', 'APPLICATION/JSON', 'application/json;charset="utf-8"'])(
		'that is %s is taken',
		async (type) => {
			expect((await services.place(orderOf(sku), { headers: { 'content-type': type } })).status).toBe(201)
		},
	)

	test('of none at all is refused', async () => {
		for (const lines of [[json, key, 'content-length: 0'], [key, 'content-length: 0'], [json, key], [key]]) {
			const answer = await services.exchange(head(...lines))
			expect(answer, lines.join()).toMatchObject({ status: 400, body: { code: 'INVALID_REQUEST' } })
		}
	})

	test('of more than 64 KB is too large, whether its length is told or not', async () => {
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

	test('that stops half-way is given up within the budget, and its connection closed', async () => {
		const startedAt = performance.now()
		const answer = await services.exchange(head(json, key, 'content-length: 100'), '{"items":[')
		expect(answer).toMatchObject({ status: 408, closed: true, body: { code: 'REQUEST_INCOMPLETE' } })
		expect(performance.now() - startedAt).toBeLessThan(1_500 + 250 + 250)
	})

	test('whose request is refused before it is read closes the connection', async () => {
		const slow =
			'POST /v1/orders HTTP/1.1\r\nhost: test\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n'
		expect(await services.exchange(slow, '{"it')).toMatchObject({ status: 401, closed: true })
	})
})

test('headers that never end are given up', async () => {
	const answer = await services.exchange('GET /v1/products HTTP/1.1\r\nhost: te')
	expect(answer).toMatchObject({ status: 408, closed: true, body: { code: 'REQUEST_INCOMPLETE' } })
})
