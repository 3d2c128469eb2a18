import type { PriceLimits } from '@mercat/catalog-api/messages/PriceLimits'
import { engines } from '@mercat/testing/test-database'
import { describe, expect, test } from 'vitest'
import { feedCalls } from '../feed-calls.ts'
import { euros, priceCalls } from '../price-calls.ts'
import { sharedCatalog } from '../shared-catalog.ts'
import { errorOf } from '../start-catalog.ts'

const dollars = (amountMinor: number) => ({ currencyCode: 'USD', amountMinor })

const refusals: [field: string, limits: PriceLimits | undefined][] = [
	['limits', undefined],
	['limits.sku', { sku: 'a b', floor: euros(1) }],
	['limits.floor.currency_code', { sku: 'MUG', floor: { currencyCode: 'EUX', amountMinor: 1 } }],
	['limits.floor.amount_minor', { sku: 'MUG', floor: euros(-1) }],
	['limits.ceiling.amount_minor', { sku: 'MUG', ceiling: euros(-1) }],
	['limits.ceiling.currency_code', { sku: 'MUG', floor: euros(1), ceiling: dollars(2) }],
	['limits.ceiling.amount_minor', { sku: 'MUG', floor: euros(2), ceiling: euros(1) }],
]

describe.each(engines)('On %s', (engine) => {
	const catalog = sharedCatalog(engine)
	const connect = () => ({ ...feedCalls(catalog), ...priceCalls(catalog) })

	async function limitedProduct(sku: string, limits: Omit<PriceLimits, 'sku'>) {
		const calls = connect()
		await calls.importPrices(sku, { [sku]: 1_000 })
		await calls.setLimits({ sku, ...limits })
		return calls
	}

	test('limits are read as they were set, one of them may be missing, and both may be removed', async () => {
		const { importPrices, setLimits, getLimits } = connect()
		await importPrices('acme', { SET: 1_000 })
		expect((await getLimits('SET')).limits).toEqual({ sku: 'SET', floor: null, ceiling: null })
		for (const limits of [
			{ sku: 'SET', floor: euros(500), ceiling: euros(500) },
			{ sku: 'SET', floor: null, ceiling: dollars(0) },
			{ sku: 'SET', floor: euros(700), ceiling: null },
			{ sku: 'SET', floor: null, ceiling: null },
		]) {
			expect((await setLimits(limits)).limits).toEqual(limits)
			expect((await getLimits('SET')).limits).toEqual(limits)
		}
	})

	test('there are no limits of a product that does not exist', async () => {
		const { setLimits, getLimits } = connect()
		const missing = { code: 5, reason: 'PRODUCT_NOT_FOUND', metadata: { skus: 'NOWHERE' } }
		expect(await errorOf(getLimits('NOWHERE'))).toMatchObject(missing)
		expect(await errorOf(setLimits({ sku: 'NOWHERE', floor: euros(1) }))).toMatchObject(missing)
		expect(await errorOf(setLimits({ sku: 'NOWHERE' }))).toMatchObject(missing)
	})

	test.each(refusals)('limits with a wrong %s are refused, and named', async (field, limits) => {
		expect(await errorOf(connect().setLimits(limits))).toMatchObject({ code: 3, fieldViolations: [{ field }] })
	})

	test('a price of ApplyPrices at a limit is applied, and one beyond it is held', async () => {
		const { results, heldPrice } = await limitedProduct('AT', { floor: euros(900), ceiling: euros(1_100) })
		expect(await results('AT', 1, { AT: 900 })).toEqual(['APPLIED'])
		expect(await results('AT', 2, { AT: 1_100 })).toEqual(['APPLIED'])
		expect(await results('AT', 3, { AT: 899 })).toEqual(['HELD'])
		expect(await heldPrice('AT')).toMatchObject({ rule: 'BELOW_FLOOR', figures: { floorMinor: 900 }, until: null })
		expect(await results('AT', 4, { AT: 1_101 })).toEqual(['HELD'])
		expect(await heldPrice('AT')).toMatchObject({ rule: 'ABOVE_CEILING', figures: { ceilingMinor: 1_100 } })
	})

	test('a price of an import beyond a limit is held', async () => {
		const { importPrices, heldPrice } = await limitedProduct('IMPORTED', { floor: euros(900) })
		expect(await importPrices('IMPORTED', { IMPORTED: 900 })).toMatchObject({ priceChangedCount: 1, held: [] })
		expect((await importPrices('IMPORTED', { IMPORTED: 899 })).held).toMatchObject([{ rule: 'BELOW_FLOOR' }])
		expect(await heldPrice('IMPORTED')).toMatchObject({ rule: 'BELOW_FLOOR', newPrice: euros(899) })
	})

	test('a person may set any price, and approve one beyond a limit', async () => {
		const { results, heldPrice, resolve, price } = await limitedProduct('STAFF', { floor: euros(900) })
		await results('STAFF', 1, { STAFF: 800 })
		await resolve((await heldPrice('STAFF')).id, 800, 'HOLD_RESOLUTION_APPROVE')
		expect(await price('STAFF')).toBe(800)
		await catalog.update({ sku: 'STAFF', price: euros(700) }, ['price'])
		expect(await price('STAFF')).toBe(700)
	})

	test('a price that waits goes on waiting when the limit is removed, until its source sends it again', async () => {
		const { results, setLimits, heldPrice, price } = await limitedProduct('WAITS', { floor: euros(900) })
		await results('WAITS', 1, { WAITS: 899 })
		await setLimits({ sku: 'WAITS' })
		expect(await heldPrice('WAITS')).toMatchObject({ rule: 'BELOW_FLOOR' })
		expect(await results('WAITS', 2, { WAITS: 899 })).toEqual(['APPLIED'])
		expect(await price('WAITS')).toBe(899)
	})
})
