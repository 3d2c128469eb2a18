import { createHmac, randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { newCustomer, orderOf, type Services, startServices } from '../start-services.ts'
import { jwtSecret, token } from '../tokens.ts'

let services: Services
let sku: string
beforeAll(async () => {
	services = await startServices('postgres')
	sku = await services.catalog.createProduct({ onHand: 1_000_000 })
})
afterAll(() => services[Symbol.asyncDispose]())

// After every test the next request is served, and no prototype has changed.
afterEach(async () => {
	expect(await services.place(orderOf(sku))).toMatchObject({ status: 201 })
	expect(Object.keys(Object.prototype)).toEqual([])
	expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
})

const encode = (text: string) => Buffer.from(text).toString('base64url')

function signed(payload: string, header = '{"alg":"HS256"}'): string {
	const content = `${encode(header)}.${encode(payload)}`
	return `${content}.${createHmac('sha256', jwtSecret).update(content).digest('base64url')}`
}

const exp = Math.floor(Date.now() / 1000) + 3600
const claims = { sub: 'alice', iss: 'mercat', aud: 'mercat', exp, scope: 'orders:read orders:write' }
const claimsWith = (members: string) => `${JSON.stringify(claims).slice(0, -1)},${members}}`

describe('hostile tokens', () => {
	test.each([
		['a path', '../../../../etc/passwd'],
		['SQL', "x' union select 'key'--"],
		['a URL', 'http://127.0.0.1:1/key'],
		['a prototype', '__proto__'],
	])('a token whose kid is %s is checked with the key of the service', async (_what, kid) => {
		const header = JSON.stringify({ alg: 'HS256', kid })
		expect(await services.get('/v1/orders', { token: signed(JSON.stringify(claims), header) })).toMatchObject({
			status: 200,
		})
		const forged = `${encode(header)}.${encode(JSON.stringify(claims))}.${createHmac('sha256', '').update('x').digest('base64url')}`
		expect(await services.get('/v1/orders', { token: forged })).toMatchObject({ status: 401 })
	})

	test('a token of 100 KB gets 431', async () => {
		const large = signed(claimsWith(`"note":"${'x'.repeat(100_000)}"`))
		const answer = await services.exchange(
			`GET /v1/orders HTTP/1.1\r\nhost: test\r\nauthorization: Bearer ${large}\r\n\r\n`,
		)
		expect(answer).toMatchObject({ status: 431, closed: true, body: { code: 'HEADERS_TOO_LARGE' } })
	})

	test('the last of two equal claims in a token counts (RFC 7519, section 4)', async () => {
		const last = newCustomer()
		const { status, body } = await services.place(orderOf(sku), { token: signed(claimsWith(`"sub":"${last}"`)) })
		expect([status, body.customerId]).toEqual([201, last])
		for (const members of ['"exp":1', '"iss":"other"', '"aud":"other"', '"sub":null', '"exp":null']) {
			const answer = await services.get('/v1/orders', { token: signed(claimsWith(members)) })
			expect(answer, members).toMatchObject({ status: 401 })
		}
		expect(await services.get('/v1/orders', { token: signed(claimsWith('"scope":""')) })).toMatchObject({ status: 403 })
	})

	test.each(['"__proto__":{"polluted":1}', '"constructor":{"prototype":{"polluted":1}}'])(
		'a token with %s is valid and changes no prototype',
		async (members) => {
			expect(await services.get('/v1/orders', { token: signed(claimsWith(members)) })).toMatchObject({ status: 200 })
			const payload = `{"__proto__":${JSON.stringify(claims)}}`
			expect(await services.get('/v1/orders', { token: signed(payload) })).toMatchObject({ status: 401 })
		},
	)
})

describe('the identity of the caller', () => {
	test.each(['x-user-id', 'x-forwarded-user', 'x-customer-id', 'x-original-url', 'x-http-method-override', 'cookie'])(
		'the header %s does not change the identity of the caller',
		async (header) => {
			const [alice, mallory] = [newCustomer(), newCustomer()]
			const placed = await services.place(orderOf(sku), { customer: alice })
			const answer = await services.get(`/v1/orders/${placed.body.id}`, {
				token: token(mallory),
				headers: { [header]: alice },
			})
			expect(answer).toMatchObject({ status: 404, body: { code: 'ORDER_NOT_FOUND' } })
			const list = await services.get('/v1/orders', { token: token(mallory), headers: { [header]: alice } })
			expect(list.body.orders).toEqual([])
		},
	)

	test('a query and an idempotency key of another customer do not change the identity of the caller', async () => {
		const [alice, mallory, key] = [newCustomer(), newCustomer(), randomUUID()]
		const placed = await services.place(orderOf(sku), { customer: alice, key })
		const own = await services.place(orderOf(sku), { customer: mallory, key })
		expect([own.status, own.body.customerId]).toEqual([201, mallory])
		expect(own.body.id).not.toBe(placed.body.id)
		for (const query of [`sub=${alice}`, `customer=${alice}`, `customerId=${alice}`, `customerId[]=${alice}`]) {
			const { status } = await services.get(`/v1/orders?${query}`, { token: token(mallory) })
			expect(status, query).toBeOneOf([400, 403])
		}
	})
})

describe('names of members that every JavaScript object has', () => {
	test.each(['toString', 'constructor', 'prototype', 'hasOwnProperty', 'valueOf', '__defineGetter__'])(
		'the name %s is a name like any other',
		async (name) => {
			const { status, body } = await services.place({ ...orderOf(sku), metadata: { [name]: 'polluted' } })
			expect([status, body.metadata]).toEqual([201, { [name]: 'polluted' }])
			expect(await services.place({ ...orderOf(sku), [name]: 'polluted' })).toMatchObject({ status: 400 })
			expect(await services.place({ items: [{ sku, quantity: 1, [name]: 1 }] })).toMatchObject({ status: 400 })
			expect(await services.get(`/v1/orders/${name}`, { token: token(newCustomer()) })).toMatchObject({ status: 404 })
			expect(await services.get(`/v1/products/${name}`)).toMatchObject({ status: 404 })
			expect(await services.get(`/problems/${name}`)).toMatchObject({ status: 404 })
			expect(await services.place(orderOf(name))).toMatchObject({ status: 422, body: { code: 'UNKNOWN_PRODUCT' } })
			expect(await services.place(orderOf(sku), { customer: name, key: name })).toMatchObject({ status: 201 })
		},
	)

	test.each(['"\\u005f_proto__":{"polluted":1}', '"\\u005f\\u005fproto\\u005f\\u005f":{"items":[]}'])(
		'a body with the escaped name %s is refused',
		async (member) => {
			const body = `{"items":[{"sku":"${sku}","quantity":1}],${member}}`
			expect(await services.place(body)).toMatchObject({ status: 400, body: { code: 'INVALID_REQUEST' } })
		},
	)

	test.each(['__proto__[polluted]=1', '__proto__=1', 'constructor[prototype][polluted]=1', 'constructor=1'])(
		'the query %s changes no prototype',
		async (query) => {
			for (const path of ['/v1/products', '/v1/orders']) {
				const answer = await services.get(`${path}?${query}`, { token: token(newCustomer()) })
				expect(answer.status).toBeOneOf([200, 400])
			}
		},
	)
})

describe('hostile JSON', () => {
	const nested = (levels: number) => '['.repeat(levels) + ']'.repeat(levels)
	const members = (levels: number) => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`
	test.each([
		['a list of 100,000 levels', () => nested(100_000), 413],
		['an object of 100,000 levels', () => members(100_000), 413],
		['100,000 levels that are never closed', () => '['.repeat(100_000), 413],
		['a list of as many levels as a body has room for', () => nested(32_000), 400],
		['an object of 10,000 levels', () => members(10_000), 400],
		['65,000 levels that are never closed', () => '['.repeat(65_000), 400],
		[
			'an order with 10,000 levels',
			() => `{"items":[{"sku":"${sku}","quantity":1}],"metadata":${members(10_000)}}`,
			400,
		],
		['a member twice, deep down', () => `${'{"a":'.repeat(5_000)}{"b":1,"b":2}${'}'.repeat(5_000)}`, 400],
		['a thousand members of one name', () => `{${Array(1_000).fill('"items":[]').join()}}`, 400],
		['a thousand unknown members', () => `{${Array.from({ length: 1_000 }, (_, i) => `"a${i}":1`).join()}}`, 400],
		['a number of 60,000 digits', () => `{"items":[{"sku":"${sku}","quantity":${'9'.repeat(60_000)}}]}`, 400],
		['60,000 backslashes', () => `{"reference":"${'\\\\'.repeat(30_000)}"}`, 400],
		['quotes without end', () => '"'.repeat(60_000), 400],
	])('JSON of %s is refused within seconds', async (_what, write, status) => {
		const startedAt = performance.now()
		const answer = await services.place(write())
		expect(answer.status).toBe(status)
		expect(performance.now() - startedAt).toBeLessThan(5_000)
	})
})

describe('request smuggling', () => {
	test.each([
		['content-length with transfer-encoding', ['content-length: 6', 'transfer-encoding: chunked'], '0\r\n\r\n'],
		['transfer-encoding in odd words', ['content-length: 6', 'transfer-encoding: xchunked'], '0\r\n\r\n'],
		['chunked twice', ['transfer-encoding: chunked', 'transfer-encoding: identity'], '0\r\n\r\n'],
		['a space before the colon', ['transfer-encoding : chunked', 'content-length: 6'], '0\r\n\r\n'],
		['a tab before the colon', ['transfer-encoding\t: chunked', 'content-length: 6'], '0\r\n\r\n'],
		['a folded header', ['transfer-encoding:\r\n chunked', 'content-length: 6'], '0\r\n\r\n'],
		['a sign before the length', ['content-length: +2'], '{}'],
		['a list of lengths', ['content-length: 2, 2'], '{}'],
		['a length in hex', ['content-length: 0x2'], '{}'],
		['a carriage return alone', ['x-odd: 1\rtransfer-encoding: chunked', 'content-length: 2'], '{}'],
		['NUL in a header', ['x-odd: a\x00b', 'content-length: 2'], '{}'],
		['a chunk of no size', ['transfer-encoding: chunked'], 'x\r\n'],
		['a chunk of a size below 0', ['transfer-encoding: chunked'], '-1\r\n'],
		['a chunk of a size beyond numbers', ['transfer-encoding: chunked'], 'fffffffffffffffff\r\n'],
		['a chunk with a line feed alone', ['transfer-encoding: chunked'], '2\n{}\n0\n\n'],
	])('a request that hides another one by %s is refused, and neither is served', async (_what, lines, body) => {
		const [sender, hidden] = [newCustomer(), newCustomer()]
		const head = (customer: string, ...more: string[]) =>
			[
				'POST /v1/orders HTTP/1.1',
				'host: test',
				`authorization: Bearer ${token(customer)}`,
				'content-type: application/json',
				'idempotency-key: k',
				...more,
				'\r\n',
			].join('\r\n')
		const order = JSON.stringify(orderOf(sku))
		const second = `${head(hidden, `content-length: ${order.length}`)}${order}`
		const answer = await services.exchange(`${head(sender, ...lines)}${body}${second}`)
		expect(answer).toMatchObject({ status: 400, body: { code: 'INVALID_REQUEST' } })
		expect(answer.closed).toBe(true)
		for (const customer of [sender, hidden]) {
			const { body: list } = await services.get('/v1/orders', { token: token(customer) })
			expect(list.orders).toEqual([])
		}
	})
})

describe('the Host header', () => {
	test.each([
		['two hosts', 'HTTP/1.1', ['host: one', 'host: two']],
		['the same host twice', 'HTTP/1.1', ['host: one', 'Host: one']],
		['no host', 'HTTP/1.1', []],
		['a host with a user name', 'HTTP/1.1', ['host: user@one']],
		['a path for a host', 'HTTP/1.1', ['host: one/two']],
		['two hosts', 'HTTP/1.0', ['host: one', 'host: two']],
	])('a request with %s in %s is refused (RFC 9112, section 3.2)', async (_what, version, hosts) => {
		for (const path of ['/v1/products', '/v1/orders', '/livez', '/openapi.json', '/docs/', '/nowhere']) {
			const answer = await services.exchange(
				`GET ${path} ${version}\r\n${hosts.map((host) => `${host}\r\n`).join('')}\r\n`,
			)
			expect(answer, path).toMatchObject({ status: 400, body: { code: 'INVALID_REQUEST' } })
		}
	})
})

test.each(['', 'one', 'one:80', '127.0.0.1:8080', '[::1]:8080', 'xn--bcher-kva.example'])(
	'a request to the host "%s" is served',
	async (host) => {
		const answer = await services.exchange(`GET /v1/products HTTP/1.1\r\nhost: ${host}\r\n\r\n`)
		expect(answer.status).toBe(200)
	},
)

test('a request of HTTP/1.0 without a host is served', async () => {
	const answer = await services.exchange('GET /v1/products HTTP/1.0\r\n\r\n')
	expect(answer.status).toBe(200)
})
