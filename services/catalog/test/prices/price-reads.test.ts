import { callUnary } from '@mercat/catalog-api/client'
import { catalogRpcs } from '@mercat/catalog-api/load-proto'
import type { Product__Output } from '@mercat/catalog-api/messages/Product'
import { millisecondsOf } from '@mercat/catalog-api/timestamps'
import { eventually } from '@mercat/testing/eventually'
import { engines } from '@mercat/testing/test-database'
import { describe, expect, test } from 'vitest'
import { feedCalls } from '../feed-calls.ts'
import { inventoryCalls, reservationOf } from '../inventory-calls.ts'
import { euros, priceCalls } from '../price-calls.ts'
import { sharedCatalog } from '../shared-catalog.ts'
import { product, tokenFor } from '../start-catalog.ts'

const options = { timeoutMs: 60_000, token: tokenFor('catalog:write') }

describe.each(engines)('On %s', (engine) => {
	const catalog = sharedCatalog(engine)
	const connect = () => ({ ...feedCalls(catalog), ...priceCalls(catalog), ...inventoryCalls(catalog) })

	/** A product of a source of the same name, which has had these prices one after another. */
	async function pricedProduct(name: string, [first, ...others]: [number, ...number[]]) {
		const calls = connect()
		await calls.importPrices(name, { [name]: first })
		for (const [index, amount] of others.entries()) {
			expect(await calls.results(name, index + 1, { [name]: amount })).toEqual(['APPLIED'])
		}
		return { ...calls, product: await catalog.get(name) }
	}

	test('a product whose price has never changed has no lowest price', async () => {
		expect((await pricedProduct('NEVER', [1_000])).product.lowestPrice30d).toBeNull()
	})

	test('a reduced price names the lowest price of the 30 days before it began, and since when it is in force', async () => {
		const { product } = await pricedProduct('REDUCED', [1_000, 900, 1_100, 950])
		expect(product.lowestPrice30d?.amount).toEqual(euros(900))
		const { since } = product.lowestPrice30d ?? {}
		const [began, created] = [since, product.createTime].map((time) => time && millisecondsOf(time))
		expect(began).toBeGreaterThan(created ?? Number.NaN)
	})

	test('a price that rises, or comes in another currency, is no reduction', async () => {
		expect((await pricedProduct('ROSE', [1_000, 900, 901])).product.lowestPrice30d).toBeNull()
		await pricedProduct('SWITCHED', [1_000, 900])
		await catalog.update({ sku: 'SWITCHED', price: { currencyCode: 'USD', amountMinor: 100 } }, ['price'])
		expect((await catalog.get('SWITCHED')).lowestPrice30d).toBeNull()
	})

	test('every read of a product tells the lowest price', async () => {
		await pricedProduct('READ-1', [1_000, 800])
		await pricedProduct('READ-2', [1_000])
		const lowestOf = (products: readonly (Product__Output | null)[]) =>
			Object.fromEntries(products.map((read) => [read?.sku, read?.lowestPrice30d?.amount?.amountMinor]))
		const lowest = { 'READ-1': 1_000, 'READ-2': undefined }
		expect(lowestOf((await catalog.batchGet(['READ-1', 'READ-2'])).products)).toEqual(lowest)
		await eventually(async () => {
			const { products } = await catalog.search({ query: 'READ-1' })
			expect(lowestOf(products)).toMatchObject({ 'READ-1': 1_000 })
		})
		const listed = async (source: string) =>
			(await callUnary(catalog.catalog, catalogRpcs.ListProducts, { source }, options)).products.map(
				({ product }) => product,
			)
		expect(lowestOf(await listed(''))).toMatchObject(lowest)
		expect(lowestOf(await listed('READ-1'))).toEqual({ 'READ-1': 1_000 })
		const updated = await catalog.update({ sku: 'READ-1', title: 'Another title' }, ['title'])
		expect(lowestOf([updated, await catalog.archive('READ-1'), await catalog.archive('READ-1')])).toEqual({
			'READ-1': 1_000,
		})
	})

	describe('an update with the etag from before an applied price', () => {
		test('that sends back the whole product keeps the later price', async () => {
			const { product: read, results, price } = await pricedProduct('WHOLE', [1_000])
			await results('WHOLE', 1, { WHOLE: 1_100 })
			await results('WHOLE', 2, { WHOLE: 1_200 })
			const after = await catalog.update({ ...read, title: 'Better title' })
			expect(after).toMatchObject({ title: 'Better title', price: euros(1_200), etag: '"2"' })
			expect(await price('WHOLE')).toBe(1_200)
		})

		test('keeps it also when the product was read between two applied prices', async () => {
			const { product, results } = await pricedProduct('BETWEEN', [1_000])
			await results('BETWEEN', 1, { BETWEEN: 1_100 })
			await results('BETWEEN', 2, { BETWEEN: 1_200 })
			await results('BETWEEN', 3, { BETWEEN: 1_300 })
			const after = await catalog.update({ ...product, title: 'Better title', price: euros(1_200) })
			expect(after).toMatchObject({ title: 'Better title', price: euros(1_300) })
		})

		test('that has the mask * keeps it, too', async () => {
			const { product: read, results } = await pricedProduct('STAR', [1_000])
			await results('STAR', 1, { STAR: 1_100 })
			expect(await catalog.update(read, ['*'])).toMatchObject({ price: euros(1_100) })
		})

		test('that sets another price has this price written', async () => {
			const { product: read, results } = await pricedProduct('OTHER', [1_000])
			await results('OTHER', 1, { OTHER: 1_100 })
			expect(await catalog.update({ ...read, price: euros(1_050) })).toMatchObject({ price: euros(1_050) })
		})

		test('whose mask names the price has the price written', async () => {
			const { product: read, results } = await pricedProduct('NAMED', [1_000])
			await results('NAMED', 1, { NAMED: 1_100 })
			expect(await catalog.update(read, ['title', 'price'])).toMatchObject({ price: euros(1_000) })
		})

		test('counts for this version only', async () => {
			const { product: read, results } = await pricedProduct('ONCE', [1_000])
			await results('ONCE', 1, { ONCE: 1_100 })
			const second = await catalog.update(read)
			expect(await catalog.update({ ...second, price: euros(1_000) })).toMatchObject({ price: euros(1_000) })
		})
	})

	test('an update without an etag writes the price that it sends', async () => {
		const { product: read, results } = await pricedProduct('NO-ETAG', [1_000])
		await results('NO-ETAG', 1, { 'NO-ETAG': 1_100 })
		expect(await catalog.update({ ...read, etag: '' })).toMatchObject({ price: euros(1_000) })
	})

	test.each(['applied', 'approved'])(
		'an order that has its reservation keeps its price when another one is %s',
		async (how) => {
			const sku = `KEEPS-${how}`
			const calls = connect()
			await catalog.import([{ source: sku, upserts: [{ product: product({ sku, price: euros(1_000) }), onHand: 5 }] }])
			const order = reservationOf({ [sku]: 2 })
			const lines = [{ sku, unitPrice: euros(1_000) }]
			expect(await calls.reserve(order)).toMatchObject({ reservation: { lines } })
			if (how === 'applied') expect(await calls.results(sku, 1, { [sku]: 1_200 })).toEqual(['APPLIED'])
			else {
				expect(await calls.results(sku, 1, { [sku]: 100 })).toEqual(['HELD'])
				await calls.resolve((await calls.heldPrice(sku)).id, 100, 'HOLD_RESOLUTION_APPROVE')
			}
			expect(await calls.reserve(order)).toMatchObject({ reservation: { lines } })
			expect(await calls.commit(order.orderId)).toEqual([''])
			expect(await calls.reserve(order)).toMatchObject({ reservation: { lines } })
			const later = how === 'applied' ? 1_200 : 100
			expect(await calls.reserve(reservationOf({ [sku]: 1 }))).toMatchObject({
				reservation: { lines: [{ sku, unitPrice: euros(later) }] },
			})
		},
	)
})
