import { describe, expect, test } from 'vitest'
import { toAmountMinor } from '../src/amount-minor.ts'

describe('A price', () => {
	test.each([
		['9.99', 'USD', 999],
		[9.99, 'USD', 999],
		['9.9', 'USD', 990],
		['9', 'USD', 900],
		['9.990', 'USD', 999],
		['0', 'USD', 0],
		[0, 'USD', 0],
		[-0, 'USD', 0],
		[0.1, 'USD', 10],
		[1e3, 'USD', 100_000],
		['1.25', 'XCG', 125],
		['100', 'JPY', 100],
		['100.00', 'JPY', 100],
		['1.234', 'KWD', 1_234],
		['1.50', 'HUF', 150],
		['1.50', 'COP', 150],
		['007.50', 'EUR', 750],
		['90071992547409.91', 'USD', Number.MAX_SAFE_INTEGER],
		['9007199254740991', 'JPY', Number.MAX_SAFE_INTEGER],
		[Number.MAX_SAFE_INTEGER, 'JPY', Number.MAX_SAFE_INTEGER],
	])('of %o %s is %d minor units', (price, currency, amountMinor) => {
		expect(toAmountMinor(price, currency)).toBe(amountMinor)
	})

	test.each([
		['9.999', 'USD', 'must have at most 2 decimal places in USD'],
		['1.5', 'JPY', 'must have at most 0 decimal places in JPY'],
		[0.1 + 0.2, 'USD', 'must have at most 2 decimal places'],
		['1.2345', 'KWD', 'must have at most 3 decimal places'],
		['90071992547409.92', 'USD', 'must be at most 2^53 - 1'],
		['9'.repeat(400), 'USD', 'must be at most 2^53 - 1'],
		['1e3', 'USD', 'must be a decimal'],
		[1e21, 'USD', 'must be a decimal'],
		[1e-7, 'USD', 'must be a decimal'],
		['-1', 'USD', 'must be a decimal'],
		[-0.01, 'USD', 'must be a decimal'],
		['', 'USD', 'must be a decimal'],
		[' 9.99', 'USD', 'must be a decimal'],
		['9.99\n', 'USD', 'must be a decimal'],
		['9,99', 'USD', 'must be a decimal'],
		['1 000', 'USD', 'must be a decimal'],
		['.5', 'USD', 'must be a decimal'],
		['5.', 'USD', 'must be a decimal'],
		['+5', 'USD', 'must be a decimal'],
		['0x10', 'USD', 'must be a decimal'],
		['٣', 'USD', 'must be a decimal'],
		['1', 'usd', 'must be an ISO 4217 code'],
		['1', 'XYZ', 'must be an ISO 4217 code'],
		['1', '', 'must be an ISO 4217 code'],
	])('of %o %s is refused', (price, currency, reason) => {
		expect(() => toAmountMinor(price, currency)).toThrow(reason)
	})
})
