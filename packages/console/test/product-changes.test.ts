import { expect, test } from 'vitest'
import { missedRow, mostRows, rowsOf, withNewer } from '../src/page/screens/changes/change-rows.js'
import { skusFault, skusIn, streamPath, watchedIn } from '../src/page/screens/changes/watched-changes.js'

const asOf = '2026-11-30T10:00:00Z'
const changedAt = '2026-11-30T09:59:59Z'
const quantities = (from: number, count: number) =>
	rowsOf({
		asOf,
		changes: Array.from({ length: count }, (_, index) => ({ sku: 'A', availableQuantity: from + index })),
	})

test('the latest change of a message is the first row', () => {
	const price = { amountMinor: 990, currency: 'EUR' }
	const rows = rowsOf({
		asOf,
		changes: [
			{ sku: 'A', price, changedAt },
			{ sku: 'B', availableQuantity: 3 },
		],
	})
	expect(rows).toMatchObject([
		{ sku: 'B', kind: 'quantity', availableQuantity: 3, at: asOf },
		{ sku: 'A', kind: 'price', price, at: changedAt },
	])
})

test('a quantity of a message without a time has the time when it came', () => {
	const before = new Date().toISOString()
	const [row] = rowsOf({ changes: [{ sku: 'B', availableQuantity: 3 }] })
	const at = row?.at ?? ''
	expect(at >= before && at <= new Date().toISOString()).toBe(true)
})

test('the list is bounded, and the oldest rows go', () => {
	const rows = withNewer(quantities(0, mostRows), quantities(mostRows, 3))
	expect(rows).toHaveLength(mostRows)
	expect(rows[0]).toMatchObject({ availableQuantity: mostRows + 2 })
	expect(rows.at(-1)).toMatchObject({ availableQuantity: 3 })
	expect(new Set(rows.map(({ key }) => key)).size).toBe(mostRows)
})

test('a place where changes were missed is a row', () => {
	expect(withNewer(quantities(1, 1), [missedRow('Why.')])).toMatchObject([
		{ kind: 'missed', reason: 'Why.' },
		{ kind: 'quantity' },
	])
})

test('skus have commas or spaces between them, and each counts once', () => {
	expect(skusIn(' A, B\tC A,,')).toEqual(['A', 'B', 'C'])
	expect(skusIn('')).toEqual([])
	expect(skusFault('A B')).toBeUndefined()
	expect(skusFault('A B/C')).toBe('B/C is no SKU.')
	const many = Array.from({ length: 101 }, (_, index) => `SKU-${index}`).join(' ')
	expect(skusFault(many)).toBe('These are 101 SKUs, and at most 100 can be watched.')
})

test('the address of the screen says what to watch', () => {
	const watched = watchedIn(new URLSearchParams({ skus: 'A,B', products: 'only' }))
	expect(streamPath(watched)).toBe('/v1/product-changes?skus=A%2CB&products=only')
	expect(streamPath(watchedIn(new URLSearchParams()))).toBe('/v1/product-changes')
})
