import { execFile } from 'node:child_process'
import { Writable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { status } from '@grpc/grpc-js'
import { createLog } from '@mercat/service/log'
import { eventually } from '@mercat/testing/eventually'
import { createTestDatabase } from '@mercat/testing/test-database'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { inventoryCalls } from '../inventory-calls.ts'
import { errorOf, product, startCatalogOn, type TestCatalog, tokenFor, tokenWith } from '../start-catalog.ts'

const opened = new AsyncDisposableStack()
const lines: string[] = []
let catalog: TestCatalog

beforeAll(async () => {
	const { url } = opened.use(await createTestDatabase('postgres'))
	const destination = new Writable({
		write(line, _encoding, done) {
			lines.push(String(line))
			done()
		},
	})
	const log = createLog('catalog', 'debug', destination)
	catalog = opened.use(await startCatalogOn(url, { log, env: { REQUEST_LOG: 'false' } }))
})
afterAll(() => opened.disposeAsync())
beforeEach(() => {
	lines.length = 0
})

const method = '/mercat.catalog.v1.CatalogService/CreateProduct'
const scope = 'catalog:write'
const longAgo = Math.floor(Date.now() / 1000) - 600

const tokens: [text: string, token: string, told: string, why: string][] = [
	['no token', '', 'a valid token is required', 'the call has no authorization'],
	['a text that is no token', 'x', 'a valid token is required', 'not well formed'],
	['another signature', tokenWith({ scope }, 'x'.repeat(32)), 'a valid token is required', 'signature is invalid'],
	['another issuer', tokenWith({ scope, iss: 'other' }), 'a valid token is required', 'iss claim'],
	['no expiry', tokenWith({ scope, exp: undefined }), 'a valid token is required', 'exp claim is required'],
	['a wrong sub', tokenWith({ scope, sub: 'a b' }), 'a valid token is required', 'sub is not a customer'],
	['expired', tokenWith({ scope, exp: longAgo }), 'the token has expired', 'the token has expired'],
	[
		'expired, another signature',
		tokenWith({ scope, exp: longAgo }, 'x'.repeat(32)),
		'a valid token is required',
		'signature is invalid',
	],
	[
		'expired, another audience',
		tokenWith({ scope, exp: longAgo, aud: 'other' }),
		'a valid token is required',
		'aud claim',
	],
	[
		'expired, a wrong sub',
		tokenWith({ scope, exp: longAgo, sub: 'a b' }),
		'a valid token is required',
		'sub is not a customer',
	],
]

describe('a call with a token that is not valid', () => {
	test.each(tokens)('(%s) is refused; the log at debug says why, and does not have the token', async (...row) => {
		const [, token, told, why] = row
		const refused = await errorOf(catalog.create(product(), token))
		expect(refused).toMatchObject({ code: status.UNAUTHENTICATED, reason: 'UNAUTHENTICATED', text: told })
		const refusals = lines.map((line) => JSON.parse(line)).filter(({ msg }) => msg === 'rpc refused')
		expect(refusals).toEqual([
			expect.objectContaining({
				level: 'debug',
				method,
				reason: 'UNAUTHENTICATED',
				why: expect.stringContaining(why),
			}),
		])
		if (token.length > 1) expect(lines.join()).not.toContain(token.split('.')[2])
	})

	test('or with two tokens, both of them valid, is refused', async () => {
		const buf = fileURLToPath(new URL('../../../../packages/catalog-api/node_modules/.bin/buf', import.meta.url))
		const header = `authorization: Bearer ${tokenFor(scope)}`
		const call = (headers: string[]) => {
			const args = [
				'curl',
				'--http2-prior-knowledge',
				'--protocol',
				'grpc',
				'-d',
				'{}',
				`http://${catalog.address}${method}`,
			]
			const given = [...args, ...headers.flatMap((text) => ['-H', text])]
			return new Promise<string>((resolve) => execFile(buf, given, (_error, _stdout, stderr) => resolve(stderr)))
		}
		expect(await call([header])).toContain('invalid_argument')
		expect(await call([header, header])).toContain('unauthenticated')
		expect(lines.join()).toContain('more than one authorization')
	})
})

test('a refused call has a line in the log at debug, with its method and reason', async () => {
	await errorOf(catalog.get('NOPE'))
	await errorOf(catalog.create(product(), tokenFor('stock:reserve')))
	await errorOf(catalog.import([{ upserts: Array(501).fill({}) }]))
	await eventually(() => expect(lines).toHaveLength(3))
	expect(lines.map((line) => JSON.parse(line))).toMatchObject([
		{ level: 'debug', method: '/mercat.catalog.v1.CatalogService/GetProduct', reason: 'PRODUCT_NOT_FOUND' },
		{ level: 'debug', method, reason: 'SCOPE_MISSING', text: 'the token lacks the scope catalog:write' },
		{ level: 'debug', method: '/mercat.catalog.v1.CatalogService/ImportProducts', reason: 'INVALID_REQUEST' },
	])
})

describe('the text of INVALID_REQUEST', () => {
	const textOf = async (call: Promise<unknown>) => (await errorOf(call)).text

	test('names the first field at fault and counts the others', async () => {
		expect(await textOf(catalog.batchGet([]))).toBe('skus must have 1 to 100 items')
		const titleAtFault = 'product.title must have 1 to 200 characters, not only white space'
		expect(await textOf(catalog.create(product({ title: '' })))).toBe(titleAtFault)
		const more = product({ title: '', brand: 'x'.repeat(101), price: null })
		expect(await textOf(catalog.create(more))).toBe(`${titleAtFault} (and 2 more)`)
	})

	test('has no field when the request as a whole is at fault', async () => {
		const large = catalog.create(product({ description: 'x'.repeat(400_000) }))
		expect(await textOf(large)).toBe('the request must have at most 320 KB')
	})

	test('has a limit', async () => {
		const attributes = { [`${'\u{1D518}'.repeat(30_000)}`]: 'x' }
		const text = await textOf(catalog.create(product({ attributes })))
		expect(text.length).toBeLessThan(250)
		expect(text).toContain('product.attributes every key must have 1 to 40 characters')
	})

	test('says how many items are right, and which numbers', async () => {
		const reservation = { orderId: '00000000-0000-5000-8000-00000000000a', lines: [] }
		expect(await textOf(inventoryCalls(catalog).reserveAll([reservation]))).toBe(
			'reservations[0].hold_duration must be from 1 s to 24 h (and 1 more)',
		)
		expect(await textOf(inventoryCalls(catalog).commit())).toBe('order_ids must have 1 to 256 items')
		const imageUrls = Array(21).fill('https://a/b')
		expect(await textOf(catalog.create(product({ imageUrls })))).toBe('product.image_urls must have at most 20 items')
	})
})
