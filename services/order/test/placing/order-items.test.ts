import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expectInvalid } from '../expect-invalid.ts'
import { orderOf, type Services, severalTimes, startServices } from '../start-services.ts'

let services: Services
let sku: string
beforeAll(async () => {
	services = await startServices('postgres')
	sku = await services.catalog.createProduct({ onHand: 1_000_000 })
})
afterAll(() => services[Symbol.asyncDispose]())

const expectRefused = (body: unknown, ...pointers: string[]) => expectInvalid(services.place(body), ...pointers)

describe('items of an order', () => {
	test.each([
		['missing', {}, '#/items'],
		['null', { items: null }, '#/items'],
		['an object', { items: { 0: { sku: 'A', quantity: 1 } } }, '#/items'],
		['none', { items: [] }, '#/items'],
		['texts', { items: ['A'] }, '#/items/0'],
		['without sku', { items: [{ quantity: 1 }] }, '#/items/0/sku'],
		['without quantity', { items: [{ sku: 'A' }] }, '#/items/0/quantity'],
	])('items that are %s are refused', (_what, body, pointer) => expectRefused(body, pointer))

	test('an order has at most 100 items', async () => {
		const skus = await severalTimes(100, () => services.catalog.createProduct())
		const { status, body } = await services.place(orderOf(...skus))
		expect([status, body.items.length]).toEqual([201, 100])
		await expectRefused(orderOf(...skus, sku), '#/items')
		await expectRefused({ items: Array(101).fill({ sku, quantity: 1 }) }, '#/items')
	})

	test('sixty orders of 100 lines with the longest titles are placed at the same time', async () => {
		const title = '\u{1fad6}'.repeat(200)
		const skus = await severalTimes(100, () => services.catalog.createProduct({ title }))
		await services.place(orderOf(sku))
		// Enough orders for a batch of the largest number of lines.
		const placed = await Promise.all(Array.from({ length: 60 }, () => services.place(orderOf(...skus))))
		expect(placed.map(({ status }) => status)).toEqual(Array(60).fill(201))
		expect(new Set(placed.flatMap(({ body }) => body.items.map((item: { title: string }) => item.title)))).toEqual(
			new Set([title]),
		)
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
	])('an item with the quantity %s is refused', (quantity) =>
		expectRefused(`{"items":[{"sku":"${sku}","quantity":${quantity}}]}`, '#/items/0/quantity'),
	)

	test.each(['1', '1.0', '1e0', '10000', '1E4'])('an item with the quantity %s is accepted', async (quantity) => {
		const { status, body } = await services.place(`{"items":[{"sku":"${sku}","quantity":${quantity}}]}`)
		expect([status, body.items?.[0].quantity]).toEqual([201, Number(quantity)])
	})

	test('items of one sku are summed, and their sum is at most 10,000', async () => {
		const other = await services.catalog.createProduct()
		const items = [{ sku, quantity: 4_000 }, ...orderOf(other).items, { sku, quantity: 6_000 }]
		const { status, body } = await services.place({ items })
		expect(status).toBe(201)
		expect(body.items).toHaveLength(2)
		expect(body.items.find((item: { sku: string }) => item.sku === sku).quantity).toBe(10_000)
		await expectRefused({ items: [...items, { sku, quantity: 1 }] }, '#/items/3/quantity')
		await expectRefused({ items: Array(100).fill({ sku, quantity: 10_000 }) }, ...pointers(1, 100))
	})

	test('items of one sku must expect the same price', async () => {
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
	])('an item with the sku %j is refused', (odd) => expectRefused(orderOf(odd), '#/items/0/sku'))

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
	])('an item that expects the price %j is refused', (expectedUnitPrice, place) =>
		expectRefused({ items: [{ sku, quantity: 1, expectedUnitPrice }] }, `#/items/0/expectedUnitPrice${place}`),
	)

	function pointers(from: number, to: number): string[] {
		return Array.from({ length: to - from }, (_, index) => `#/items/${from + index}/quantity`)
	}
})
