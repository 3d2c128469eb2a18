import { randomUUID } from 'node:crypto'
import type { HeldPrice } from '@mercat/order-api/held-price-schemas'
import { eventually } from '@mercat/testing/eventually'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Services, startServices } from '../start-services.ts'
import { token } from '../tokens.ts'
import { openSupplier } from './open-supplier.ts'

let services: Services
beforeAll(async () => {
	services = await startServices('postgres')
})
afterAll(() => services[Symbol.asyncDispose]())

const staff = token('buyer', 'catalog:write')
const supplierOf = (source: string) => openSupplier(services.catalog.clients, source)
const read = (query: string) => services.get(`/v1/held-prices${query}`, { token: staff })
const eur = (amountMinor: number) => ({ amountMinor, currency: 'EUR' })

function decide(id: string, decision: 'approve' | 'reject', price: unknown, by = staff) {
	return services.request('POST', `/v1/held-prices/${id}/${decision}`, { token: by, body: { price } })
}

/** A product for 10.00 EUR with a held price of 1.00 EUR. */
async function holdPrice(source = 'acme') {
	const sku = `SKU-${randomUUID()}`
	const supplier = supplierOf(source)
	await supplier.holdPrice(sku)
	const holds = async (): Promise<HeldPrice[]> => (await read(`?sku=${sku}`)).body.heldPrices
	const [hold] = await holds()
	if (hold === undefined) throw new Error('no price is held')
	return { sku, supplier, hold, holds, price: async () => (await services.get(`/v1/products/${sku}`)).body.price }
}

test('a held price is listed with its product, its figures and the prices of other sources', async () => {
	const { sku, hold, holds } = await holdPrice()
	await supplierOf('nordic').sendPrices({ [sku]: 980 })
	const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
	expect(await holds()).toEqual([
		{
			id: hold.id,
			sku,
			title: `Product ${sku}`,
			source: 'acme',
			oldPrice: eur(1_000),
			newPrice: eur(100),
			currentPrice: eur(1_000),
			rule: 'PRICE_FELL',
			figures: { changePercent: -90, maxPriceChangePercent: 50 },
			opinions: [{ source: 'nordic', price: eur(980), at: time }],
			since: time,
			until: null,
		},
	])
})

test('held prices are listed by source, the oldest first, in pages', async () => {
	const [first, second] = [await holdPrice('paged'), await holdPrice('paged')]
	const page = (await read('?source=paged&pageSize=1')).body
	expect(page.heldPrices).toMatchObject([{ id: first.hold.id }])
	const next = (await read(`?source=paged&pageSize=1&pageToken=${page.nextPageToken}`)).body
	expect(next).toMatchObject({ heldPrices: [{ id: second.hold.id }], nextPageToken: '' })
	expect((await read('?source=nobody')).body).toEqual({ heldPrices: [], nextPageToken: '' })
})

test.each(['source', 'sku'])('a %s that cannot be one is 400', async (name) => {
	expect(await read(`?${name}=not%20one`)).toMatchObject({
		status: 400,
		body: { code: 'INVALID_REQUEST', errors: [{ parameter: name }] },
	})
})

test('an approved price is the price of the product, also when the answer is asked for again', async () => {
	const { sku, hold, holds, price } = await holdPrice()
	const approved = { status: 200, body: { sku, price: eur(100) } }
	expect(await decide(hold.id, 'approve', hold.newPrice)).toMatchObject(approved)
	expect(await decide(hold.id.toUpperCase(), 'approve', hold.newPrice)).toMatchObject(approved)
	await eventually(async () => expect(await price()).toEqual(eur(100)))
	expect(await holds()).toEqual([])
})

test('a rejected price leaves the product as it is, and is not held again', async () => {
	const { sku, hold, holds, supplier } = await holdPrice()
	expect(await decide(hold.id, 'reject', hold.newPrice)).toMatchObject({
		status: 200,
		body: { sku, price: eur(1_000) },
	})
	expect((await supplier.sendPrices({ [sku]: 100 })).held).toEqual([])
	expect(await holds()).toEqual([])
})

test('a hold whose price has changed since it was read is not decided', async () => {
	const { sku, hold, supplier, price } = await holdPrice()
	await supplier.sendPrices({ [sku]: 9_000 })
	const changed = { status: 409, body: { code: 'HOLD_CHANGED', state: 'open' } }
	expect(await decide(hold.id, 'approve', hold.newPrice)).toMatchObject(changed)
	expect(await decide(hold.id, 'reject', hold.newPrice)).toMatchObject(changed)
	expect(await price()).toEqual(eur(1_000))
	expect(await decide(hold.id, 'approve', eur(9_000))).toMatchObject({ status: 200 })
})

test('a hold that was decided the other way is not decided again', async () => {
	const { hold } = await holdPrice()
	await decide(hold.id, 'reject', hold.newPrice)
	expect(await decide(hold.id, 'approve', hold.newPrice)).toMatchObject({
		status: 409,
		body: { code: 'HOLD_CHANGED', state: 'rejected' },
	})
})

test.each([randomUUID(), 'none'])('a hold with the id %s is 404', async (id) => {
	expect(await decide(id, 'approve', eur(1))).toMatchObject({ status: 404, body: { code: 'HOLD_NOT_FOUND' } })
})

test('a decision without the price that was seen is 400', async () => {
	const { hold } = await holdPrice()
	for (const body of [{}, { price: { amountMinor: 100 } }, { price: { amountMinor: -1, currency: 'EUR' } }]) {
		const answer = await services.request('POST', `/v1/held-prices/${hold.id}/approve`, { token: staff, body })
		expect(answer).toMatchObject({ status: 400, body: { code: 'INVALID_REQUEST' } })
	}
})

test('a token without the scope for the catalog decides nothing', async () => {
	const { hold, holds } = await holdPrice()
	expect(await decide(hold.id, 'approve', hold.newPrice, token('support', 'orders:manage'))).toMatchObject({
		status: 403,
	})
	expect(await holds()).toHaveLength(1)
})
