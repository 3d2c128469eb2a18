import { largestAmount } from '@mercat/catalog-api/amounts'
import { expect, test } from 'vitest'
import { priceHold } from '../../src/reservations/price-hold.ts'

const tooLarge = { outcome: 'refused', reason: 'TOTAL_TOO_LARGE' }

test.each([
	['is exact up to the largest amount', [largestAmount - 3, 1], 3, { hold: { totalMinor: largestAmount } }],
	['is refused when it is too large by the smallest amount', [largestAmount - 2, 1], 3, tooLarge],
	['is refused when it is so large that its parts are rounded', [largestAmount, largestAmount], 9_999, tooLarge],
])('the total of an order %s', (_what, amounts, quantityOfLast, expected) => {
	const facts = { title: 'A thing', currency: 'EUR', archived: false, onHand: 10_000, held: 0 }
	const items = amounts.map((amountMinor, index) => ({ ...facts, sku: `SKU-${index}`, amountMinor }))
	const shelf = new Map(items.map((item) => [item.sku, item]))
	const lines = items.map(({ sku }, index) => ({ sku, quantity: index === items.length - 1 ? quantityOfLast : 1 }))
	expect(priceHold(lines, shelf)).toMatchObject(expected)
})
