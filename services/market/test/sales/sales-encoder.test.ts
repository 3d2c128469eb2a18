import { expect, test } from 'vitest'
import { createSalesEncoder } from '../../src/sales/watching/sales-encoder.ts'

test('a row is encoded once for all streams that tell it, and again once it has changed', () => {
	let encodings = 0
	const encoder = createSalesEncoder(() => Buffer.from(`${++encodings}`))
	const row = {
		dimension: 'sku',
		status: 'paid',
		beginMs: 0,
		key: 'GOLD',
		currency: 'EUR',
		orders: 1,
		quantity: 2,
		amountMinor: 200,
	} as const
	expect(encoder.row(row)).toBe(encoder.row(row))
	expect(encodings).toBe(1)
	encoder.row({ ...row, orders: 2 })
	expect(encodings).toBe(2)
})
