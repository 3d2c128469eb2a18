import { engines } from '@mercat/testing/test-database'
import { describe, expect, test } from 'vitest'
import { feedCalls } from '../feed-calls.ts'
import { metric } from '../metric.ts'
import { euros, priceCalls } from '../price-calls.ts'
import { sharedCatalog } from '../shared-catalog.ts'
import { errorOf } from '../start-catalog.ts'

const farEnd = { seconds: 4_000_000_000, nanos: 123_000_000 }
const stale = { rule: 'STALE_QUOTE', figures: { ageS: 12.5 }, until: farEnd }

describe.each(engines)('On %s', (engine) => {
	const catalog = sharedCatalog(engine)
	const connect = () => ({ ...feedCalls(catalog), ...priceCalls(catalog) })

	/** A product of a source of the same name for 10.00 EUR, for which the source has 10.50 EUR held. */
	async function holdPrice(name: string) {
		const calls = connect()
		await calls.importPrices(name, { [name]: 1_000 })
		expect(await calls.results(name, 1, { [name]: 1_050 }, stale)).toEqual(['HELD'])
		return { ...calls, hold: await calls.heldPrice(name) }
	}

	test('a price that its caller marks is held on the terms of the caller, while the old price sells', async () => {
		const { hold, price } = await holdPrice('MARKED')
		expect(hold).toMatchObject({ ...stale, oldPrice: euros(1_000), newPrice: euros(1_050) })
		expect(await price('MARKED')).toBe(1_000)
	})

	test('a marked price that the product has already is not held', async () => {
		const { results, heldPrices } = await holdPrice('EQUAL')
		expect(await results('EQUAL', 2, { EQUAL: 1_000 }, stale)).toEqual(['UNCHANGED'])
		expect((await heldPrices({ sku: 'EQUAL' })).heldPrices).toEqual([])
	})

	test('the same price with other figures and another end is held by the same hold, since the same time', async () => {
		const { hold, apply, heldPrice } = await holdPrice('RENEWED')
		const terms = { ...stale, figures: { ageS: 14 }, until: null }
		const { outcomes } = await apply('RENEWED', 2, { RENEWED: 1_050 }, terms)
		expect(outcomes).toEqual([{ sku: 'RENEWED', result: 'RESULT_HELD', holdId: hold.id }])
		expect(await heldPrice('RENEWED')).toEqual({ ...hold, ...terms })
	})

	test('another price or another rule takes the place of the held price in the same hold', async () => {
		const { hold, results, heldPrice } = await holdPrice('REPLACED')
		await results('REPLACED', 2, { REPLACED: 1_060 }, stale)
		expect(await heldPrice('REPLACED')).toMatchObject({ id: hold.id, newPrice: euros(1_060) })
		await results('REPLACED', 3, { REPLACED: 100 })
		expect(await heldPrice('REPLACED')).toMatchObject({ id: hold.id, rule: 'PRICE_FELL', until: null })
	})

	test('a price that is no longer marked is applied, and ends the hold', async () => {
		const { hold, results, price, resolve } = await holdPrice('FREED')
		expect(await results('FREED', 2, { FREED: 1_050 })).toEqual(['APPLIED'])
		expect(await price('FREED')).toBe(1_050)
		expect(await errorOf(resolve(hold.id, 1_050, 'HOLD_RESOLUTION_APPROVE'))).toMatchObject({
			reason: 'HOLD_CHANGED',
			metadata: { state: 'withdrawn' },
		})
	})

	test('an approved price is applied', async () => {
		const { hold, resolve, price } = await holdPrice('APPROVED')
		await resolve(hold.id, 1_050, 'HOLD_RESOLUTION_APPROVE')
		expect(await price('APPROVED')).toBe(1_050)
	})

	test('a rejected price is neither held nor applied until the source sends another one', async () => {
		const { hold, resolve, results, price } = await holdPrice('REJECTED')
		await resolve(hold.id, 1_050, 'HOLD_RESOLUTION_REJECT')
		expect(await results('REJECTED', 2, { REJECTED: 1_050 }, stale)).toEqual(['UNCHANGED'])
		expect(await results('REJECTED', 3, { REJECTED: 1_050 })).toEqual(['UNCHANGED'])
		expect(await price('REJECTED')).toBe(1_000)
		expect(await results('REJECTED', 4, { REJECTED: 1_040 })).toEqual(['APPLIED'])
		expect(await results('REJECTED', 5, { REJECTED: 1_050 }, stale)).toEqual(['HELD'])
	})

	test('the price of another source is an opinion about the held one', async () => {
		const { results, heldPrice } = await holdPrice('OPINION')
		expect(await results('critic', 1, { OPINION: 990 })).toEqual(['OTHER_SOURCE'])
		expect((await heldPrice('OPINION')).opinions).toMatchObject([{ source: 'critic', price: euros(990) }])
	})

	test('our own rules hold prices of ApplyPrices, by the limit of the feed of the source', async () => {
		const { beginRun, importPrices, results, heldPrice } = connect()
		await beginRun('careful', 10)
		await importPrices('careful', { LIMIT: 1_000, OVER: 1_000, FREE: 0 })
		expect(await results('careful', 1, { LIMIT: 1_100, OVER: 1_101, FREE: 1 })).toEqual(['APPLIED', 'HELD', 'HELD'])
		expect(await heldPrice('OVER')).toMatchObject({ rule: 'PRICE_ROSE', figures: { maxPriceChangePercent: 10 } })
		expect(await heldPrice('FREE')).toMatchObject({ rule: 'PRICE_ROSE', figures: { maxPriceChangePercent: 10 } })
	})

	test('a switch of the currency is held', async () => {
		const { importPrices, applyRequest, heldPrice } = connect()
		await importPrices('abroad', { ABROAD: 1_000 })
		const price = { currencyCode: 'USD', amountMinor: 1_000 }
		await applyRequest({ source: 'abroad', sequence: 1, prices: [{ sku: 'ABROAD', price }] })
		expect(await heldPrice('ABROAD')).toMatchObject({ rule: 'CURRENCY_CHANGED', newPrice: price })
	})

	test('holds of callers are counted together, whatever their rules are', async () => {
		const count = () => metric('mercat_held_prices_total', { rule: 'other', outcome: 'held' })
		const before = await count()
		const { results } = await holdPrice('COUNTED')
		await results('COUNTED', 2, { COUNTED: 1_050 }, { ...stale, figures: {} })
		await results('COUNTED', 2, { COUNTED: 1_060 }, stale)
		expect(await count()).toBe(before + 1)
	})
})
