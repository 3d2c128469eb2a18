import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expectInvalid } from '../expect-invalid.ts'
import { newCustomer, orderOf, type Services, startServices } from '../start-services.ts'
import { token } from '../tokens.ts'

let services: Services
let sku: string
beforeAll(async () => {
	services = await startServices('postgres')
	sku = await services.catalog.createProduct({ onHand: 1_000_000 })
})
afterAll(() => services[Symbol.asyncDispose]())

const expectRefused = (body: unknown, ...pointers: string[]) => expectInvalid(services.place(body), ...pointers)

const address = { name: 'A', line1: 'B', city: 'C', postalCode: 'D', country: 'NL' }

describe('bodies that are not valid JSON', () => {
	test.each<[string, (items: string) => string | Buffer]>([
		['nothing', () => ''],
		['blanks', () => ' \n '],
		['half an object', (items) => `{${items}`],
		['a trailing comma', (items) => `{${items},}`],
		['single quotes', (items) => `{${items.replaceAll('"', "'")}}`],
		['two values', (items) => `{${items}} {}`],
		['NaN', (items) => `{${items.replace(/1}/, 'NaN}')}}`],
		['a leading zero', (items) => `{${items.replace(/1}/, '01}')}}`],
		['a raw control character', (items) => `{${items},"reference":"\u0001"}`],
		['bytes that are not UTF-8', (items) => Buffer.from(`{${items},"reference":"\xe9"}`, 'latin1')],
		['an encoded surrogate', (items) => Buffer.from(`{${items},"reference":"\xed\xa0\x80"}`, 'latin1')],
		['another charset', (items) => Buffer.from(`{${items}}`, 'utf16le')],
		['a prototype', (items) => `{${items},"__proto__":{"a":1}}`],
		['a nested prototype', (items) => `{${items},"metadata":{"__proto__":"a"}}`],
		['a constructor', (items) => `{${items},"metadata":{"constructor":{"prototype":{"a":1}}}}`],
		['a member given twice', (items) => `{${items},${items}}`],
		['a member of an item given twice', (items) => `{${items.replace('}', ',"quantity":1}')}}`],
		['a member given twice in other spellings', (items) => `{${items},"reference":":","ref\\u0065rence":":"}`],
		['ten thousand levels', () => `${'['.repeat(10_000)}${']'.repeat(10_000)}`],
	])('the body of an order is refused: %s', async (_what, write) => {
		const answer = await services.place(write(`"items":[{"sku":"${sku}","quantity":1}]`))
		expect(answer).toMatchObject({ status: 400, body: { code: 'INVALID_REQUEST' } })
		expect(answer.body.errors[0].pointer).toMatch(/^#/)
	})

	test.each([null, true, 1, 'text', [], [{ items: [] }]])('a body that is no object is refused: %j', (body) =>
		expectRefused(JSON.stringify(body), '#'),
	)

	test('a body with colons, quotes and backslashes in its texts is accepted as it is', async () => {
		const details = { reference: ':":"\\', metadata: { 'a:"b\\"': '"a":"b","a":"b"', 'a:': '\\":' } }
		expect(await services.place({ ...orderOf(sku), ...details })).toMatchObject({ status: 201, body: details })
	})
})

describe('unknown members', () => {
	test.each(['customerId', 'status', 'total', 'id', 'Items', 'unitPrice', '', 'a/b~c'])(
		'the unknown member %j of an order is refused',
		(field) => expectRefused({ ...orderOf(sku), [field]: 1 }, `#/${field.replace('~', '~0').replace('/', '~1')}`),
	)

	test.each(['unitPrice', 'price', 'title'])('the unknown member %j of an item is refused', (field) =>
		expectRefused({ items: [{ sku, quantity: 1, [field]: 1 }] }, `#/items/0/${field}`),
	)

	test('unknown members are named together with all other errors', () =>
		expectRefused(
			{ items: [{ sku: '', quantity: 0 }], reference: 1, extra: true, shippingAddress: { ...address, zip: 'x' } },
			'#/extra',
			'#/items/0/sku',
			'#/items/0/quantity',
			'#/shippingAddress/zip',
			'#/reference',
		))
})

describe('the list of errors', () => {
	const errorsOf = async (body: unknown) => {
		const answer = await services.place(body)
		expect(answer).toMatchObject({ status: 400, body: { code: 'INVALID_REQUEST' } })
		return answer.body.errors
	}

	test('every wrong field of the largest order is named', async () => {
		const item = { sku: '', quantity: 0, expectedUnitPrice: { amountMinor: -1, currency: '' } }
		const pointers = Array.from({ length: 100 }, (_, index) =>
			['sku', 'quantity', 'expectedUnitPrice/amountMinor', 'expectedUnitPrice/currency'].map(
				(field) => `#/items/${index}/${field}`,
			),
		)
		await expectRefused({ items: Array(100).fill(item) }, ...pointers.flat())
	})

	test('at most 500 errors are named', async () => {
		const members = Array.from({ length: 6_000 }, (_, index) => `"${index}":1`)
		expect(await errorsOf(`{${members.join()}}`)).toHaveLength(500)
		expect(await errorsOf({ items: Array(20_000).fill(1) })).toHaveLength(500)
	})
})

test('a key is not used up by a refused body', async () => {
	const again = { customer: newCustomer(), key: randomUUID() }
	expect(await services.place({ items: [] }, again)).toMatchObject({ status: 400 })
	expect(await services.place(orderOf(sku), again)).toMatchObject({ status: 201 })
	const list = await services.get('/v1/orders', { token: token(again.customer) })
	expect(list.body.orders).toHaveLength(1)
})
