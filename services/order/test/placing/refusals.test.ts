import { randomUUID } from 'node:crypto'
import { engines } from '@mercat/testing/test-database'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newCustomer, orderOf, type Services, startServices } from '../start-services.ts'

describe.each(engines)('refusals of the catalog on %s', (engine) => {
	let services: Services
	beforeAll(async () => {
		services = await startServices(engine)
	})
	afterAll(() => services[Symbol.asyncDispose]())

	test('an order for unknown or archived products is refused with their skus', async () => {
		const [known, archived] = [await services.catalog.createProduct(), await services.catalog.createProduct()]
		await services.catalog.archiveProduct(archived)
		const missing = [`A-${randomUUID()}`, `B-${randomUUID()}`]
		const unknown = await services.place(orderOf(...missing, known))
		expect(unknown).toMatchObject({ status: 422, body: { code: 'UNKNOWN_PRODUCT', skus: missing } })
		const unsold = await services.place(orderOf(archived, known))
		expect(unsold).toMatchObject({ status: 422, body: { code: 'UNKNOWN_PRODUCT', skus: [archived] } })
		expect(await services.catalog.stockOf(known)).toMatchObject({ held: 0 })
	})

	test('a sku in other letter case is another sku', async () => {
		const sku = await services.catalog.createProduct({ sku: `Case-${randomUUID()}` })
		expect(await services.place(orderOf(sku.toUpperCase()))).toMatchObject({
			status: 422,
			body: { code: 'UNKNOWN_PRODUCT', skus: [sku.toUpperCase()] },
		})
	})

	test('an order beyond the stock is refused with the requested and the available quantity of each such product', async () => {
		const [short, none, plenty] = [
			await services.catalog.createProduct({ sku: `A-${randomUUID()}`, onHand: 2 }),
			await services.catalog.createProduct({ sku: `B-${randomUUID()}`, onHand: 0 }),
			await services.catalog.createProduct(),
		]
		const items = [
			{ sku: none, quantity: 1 },
			{ sku: plenty, quantity: 5 },
			{ sku: short, quantity: 2 },
			{ sku: short, quantity: 1 },
		]
		const { status, body } = await services.place({ items })
		expect([status, body.code]).toEqual([409, 'OUT_OF_STOCK'])
		expect(body.items).toEqual([
			{ sku: short, requested: 3, available: 2 },
			{ sku: none, requested: 1, available: 0 },
		])
		expect(await services.catalog.stockOf(plenty)).toMatchObject({ held: 0 })
	})

	test('an order that expects another price is refused with both prices', async () => {
		const sku = await services.catalog.createProduct({ price: { currencyCode: 'EUR', amountMinor: 1299 } })
		for (const expected of [
			{ amountMinor: 1298, currency: 'EUR' },
			{ amountMinor: 0, currency: 'EUR' },
			{ amountMinor: 1299, currency: 'USD' },
		]) {
			const { status, body } = await services.place({ items: [{ sku, quantity: 1, expectedUnitPrice: expected }] })
			expect([status, body.code]).toEqual([409, 'PRICE_CHANGED'])
			expect(body.items).toEqual([{ sku, expected, actual: { amountMinor: 1299, currency: 'EUR' } }])
		}
		expect(await services.catalog.stockOf(sku)).toMatchObject({ held: 0 })
	})

	test('an order in several currencies is refused with their names', async () => {
		const currencies = ['USD', 'EUR', 'USD', 'JPY']
		const skus = await Promise.all(
			currencies.map((currencyCode) => services.catalog.createProduct({ price: { currencyCode, amountMinor: 1 } })),
		)
		const { status, body } = await services.place(orderOf(...skus))
		expect([status, body.code, body.currencies]).toEqual([422, 'MIXED_CURRENCIES', ['EUR', 'JPY', 'USD']])
	})
})

describe('amounts of money', () => {
	let services: Services
	beforeAll(async () => {
		services = await startServices('postgres')
	})
	afterAll(() => services[Symbol.asyncDispose]())

	test.each([
		['JPY', 1500, 4500],
		['KWD', 12_345, 37_035],
		['HUF', 99_900, 299_700],
		['EUR', 1, 3],
		['USD', 0, 0],
	])('an order in %s has whole minor units', async (currency, amountMinor, lineTotal) => {
		const sku = await services.catalog.createProduct({ price: { currencyCode: currency, amountMinor } })
		const { status, body } = await services.place({
			items: [{ sku, quantity: 3, expectedUnitPrice: { amountMinor, currency } }],
		})
		expect(status).toBe(201)
		expect(body.items[0].unitPrice).toEqual({ amountMinor, currency })
		expect(body.items[0].lineTotal).toEqual({ amountMinor: lineTotal, currency })
		expect(body.total).toEqual({ amountMinor: lineTotal, currency })
	})

	test('the total of lines that floats would round is exact', async () => {
		const prices = [10, 20, 4_503_599_627_370_496, 29, 1_299_999_999_999_999]
		const skus = await Promise.all(
			prices.map((amountMinor) => services.catalog.createProduct({ price: { currencyCode: 'EUR', amountMinor } })),
		)
		const { status, body } = await services.place(orderOf(...skus))
		expect([status, body.total.amountMinor]).toEqual([201, 5_803_599_627_370_554])
	})

	test('a total of 2^53 - 1 is exact', async () => {
		const most = await services.catalog.createProduct({
			price: { currencyCode: 'EUR', amountMinor: Number.MAX_SAFE_INTEGER },
		})
		const exact = await services.place(orderOf(most))
		expect(exact.status).toBe(201)
		expect(exact.text).toContain('"total":{"amountMinor":9007199254740991,"currency":"EUR"}')
		const read = await services.place({
			items: [{ sku: most, quantity: 1, expectedUnitPrice: { amountMinor: Number.MAX_SAFE_INTEGER, currency: 'EUR' } }],
		})
		expect(read.status).toBe(201)
	})

	test('a total beyond 2^53 - 1 is refused with the exact total', async () => {
		const [most, one] = [
			await services.catalog.createProduct({ price: { currencyCode: 'EUR', amountMinor: Number.MAX_SAFE_INTEGER } }),
			await services.catalog.createProduct({ price: { currencyCode: 'EUR', amountMinor: 1 } }),
		]
		const byOne = await services.place(orderOf(most, one), { customer: newCustomer() })
		expect(byOne).toMatchObject({ status: 422, body: { code: 'TOTAL_TOO_LARGE' } })
		expect(byOne.body.total).toEqual({ amountMinor: '9007199254740992', currency: 'EUR' })
		const byFar = await services.place({ items: [{ sku: most, quantity: 10_000 }] })
		expect(byFar.body.total).toEqual({ amountMinor: '90071992547409910000', currency: 'EUR' })
		expect(await services.catalog.stockOf(most)).toMatchObject({ held: 0 })
	})
})
