import { expect, test } from 'vitest'
import { bodyOf, enteredFrom, faultsOf } from '../src/page/screens/products/prices/limits/entered-limits.js'

test('amounts are exact in the minor unit of the currency', () => {
	expect(bodyOf({ floor: '9.9', ceiling: ' 1200,05 ' }, 'EUR')).toEqual({
		floor: { amountMinor: 990, currency: 'EUR' },
		ceiling: { amountMinor: 120_005, currency: 'EUR' },
	})
	expect(bodyOf({ floor: '', ceiling: '1200' }, 'JPY')).toEqual({
		floor: null,
		ceiling: { amountMinor: 1_200, currency: 'JPY' },
	})
	expect(bodyOf({ floor: '0', ceiling: '90071992547409.91' }, 'EUR')).toEqual({
		floor: { amountMinor: 0, currency: 'EUR' },
		ceiling: { amountMinor: Number.MAX_SAFE_INTEGER, currency: 'EUR' },
	})
})

test.each(['9.999', '-1', '1e3', 'ten', '1.', '90071992547409.92'])('%s is no limit in EUR', (text) => {
	const rule = 'must be an amount with at most 2 decimal places.'
	expect(faultsOf({ floor: text, ceiling: text }, 'EUR')).toEqual({
		floor: `The floor ${rule}`,
		ceiling: `The ceiling ${rule}`,
	})
})

test('the ceiling is not below the floor, and both may be missing', () => {
	expect(faultsOf({ floor: '10', ceiling: '9.99' }, 'EUR')).toEqual({
		ceiling: 'The ceiling cannot be below the floor.',
	})
	expect(faultsOf({ floor: '10', ceiling: '10' }, 'EUR')).toEqual({})
	expect(faultsOf({ floor: '', ceiling: '' }, 'EUR')).toEqual({})
	expect(faultsOf({ floor: '10.5', ceiling: '' }, 'JPY')).toEqual({
		floor: 'The floor must be an amount without decimal places.',
	})
})

test('limits that are set are entered already, unless they are in another currency', () => {
	const limits = { floor: { amountMinor: 123_456, currency: 'EUR' }, ceiling: null }
	expect(enteredFrom(limits, 'EUR')).toEqual({ floor: '1234.56', ceiling: '' })
	expect(enteredFrom(limits, 'USD')).toEqual({ floor: '', ceiling: '' })
})
