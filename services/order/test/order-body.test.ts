import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newCustomer, orderOf, type Services, startServices, token } from './start-services.ts'

let services: Services
let sku: string
beforeAll(async () => {
	services = await startServices('postgres')
	sku = await services.createProduct({ onHand: 1_000_000 })
})
afterAll(() => services[Symbol.asyncDispose]())

const address = { name: 'A', line1: 'B', city: 'C', postalCode: 'D', country: 'NL' }

/** The order is refused with exactly these places at fault, and nothing was held for it. */
async function expectRefused(body: unknown, ...pointers: string[]): Promise<void> {
	const answer = await services.place(body)
	expect(answer).toMatchObject({ status: 400, body: { code: 'INVALID_REQUEST' } })
	const found: { pointer: string; code: string; detail: string }[] = answer.body.errors
	expect([...new Set(found.map(({ pointer }) => pointer))]).toEqual(pointers)
	for (const error of found) {
		expect(error).toEqual({ pointer: expect.any(String), code: expect.any(String), detail: expect.any(String) })
	}
}

describe('a body that is not JSON', () => {
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
	])('is refused: %s', async (_what, write) => {
		const answer = await services.place(write(`"items":[{"sku":"${sku}","quantity":1}]`))
		expect(answer).toMatchObject({ status: 400, body: { code: 'INVALID_REQUEST' } })
		expect(answer.body.errors[0].pointer).toMatch(/^#/)
	})

	test.each([null, true, 1, 'text', [], [{ items: [] }]])('nor is any other than an object: %j', (body) =>
		expectRefused(JSON.stringify(body), '#'),
	)

	test('with colons, quotes and backslashes in its texts is read as what it is', async () => {
		const details = { reference: ':":"\\', metadata: { 'a:"b\\"': '"a":"b","a":"b"', 'a:': '\\":' } }
		expect(await services.place({ ...orderOf(sku), ...details })).toMatchObject({ status: 201, body: details })
	})
})

describe('items', () => {
	test.each([
		['missing', {}, '#/items'],
		['null', { items: null }, '#/items'],
		['an object', { items: { 0: { sku: 'A', quantity: 1 } } }, '#/items'],
		['none', { items: [] }, '#/items'],
		['no objects', { items: ['A'] }, '#/items/0'],
		['without sku', { items: [{ quantity: 1 }] }, '#/items/0/sku'],
		['without quantity', { items: [{ sku: 'A' }] }, '#/items/0/quantity'],
	])('that are %s are refused', (_what, body, pointer) => expectRefused(body, pointer))

	test('are 100 at most', async () => {
		const skus = await Promise.all(Array.from({ length: 100 }, () => services.createProduct()))
		const { status, body } = await services.place(orderOf(...skus))
		expect([status, body.items.length]).toEqual([201, 100])
		await expectRefused(orderOf(...skus, sku), '#/items')
		await expectRefused({ items: Array(101).fill({ sku, quantity: 1 }) }, '#/items')
	})

	test.each([
		'0',
		'-1',
		'-0',
		'1.5',
		'1.9999999999999997',
		'10001',
		'1e9',
		'2147483648',
		'9007199254740993',
		'1e400',
		'"2"',
		'true',
		'null',
		'[]',
		'[2]',
		'{}',
		'""',
	])('in a quantity of %s are refused', (quantity) =>
		expectRefused(`{"items":[{"sku":"${sku}","quantity":${quantity}}]}`, '#/items/0/quantity'),
	)

	test.each(['1', '1.0', '1e0', '10000', '1E4'])('in a quantity of %s are taken', async (quantity) => {
		const { status, body } = await services.place(`{"items":[{"sku":"${sku}","quantity":${quantity}}]}`)
		expect([status, body.items?.[0].quantity]).toEqual([201, Number(quantity)])
	})

	test('of one sku are summed, to 10,000 at most', async () => {
		const other = await services.createProduct()
		const items = [{ sku, quantity: 4_000 }, ...orderOf(other).items, { sku, quantity: 6_000 }]
		const { status, body } = await services.place({ items })
		expect(status).toBe(201)
		expect(body.items).toHaveLength(2)
		expect(body.items.find((item: { sku: string }) => item.sku === sku).quantity).toBe(10_000)
		await expectRefused({ items: [...items, { sku, quantity: 1 }] }, '#/items/3/quantity')
		await expectRefused({ items: Array(100).fill({ sku, quantity: 10_000 }) }, ...pointers(1, 100))
	})

	test('of one sku expect one price', async () => {
		const priced = (amountMinor: number, currency = 'EUR') => ({
			sku,
			quantity: 1,
			expectedUnitPrice: { amountMinor, currency },
		})
		expect(await services.place({ items: [priced(1299), { sku, quantity: 1 }, priced(1299)] })).toMatchObject({
			status: 201,
		})
		await expectRefused({ items: [priced(1299), priced(1300)] }, '#/items/1/expectedUnitPrice')
		await expectRefused(
			{ items: [priced(1299), { sku, quantity: 1 }, priced(1299, 'USD')] },
			'#/items/2/expectedUnitPrice',
		)
	})

	test.each([
		'',
		' ',
		'with space',
		'a/b',
		'ä',
		'x'.repeat(65),
		'A\n',
		'\u0000',
		'A\u0000',
		"'; drop table orders;--",
		'１',
	])('with a sku like %j are refused', (odd) => expectRefused(orderOf(odd), '#/items/0/sku'))

	test.each([
		[{ amountMinor: 1.5, currency: 'EUR' }, '/amountMinor'],
		[{ amountMinor: -1, currency: 'EUR' }, '/amountMinor'],
		[{ amountMinor: '1299', currency: 'EUR' }, '/amountMinor'],
		[{ amountMinor: 2 ** 53, currency: 'EUR' }, '/amountMinor'],
		[{ amountMinor: 1299, currency: 'eur' }, '/currency'],
		[{ amountMinor: 1299, currency: 'EURO' }, '/currency'],
		[{ amountMinor: 1299 }, '/currency'],
		[{ amountMinor: 1299, currency: 'EUR', scale: 2 }, '/scale'],
		[1299, ''],
		['12.99 EUR', ''],
		[null, ''],
	])('expecting a price of %j are refused', (expectedUnitPrice, place) =>
		expectRefused({ items: [{ sku, quantity: 1, expectedUnitPrice }] }, `#/items/0/expectedUnitPrice${place}`),
	)

	function pointers(from: number, to: number): string[] {
		return Array.from({ length: to - from }, (_, index) => `#/items/${from + index}/quantity`)
	}
})

describe('unknown fields are refused, never dropped', () => {
	test.each(['customerId', 'status', 'total', 'id', 'Items', 'unitPrice', '', 'a/b~c'])('%j of the order', (field) =>
		expectRefused({ ...orderOf(sku), [field]: 1 }, `#/${field.replace('~', '~0').replace('/', '~1')}`),
	)

	test.each(['unitPrice', 'price', 'title'])('%j of an item', (field) =>
		expectRefused({ items: [{ sku, quantity: 1, [field]: 1 }] }, `#/items/0/${field}`),
	)

	test('all of them at once, with whatever else is wrong', () =>
		expectRefused(
			{ items: [{ sku: '', quantity: 0 }], reference: 1, extra: true, shippingAddress: { ...address, zip: 'x' } },
			'#/extra',
			'#/items/0/sku',
			'#/items/0/quantity',
			'#/shippingAddress/zip',
			'#/reference',
		))
})

describe('texts', () => {
	test.each(['\u0000', 'a\u0000b', '\u001f', '\u007f', '\u0085', '\n', '\ud800', 'a\udc00b', '\udc00\ud800'])(
		'with what can be neither stored nor shown are refused: %j',
		async (text) => {
			await expectRefused({ ...orderOf(sku), reference: text }, '#/reference')
			await expectRefused({ ...orderOf(sku), metadata: { k: text } }, '#/metadata/k')
			await expectRefused({ ...orderOf(sku), shippingAddress: { ...address, city: text } }, '#/shippingAddress/city')
			const answer = await services.place({ ...orderOf(sku), metadata: { [text]: 'v' } })
			expect(answer).toMatchObject({ status: 400, body: { code: 'INVALID_REQUEST' } })
			expect(answer.body.errors[0].pointer).toMatch(/^#\/metadata\//)
		},
	)

	test.each([
		'漢字',
		'👩‍👩‍👧‍👦',
		'e\u0301',
		'\u202eabc',
		'ﷺ',
		'\ufeff',
		'\uffff',
		"'; drop table orders;--",
		'<script>',
		'\\u0000',
		'{{7*7}}',
		'$1',
	])('of any other kind come back as they were: %j', async (text) => {
		const details = {
			reference: text,
			metadata: { [text]: text },
			shippingAddress: { ...address, name: text, line1: text },
		}
		const { status, body } = await services.place({ ...orderOf(sku), ...details })
		expect(status).toBe(201)
		expect(body).toMatchObject(details)
	})

	test('have the lengths of the contract, in characters', async () => {
		const at = (length: number) => '🍵'.repeat(length)
		const fits = {
			...orderOf(sku),
			reference: at(128),
			metadata: Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`${at(38)}${i + 10}`, at(500)])),
			shippingAddress: { ...address, name: at(200), line1: at(200), line2: at(200), city: at(200), region: at(200) },
		}
		expect(await services.place(fits)).toMatchObject({ status: 201, body: { metadata: fits.metadata } })
		await expectRefused({ ...fits, reference: at(129) }, '#/reference')
		await expectRefused({ ...fits, metadata: { ...fits.metadata, one: 'more' } }, '#/metadata')
		await expectRefused({ ...orderOf(sku), metadata: { k: at(501) } }, '#/metadata/k')
		await expectRefused({ ...orderOf(sku), metadata: { '': 'v' } }, '#/metadata/')
		await expectRefused({ ...orderOf(sku), metadata: { ['k'.repeat(41)]: 'v' } }, `#/metadata/${'k'.repeat(41)}`)
		await expectRefused({ ...orderOf(sku), shippingAddress: { ...address, name: at(201) } }, '#/shippingAddress/name')
		await expectRefused({ ...orderOf(sku), shippingAddress: { ...address, name: '' } }, '#/shippingAddress/name')
	})

	test.each([
		['metadata that is no object', { metadata: [] }, '#/metadata'],
		['metadata of other than text', { metadata: { k: 1 } }, '#/metadata/k'],
		['a reference that is no text', { reference: null }, '#/reference'],
		['an address without city', { shippingAddress: { ...address, city: undefined } }, '#/shippingAddress/city'],
		['a country in full', { shippingAddress: { ...address, country: 'Netherlands' } }, '#/shippingAddress/country'],
		['a country in small letters', { shippingAddress: { ...address, country: 'nl' } }, '#/shippingAddress/country'],
	])('%s is refused', (_what, details, pointer) => expectRefused({ ...orderOf(sku), ...details }, pointer))
})

test('a refused body does not use its key up', async () => {
	const again = { customer: newCustomer(), key: randomUUID() }
	expect(await services.place({ items: [] }, again)).toMatchObject({ status: 400 })
	expect(await services.place(orderOf(sku), again)).toMatchObject({ status: 201 })
	const list = await services.get('/v1/orders', { token: token(again.customer) })
	expect(list.body.orders).toHaveLength(1)
})
