import { expect, test } from 'vitest'
import { addCounts, countRows, describeCounts, noCounts } from '../../src/import/import-counts.ts'

const nothing = {
	createdCount: 0,
	updatedCount: 0,
	unchangedCount: 0,
	contentChangedCount: 0,
	priceChangedCount: 0,
	stockChangedCount: 0,
	failures: [],
	held: [],
}
const held = { rowNumber: 4, sku: 'A', reason: 'STOCK_HELD', message: '6 are held', changedParts: [] }

test('the line of the stock tells how many were changed, and how many were not set', () => {
	const counts = noCounts()
	addCounts(counts, { ...nothing, updatedCount: 3, stockChangedCount: 3, failures: [held] })
	expect(describeCounts(counts)).toBe(
		'4 rows: 0 created, 3 updated, 0 unchanged, 1 failed\nproducts that were there: stock 3 changed, 1 not set',
	)
})

test('a row whose price is held counts as held, and nowhere else', () => {
	const counts = noCounts()
	const waiting = {
		rowNumber: 1,
		sku: 'A',
		holdId: 'x',
		rule: 'PRICE_FELL',
		oldPrice: null,
		newPrice: null,
		changedParts: [],
	}
	addCounts(counts, { ...nothing, held: [waiting] })
	expect(countRows(counts)).toBe(1)
	expect(describeCounts(counts)).toBe('1 row: 0 created, 0 updated, 0 unchanged, 1 held, 0 failed')
})

test('a created product counts as created, and not as changed', () => {
	const counts = noCounts()
	addCounts(counts, { ...nothing, createdCount: 1 })
	expect(describeCounts(counts)).toBe('1 row: 1 created, 0 updated, 0 unchanged, 0 failed')
})
