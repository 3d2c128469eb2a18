import type { ApplyPricesRequest } from '@mercat/catalog-api/messages/ApplyPricesRequest'
import type { PriceHold } from '@mercat/catalog-api/messages/PriceHold'
import { engines } from '@mercat/testing/test-database'
import { describe, expect, test } from 'vitest'
import { feedCalls } from '../feed-calls.ts'
import { euros, priceCalls, pricesIn } from '../price-calls.ts'
import { sharedCatalog } from '../shared-catalog.ts'
import { errorOf, tokenFor } from '../start-catalog.ts'

const valid: ApplyPricesRequest = { source: 'acme', sequence: 1, prices: pricesIn({ MUG: 1_000 }) }
const held = (hold: PriceHold): Partial<ApplyPricesRequest> => ({ prices: pricesIn({ MUG: 1_000 }, hold) })
const figures = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`f${index}`, index]))
const manySkus = Object.fromEntries(Array.from({ length: 501 }, (_, index) => [`S${index}`, 1]))

const refusals: [field: string, change: Partial<ApplyPricesRequest>][] = [
	['source', { source: '' }],
	['source', { source: 'a b' }],
	['source', { source: 'shop' }],
	['source', { source: 'x'.repeat(65) }],
	['sequence', { sequence: 0 }],
	['sequence', { sequence: -1 }],
	['sequence', { sequence: '9007199254740993' }],
	['prices', { prices: [] }],
	['prices', { prices: pricesIn(manySkus) }],
	['prices[0].sku', { prices: [{ sku: 'a b', price: euros(1) }] }],
	['prices[1].sku', { prices: [...pricesIn({ MUG: 1 }), ...pricesIn({ MUG: 1 })] }],
	['prices[0].price', { prices: [{ sku: 'MUG' }] }],
	['prices[0].price.currency_code', { prices: [{ sku: 'MUG', price: { currencyCode: 'EUX', amountMinor: 1 } }] }],
	['prices[0].price.currency_code', { prices: [{ sku: 'MUG', price: { currencyCode: 'eur', amountMinor: 1 } }] }],
	['prices[0].price.amount_minor', { prices: pricesIn({ MUG: -1 }) }],
	[
		'prices[0].price.amount_minor',
		{ prices: [{ sku: 'MUG', price: { currencyCode: 'EUR', amountMinor: '9007199254740992' } }] },
	],
	['prices[0].hold.rule', held({})],
	['prices[0].hold.rule', held({ rule: 'stale' })],
	['prices[0].hold.rule', held({ rule: '1ST' })],
	['prices[0].hold.rule', held({ rule: 'X'.repeat(65) })],
	['prices[0].hold.rule', held({ rule: 'STALE\n' })],
	['prices[0].hold.figures', held({ rule: 'STALE', figures: figures(11) })],
	['prices[0].hold.figures', held({ rule: 'STALE', figures: { '': 1 } })],
	['prices[0].hold.figures', held({ rule: 'STALE', figures: { ['x'.repeat(41)]: 1 } })],
	['prices[0].hold.figures["age"]', held({ rule: 'STALE', figures: { age: Number.NaN } })],
	['prices[0].hold.figures["age"]', held({ rule: 'STALE', figures: { age: Number.POSITIVE_INFINITY } })],
	['prices[0].hold.until', held({ rule: 'STALE', until: { seconds: 253_402_300_800 } })],
	['prices[0].hold.until', held({ rule: 'STALE', until: { seconds: 4e9, nanos: 1e9 } })],
	['prices[0].hold.until', held({ rule: 'STALE', until: { seconds: 1_000_000_000 } })],
	['prices[0].hold.until', held({ rule: 'STALE', until: { seconds: -1 } })],
]

describe.each(engines)('On %s', (engine) => {
	const catalog = sharedCatalog(engine)
	const connect = () => ({ ...feedCalls(catalog), ...priceCalls(catalog) })

	test.each(refusals)('a request with a wrong %s is refused, and named', async (field, change) => {
		expect(await errorOf(connect().applyRequest({ ...valid, ...change }))).toMatchObject({
			code: 3,
			reason: 'INVALID_REQUEST',
			fieldViolations: [{ field }],
		})
	})

	test('a request with one wrong price changes nothing, and its sequence may come again', async () => {
		const { importPrices, applyRequest, apply, price } = connect()
		await importPrices('whole', { RIGHT: 1_000, WRONG: 1_000 })
		const ended = { rule: 'STALE', until: { seconds: 1_000_000_000 } }
		const prices = [...pricesIn({ RIGHT: 1_100 }), ...pricesIn({ WRONG: 1_100 }, ended)]
		expect(await errorOf(applyRequest({ source: 'whole', sequence: 1, prices }))).toMatchObject({
			fieldViolations: [{ field: 'prices[1].hold.until', description: 'must be in the future' }],
		})
		expect(await price('RIGHT')).toBe(1_000)
		expect(await apply('whole', 1, { RIGHT: 1_200 })).toMatchObject({ outcomes: [{ result: 'RESULT_APPLIED' }] })
	})

	test('a sequence that comes again has its outcomes also when the end of a hold has passed meanwhile', async () => {
		const { importPrices, apply } = connect()
		await importPrices('slow', { SLOW: 1_000 })
		const first = await apply('slow', 1, { SLOW: 1_100 }, { rule: 'STALE', until: { seconds: 4_000_000_000 } })
		expect(await apply('slow', 1, { SLOW: 1_100 }, { rule: 'STALE', until: { seconds: 1_000_000_000 } })).toEqual(first)
	})

	test('only staff applies prices, and reads and sets limits', async () => {
		const buyer = priceCalls(catalog, tokenFor('stock:reserve'))
		for (const call of [buyer.apply('acme', 1, { MUG: 1 }), buyer.getLimits('MUG'), buyer.setLimits({ sku: 'MUG' })]) {
			expect(await errorOf(call)).toMatchObject({ reason: 'SCOPE_MISSING', metadata: { scope: 'catalog:write' } })
		}
	})
})
