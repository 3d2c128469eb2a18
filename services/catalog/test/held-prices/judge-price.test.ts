import fc from 'fast-check'
import { expect, test } from 'vitest'
import { judgePrice } from '../../src/held-prices/judge-price.ts'

const euros = (amountMinor: number) => ({ currency: 'EUR', amountMinor })

test.each([
	[1_000, 1_500, 50],
	[1_000, 500, 50],
	[100, 107, 7],
	[3, 4, 34],
	[0, 0, 50],
	[1_000, 1_000, 0.001],
])('a price that changes from %i to %i is within %d percent', (old, next, limit) => {
	expect(judgePrice(euros(old), euros(next), { maxPriceChangePercent: limit })).toBeUndefined()
})

test.each([
	[1_000, 1_501, 50, { rule: 'PRICE_ROSE', figures: { changePercent: 50.1, maxPriceChangePercent: 50 } }],
	[1_000, 499, 50, { rule: 'PRICE_FELL', figures: { changePercent: -50.1, maxPriceChangePercent: 50 } }],
	[1_000, 0, 99, { rule: 'PRICE_FELL', figures: { changePercent: -100, maxPriceChangePercent: 99 } }],
	[3, 4, 33, { rule: 'PRICE_ROSE', figures: { changePercent: 400 / 3 - 100, maxPriceChangePercent: 33 } }],
])('a price that changes from %i to %i is held by a limit of %d percent', (old, next, limit, { rule, figures }) => {
	const breach = judgePrice(euros(old), euros(next), { maxPriceChangePercent: limit })
	expect(breach?.rule).toBe(rule)
	expect(breach?.figures.changePercent).toBeCloseTo(figures.changePercent)
	expect(breach?.figures.maxPriceChangePercent).toBe(figures.maxPriceChangePercent)
})

test('a price that is no longer 0 is held by any limit, and has no percentage', () => {
	expect(judgePrice(euros(0), euros(1), { maxPriceChangePercent: 1_000_000 })).toEqual({
		rule: 'PRICE_ROSE',
		figures: { maxPriceChangePercent: 1_000_000 },
	})
})

test('a price in another currency is held, also when its number is the same', () => {
	expect(judgePrice(euros(1_000), { currency: 'USD', amountMinor: 1_000 }, { maxPriceChangePercent: 50 })).toEqual({
		rule: 'CURRENCY_CHANGED',
		figures: {},
	})
})

test('a higher limit never holds a price that a lower one lets pass', () => {
	const amount = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER })
	const limit = fc.double({ min: 0.01, max: 10_000, noNaN: true })
	const property = fc.property(amount, amount, limit, limit, (old, next, one, other) => {
		const isHeld = (percent: number) =>
			judgePrice(euros(old), euros(next), { maxPriceChangePercent: percent }) !== undefined
		expect(isHeld(Math.max(one, other)) && !isHeld(Math.min(one, other))).toBe(false)
	})
	fc.assert(property)
})

test.each([
	[500, undefined],
	[1_500, undefined],
	[499, { rule: 'BELOW_FLOOR', figures: { floorMinor: 500 } }],
	[1_501, { rule: 'ABOVE_CEILING', figures: { ceilingMinor: 1_500 } }],
])('with a floor of 500 and a ceiling of 1500, the price %i gives %j', (next, breach) => {
	const limits = { currency: 'EUR', floorMinor: 500, ceilingMinor: 1_500 }
	expect(judgePrice(euros(1_000), euros(next), { maxPriceChangePercent: 1_000, limits })).toEqual(breach)
})

test('a limit that is missing holds nothing, and one in another currency tells nothing', () => {
	const guards = { maxPriceChangePercent: 1_000 }
	const none = { currency: 'EUR', floorMinor: null, ceilingMinor: null }
	const dollars = { currency: 'USD', floorMinor: 5_000, ceilingMinor: 6_000 }
	for (const limits of [none, dollars]) {
		expect(judgePrice(euros(1_000), euros(0), { ...guards, limits })).toBeUndefined()
	}
})
