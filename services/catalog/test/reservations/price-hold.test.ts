import { expect, test } from 'vitest'
import { largestAmount, priceHold } from '../../src/reservations/reservation.ts'

test.each([
	['is exact up to the largest amount', [largestAmount - 3, 1], 3, { totalMinor: largestAmount }],
	['is too large by the smallest amount', [largestAmount - 2, 1], 3, { refused: 'TOTAL_TOO_LARGE' }],
	['is too large where its parts are rounded', [largestAmount, largestAmount], 9_999, { refused: 'TOTAL_TOO_LARGE' }],
])('the total of an order %s', (_what, amounts, quantityOfLast, expected) => {
	const facts = { title: 'A thing', currency: 'EUR', archived: false, onHand: 10_000, held: 0 }
	const items = amounts.map((amountMinor, index) => ({ ...facts, sku: `SKU-${index}`, amountMinor }))
	const shelf = new Map(items.map((item) => [item.sku, item]))
	const lines = items.map(({ sku }, index) => ({ sku, quantity: index === items.length - 1 ? quantityOfLast : 1 }))
	expect(priceHold(lines, shelf)).toMatchObject(expected)
})
