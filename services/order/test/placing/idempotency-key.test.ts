import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newCustomer, orderOf, type Services, startServices } from '../start-services.ts'
import { token } from '../tokens.ts'

let services: Services
let body: string
beforeAll(async () => {
	services = await startServices('postgres')
	body = JSON.stringify(orderOf(await services.catalog.createProduct({ onHand: 1_000_000 })))
})
afterAll(() => services[Symbol.asyncDispose]())

/** Places the order with additional header lines, which are sent as they are. */
function placeWith(customer: string, ...lines: string[]) {
	const head = [
		'POST /v1/orders HTTP/1.1',
		'host: test',
		`authorization: Bearer ${token(customer)}`,
		'content-type: application/json',
		`content-length: ${Buffer.byteLength(body)}`,
		...lines,
	]
	return services.exchange(`${head.join('\r\n')}\r\n\r\n`, body)
}

test('an order without an idempotency key is refused', async () => {
	const customer = newCustomer()
	expect(await placeWith(customer)).toMatchObject({ status: 400, body: { code: 'IDEMPOTENCY_KEY_REQUIRED' } })
	const list = await services.get('/v1/orders', { token: token(customer) })
	expect(list.body.orders).toEqual([])
})

describe('invalid idempotency keys', () => {
	test.each([
		['that is empty', ''],
		['that is blank', ' \t '],
		['of empty quotes', '""'],
		['with a comma', 'a,b'],
		['with a comma between quotes', '"a,b"'],
		['with a blank', 'a b'],
		['with a blank between quotes', '"a b"'],
		['with a quote within', 'a"b'],
		['with an escaped quote', '"a\\"b"'],
		['with a quote left open', '"a'],
		['with a quote never opened', 'a"'],
		['of a quote alone', '"'],
		['with parameters', '"a";v=1'],
		['with an escape of something else', '"a\\b"'],
		['ending in an escape', '"a\\"'],
		['of 256 characters', 'k'.repeat(256)],
		['of 256 characters between quotes', `"${'k'.repeat(256)}"`],
		['in Latin-1', 'cl\xe9'],
		['in UTF-8', Buffer.from('clé').toString('latin1')],
		['with a tab', 'a\tb'],
		['with DEL', 'a\x7fb'],
	])('a key %s is refused', async (_what, key) => {
		const answer = await placeWith(newCustomer(), `Idempotency-Key: ${key}`)
		expect(answer).toMatchObject({ status: 400 })
		expect(['IDEMPOTENCY_KEY_INVALID', 'INVALID_REQUEST']).toContain(answer.body.code)
	})

	test.each([
		['other', 'one', 'two'],
		['equal', 'one', 'one'],
		['empty', 'one', ''],
	])('a key in two header lines is refused when the second line is %s', async (_what, first, second) => {
		const answer = await placeWith(newCustomer(), `Idempotency-Key: ${first}`, `idempotency-key: ${second}`)
		expect(answer).toMatchObject({ status: 400, body: { code: 'IDEMPOTENCY_KEY_INVALID' } })
	})
})

describe('valid idempotency keys', () => {
	test.each(['k', '!#$%&()*+-./:;<=>?@[]^_`{|}~', 'k'.repeat(255), "');drop/**/table/**/orders;--", '__proto__', '0'])(
		'a key of visible ASCII is the same bare and quoted: %s',
		async (key) => {
			const customer = newCustomer()
			const bare = await placeWith(customer, `Idempotency-Key: ${key}`)
			const quoted = await placeWith(customer, `idempotency-key:   "${key}"  `)
			expect([bare.status, quoted.status]).toEqual([201, 201])
			expect(quoted.body).toEqual(bare.body)
			expect(quoted.headers.get('idempotent-replayed')).toBe('true')
		},
	)

	test('a quoted key has a backslash twice', async () => {
		const customer = newCustomer()
		const bare = await placeWith(customer, 'Idempotency-Key: a\\b')
		const quoted = await placeWith(customer, 'Idempotency-Key: "a\\\\b"')
		expect(bare.status).toBe(201)
		expect(quoted.body).toEqual(bare.body)
	})

	test('a key in other letter case is another key', async () => {
		const customer = newCustomer()
		const key = randomUUID()
		const small = await placeWith(customer, `Idempotency-Key: ${key}`)
		const large = await placeWith(customer, `Idempotency-Key: ${key.toUpperCase()}`)
		expect(large.status).toBe(201)
		expect(large.body.id).not.toBe(small.body.id)
	})
})

test('a customer and a key give the same order id in every release', async () => {
	const customer = 'ada'
	const ids = []
	for (const key of ['key-1', 'key-2']) ids.push((await placeWith(customer, `Idempotency-Key: ${key}`)).body.id)
	expect(ids).toEqual(['db301ae0-dcad-5b69-8fd2-af98dba49937', '5620e786-a834-5c94-a369-19a8bec62c3f'])
})
