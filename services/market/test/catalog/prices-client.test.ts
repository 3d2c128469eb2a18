import { priceCalls } from '@mercat/catalog/testing/price-calls'
import { product, startTestCatalog, tokenFor, upserts } from '@mercat/catalog/testing/start-catalog'
import { createCatalogClients } from '@mercat/catalog-api/client'
import { engines } from '@mercat/testing/test-database'
import { describe, expect, test } from 'vitest'
import { createCatalogCall } from '../../src/catalog/catalog-call.ts'
import { createPricesClient } from '../../src/catalog/prices-client.ts'

const euros = (sku: string, amountMinor: number) => ({ sku, currency: 'EUR', amountMinor })
const hold = { rule: 'TICK_CHANGE', figures: { changePercent: 900 } }

/** A catalog in which the source "metals" owns GOLD and OIL, and the shop owns MUG. */
async function openMetals(engine: (typeof engines)[number]) {
	await using opened = new AsyncDisposableStack()
	const catalog = opened.use(await startTestCatalog(engine))
	const owned = ['GOLD', 'OIL'].map((sku) => product({ sku, price: { currencyCode: 'EUR', amountMinor: 1_000 } }))
	await catalog.import([{ source: 'metals', upserts: upserts(owned) }])
	await catalog.create(product({ sku: 'MUG' }))
	const clients = opened.adopt(createCatalogClients(catalog.address), (open) => open.close())
	const prices = createPricesClient(createCatalogCall({ clients, token: () => tokenFor('catalog:write') }))
	const resources = opened.move()
	return { catalog, prices, [Symbol.asyncDispose]: () => resources.disposeAsync() }
}

describe.each(engines)('the calls about prices to a catalog on %s', (engine) => {
	test('each price of a call has its outcome', async () => {
		await using metals = await openMetals(engine)
		const { catalog, prices } = metals
		await catalog.archive('OIL')
		const sent = [euros('GOLD', 1_100), euros('OIL', 1_100), euros('MUG', 1_100), euros('NONE', 1)]
		const answer = await prices.applyPrices('metals', 1, sent)
		expect(answer).toEqual({
			kind: 'applied',
			outcomes: ['applied', 'archived', 'other_source', 'unknown'].map((result) => ({ result, holdId: '' })),
		})
		expect(await prices.applyPrices('metals', 1, sent)).toEqual(answer)
		expect(await prices.applyPrices('metals', 2, [euros('GOLD', 1_100)])).toMatchObject({
			outcomes: [{ result: 'unchanged' }],
		})
		expect((await catalog.get('GOLD')).price?.amountMinor).toBe(1_100)
	})

	test('an older sequence, or one that other prices have, tells where the catalog is', async () => {
		await using metals = await openMetals(engine)
		const { prices } = metals
		await prices.applyPrices('metals', 7, [euros('GOLD', 1_100)])
		expect(await prices.applyPrices('metals', 6, [euros('GOLD', 1_200)])).toEqual({ kind: 'later', lastSequence: 7 })
		expect(await prices.applyPrices('metals', 7, [euros('OIL', 1_200)])).toEqual({ kind: 'later', lastSequence: 7 })
	})

	test('prices that break a rule are told from the others', async () => {
		await using metals = await openMetals(engine)
		const { prices } = metals
		const bad = [euros('OIL', -1), { ...euros('MUG', 1), hold: { rule: 'not a rule', figures: {} } }]
		const answer = await prices.applyPrices('metals', 1, [euros('GOLD', 1_100), ...bad])
		expect(answer).toMatchObject({
			kind: 'invalid',
			valid: [euros('GOLD', 1_100)],
			detail: expect.stringMatching(/^prices\[1\]/),
		})
		expect(await prices.applyPrices('metals', 0, [euros('GOLD', 1_100)])).toMatchObject({ kind: 'invalid', valid: [] })
	})

	test('a held price is listed and approved, unless it has changed meanwhile', async () => {
		await using metals = await openMetals(engine)
		const { catalog, prices } = metals
		const answer = await prices.applyPrices('metals', 1, [{ ...euros('GOLD', 10_000), hold }])
		const { holdId: id = '' } = answer.kind === 'applied' ? (answer.outcomes[0] ?? {}) : {}
		const held = { ...euros('GOLD', 10_000), id, source: 'metals', rule: 'TICK_CHANGE' }
		expect(await prices.listHolds('metals')).toEqual([held])
		expect(await prices.listHolds('others')).toEqual([])
		expect(await prices.approveHold({ ...held, amountMinor: 9_999 })).toBe(false)
		expect(await prices.approveHold(held)).toBe(true)
		expect((await catalog.get('GOLD')).price?.amountMinor).toBe(10_000)
		expect(await prices.listHolds('metals')).toEqual([])
	})

	test('the limits of people are known', async () => {
		await using metals = await openMetals(engine)
		const { catalog, prices } = metals
		const held = { ...euros('GOLD', 10_000), id: '', source: 'metals', rule: 'TICK_CHANGE' }
		expect(await prices.isWithinLimits(held)).toBe(true)
		const limit = (amountMinor: number) => ({ currencyCode: 'EUR', amountMinor })
		await priceCalls(catalog).setLimits({ sku: 'GOLD', floor: limit(9_000), ceiling: limit(9_999) })
		expect(await prices.isWithinLimits(held)).toBe(false)
		expect(await prices.isWithinLimits({ ...held, amountMinor: 9_500 })).toBe(true)
		expect(await prices.isWithinLimits({ ...held, amountMinor: 8_999 })).toBe(false)
		expect(await prices.isWithinLimits({ ...held, currency: 'USD' })).toBe(true)
	})
})

test('a call without the scope fails, so that it is made again', async () => {
	await using catalog = await startTestCatalog('postgres')
	using stack = new DisposableStack()
	const clients = stack.adopt(createCatalogClients(catalog.address), (open) => open.close())
	const prices = createPricesClient(createCatalogCall({ clients, token: () => tokenFor('stock:reserve') }))
	await expect(prices.applyPrices('metals', 1, [euros('GOLD', 1)])).rejects.toThrow()
})
