import { randomUUID } from 'node:crypto'
import { callUnary } from '@mercat/catalog-api/client'
import { catalogRpcs } from '@mercat/catalog-api/load-proto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Services, startServices } from '../start-services.ts'
import { token } from '../tokens.ts'

const staff = token('buyer', 'catalog:write')
const eur = (amountMinor: number) => ({ amountMinor, currency: 'EUR' })
const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)

let services: Services
beforeAll(async () => {
	services = await startServices('postgres')
})
afterAll(() => services[Symbol.asyncDispose]())

/** A product that had these prices, one after another. */
async function priced(...amounts: number[]): Promise<string> {
	const [first, ...later] = amounts.map((amountMinor) => ({ currencyCode: 'EUR', amountMinor }))
	const sku = await services.catalog.createProduct({ sku: `SKU-${randomUUID()}`, price: first })
	for (const price of later) {
		await callUnary(
			services.catalog.clients.catalog,
			catalogRpcs.UpdateProduct,
			{ product: { sku, price }, updateMask: { paths: ['price'] } },
			{ timeoutMs: 60_000, token: staff },
		)
	}
	return sku
}

describe('the history of prices', () => {
	const read = (sku: string, query = '') => services.get(`/v1/products/${sku}/prices${query}`)

	test('has each price with its time, the oldest first, also without a token', async () => {
		const sku = await priced(1000, 1200, 900)
		const { status, body } = await read(sku)
		expect(status).toBe(200)
		expect(body).toEqual({
			sku,
			periods: [1000, 1200, 900].map((amount) => ({
				price: eur(amount),
				beginsAt: time,
				endsAt: amount === 900 ? null : time,
			})),
			nextPageToken: '',
			beginsAt: time,
			exactSince: time,
		})
		expect(body.periods[1].beginsAt).toBe(body.periods[0].endsAt)
	})

	test('has bars of a step', async () => {
		const sku = await priced(1000, 1200, 900)
		for (const step of ['1m', '1h', '1d']) {
			const { body } = await read(sku, `?step=${step}`)
			expect(body).not.toHaveProperty('periods')
			// A minute may have begun between two prices.
			expect(body.bars.at(-1)).toMatchObject({ close: eur(900), low: eur(900) })
			expect(body.bars[0]).toEqual({
				beginsAt: time,
				open: eur(1000),
				high: expect.anything(),
				low: expect.anything(),
				close: expect.anything(),
				changes: expect.any(Number),
			})
		}
	})

	test('comes in pages', async () => {
		const sku = await priced(1, 2, 3, 4, 5)
		const amounts: number[] = []
		let pageToken = ''
		do {
			const { body } = await read(sku, `?pageSize=2&pageToken=${pageToken}`)
			amounts.push(...body.periods.map(({ price }: { price: { amountMinor: number } }) => price.amountMinor))
			pageToken = body.nextPageToken
		} while (pageToken !== '')
		expect(amounts).toEqual([1, 2, 3, 4, 5])
	})

	test('has only the prices of a time', async () => {
		const sku = await priced(1, 2, 3)
		const { periods } = (await read(sku)).body
		const { body } = await read(sku, `?from=${periods[2].beginsAt}&to=2200-01-01T00:00:00%2B02:00`)
		expect(body.periods.at(-1)).toEqual(periods[2])
		expect((await read(sku, '?from=2200-01-01T00:00:00Z')).body.periods).toEqual([])
	})

	test.each([
		['step=2h', 'step'],
		['from=yesterday', 'from'],
		['from=2026-11-30T23:59:60Z', 'from'],
		['from=2026-11-30T00:00:00Z&to=2026-11-29T00:00:00Z', 'to'],
		['pageSize=-1', 'pageSize'],
		['pageToken=made-up', 'pageToken'],
		['since=1', 'since'],
	])('the query %s is refused', async (query, parameter) => {
		const answer = await read(await priced(1), `?${query}`)
		expect(answer).toMatchObject({ status: 400, body: { code: 'INVALID_REQUEST', errors: [{ parameter }] } })
	})

	test.each(['NONE', 'not%20one'])('the product %s has none', async (sku) => {
		expect(await read(sku)).toMatchObject({ status: 404, body: { code: 'PRODUCT_NOT_FOUND' } })
	})
})

test('a product whose price is a reduction has the lowest price of the 30 days before, and no other has one', async () => {
	const sku = await priced(1500, 1200, 1400, 1300)
	const { body } = await services.get(`/v1/products/${sku}`)
	expect(body.lowestPrice30d).toEqual({ amount: eur(1200), since: time })
	const listed = await services.get(`/v1/products?q=${sku}`)
	expect(listed.body.products[0].lowestPrice30d).toEqual(body.lowestPrice30d)
	const raised = await priced(1000, 1100)
	expect((await services.get(`/v1/products/${raised}`)).body).not.toHaveProperty('lowestPrice30d')
})

describe('the limits of a price', () => {
	const read = (sku: string) => services.get(`/v1/price-limits/${sku}`, { token: staff })
	const set = (sku: string, body: object, by = staff) =>
		services.request('PUT', `/v1/price-limits/${sku}`, { token: by, body })

	test('are none until they are set, and take the place of the ones before', async () => {
		const sku = await priced(1000)
		expect((await read(sku)).body).toEqual({ sku, floor: null, ceiling: null })
		const limits = { sku, floor: eur(900), ceiling: eur(1100) }
		expect(await set(sku, { floor: eur(900), ceiling: eur(1100) })).toMatchObject({ status: 200, body: limits })
		expect((await read(sku)).body).toEqual(limits)
		expect((await set(sku, { ceiling: eur(1200) })).body).toEqual({ sku, floor: null, ceiling: eur(1200) })
		expect((await set(sku, { floor: null })).body).toEqual({ sku, floor: null, ceiling: null })
	})

	test.each([
		[{ floor: eur(900), ceiling: { amountMinor: 1000, currency: 'USD' } }, '#/ceiling/currency'],
		[{ floor: eur(900), ceiling: eur(800) }, '#/ceiling/amountMinor'],
		[{ floor: { amountMinor: 1, currency: 'XXA' } }, '#/floor/currency'],
		[{ lowest: eur(1) }, '#/lowest'],
	])('%j are refused', async (body, pointer) => {
		const answer = await set(await priced(1000), body)
		expect(answer).toMatchObject({ status: 400, body: { code: 'INVALID_REQUEST', errors: [{ pointer }] } })
	})

	test('are for staff with the scope of the catalog, and for products that exist', async () => {
		const sku = await priced(1000)
		expect(await set(sku, {}, token('support', 'orders:manage'))).toMatchObject({ status: 403 })
		for (const missing of ['NONE', 'not%20one']) {
			expect(await read(missing)).toMatchObject({ status: 404, body: { code: 'PRODUCT_NOT_FOUND' } })
			expect(await set(missing, {})).toMatchObject({ status: 404 })
		}
	})
})
