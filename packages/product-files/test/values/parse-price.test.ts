import { describe, expect, test } from 'vitest'
import { parsePrice } from '../../src/values/parse-price.ts'

describe('A price', () => {
	test.each([
		['9.99', 'USD', 999],
		[9.99, 'USD', 999],
		['9.9', 'USD', 990],
		['9', 'USD', 900],
		['9.9900', 'USD', 999],
		['0.500', 'EUR', 50],
		['1000.000', 'EUR', 100_000],
		[2.99, 'EUR', 299],
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
		[' 9.99\n', 'USD', 999],
		['9,99', 'EUR', 999],
		['9,9', 'EUR', 990],
		['1.234,50', 'EUR', 123_450],
		['1,234.50', 'USD', 123_450],
		['1.234.567', 'EUR', 123_456_700],
		['1,234,567.00', 'USD', 123_456_700],
		['1 234,50', 'EUR', 123_450],
		['1\u202f234,50', 'EUR', 123_450],
		["1'234.50", 'CHF', 123_450],
		['1000.0000', 'EUR', 100_000],
	])('of %o %s is %d minor units', (price, currency, amountMinor) => {
		expect(parsePrice(price, { named: currency })).toEqual({ currencyCode: currency, amountMinor })
	})

	test.each([
		['9.9999', 'USD', 'PRICE_TOO_PRECISE'],
		[9.999, 'USD', 'PRICE_TOO_PRECISE'],
		['0.999', 'USD', 'PRICE_TOO_PRECISE'],
		['9.999', 'USD', 'PRICE_AMBIGUOUS'],
		['1.000', 'EUR', 'PRICE_AMBIGUOUS'],
		['12.500 €', 'EUR', 'PRICE_AMBIGUOUS'],
		['999.000', 'JPY', 'PRICE_AMBIGUOUS'],
		['1,234', 'KWD', 'PRICE_AMBIGUOUS'],
		['1.5', 'JPY', 'PRICE_TOO_PRECISE'],
		[0.1 + 0.2, 'USD', 'PRICE_TOO_PRECISE'],
		['1.2345', 'KWD', 'PRICE_TOO_PRECISE'],
		['1234,567', 'EUR', 'PRICE_TOO_PRECISE'],
		['90071992547409.92', 'USD', 'PRICE_TOO_LARGE'],
		['9'.repeat(60), 'USD', 'PRICE_TOO_LARGE'],
		['9'.repeat(400), 'USD', 'PRICE_INVALID'],
		['-1', 'USD', 'PRICE_NEGATIVE'],
		['−1', 'USD', 'PRICE_NEGATIVE'],
		['€ -1,50', 'EUR', 'PRICE_NEGATIVE'],
		[-0.01, 'USD', 'PRICE_NEGATIVE'],
		['1,234', 'EUR', 'PRICE_AMBIGUOUS'],
		['1,000', 'JPY', 'PRICE_AMBIGUOUS'],
		['', 'USD', 'PRICE_REQUIRED'],
		['  ', 'USD', 'PRICE_REQUIRED'],
		[null, 'USD', 'PRICE_REQUIRED'],
		[true, 'USD', 'PRICE_INVALID'],
		[{}, 'USD', 'PRICE_INVALID'],
		['1e3', 'USD', 'PRICE_INVALID'],
		[1e21, 'USD', 'PRICE_INVALID'],
		[1e-7, 'USD', 'PRICE_INVALID'],
		[Number.POSITIVE_INFINITY, 'USD', 'PRICE_INVALID'],
		['1.2.3', 'USD', 'PRICE_INVALID'],
		['12,34,567', 'USD', 'PRICE_INVALID'],
		['1,234.567.8', 'USD', 'PRICE_INVALID'],
		['1.234 567', 'USD', 'PRICE_INVALID'],
		['.5', 'USD', 'PRICE_INVALID'],
		['5.', 'USD', 'PRICE_INVALID'],
		['+5', 'USD', 'PRICE_INVALID'],
		['(5)', 'USD', 'PRICE_INVALID'],
		['5-6', 'USD', 'PRICE_INVALID'],
		['0x10', 'USD', 'PRICE_INVALID'],
		['٣', 'USD', 'PRICE_INVALID'],
		['on request', 'USD', 'PRICE_INVALID'],
		['1', 'XYZ', 'CURRENCY_INVALID'],
		['1', 978, 'CURRENCY_INVALID'],
	])('of %o %s is refused by the rule %s', (price, currency, rule) => {
		expect(() => parsePrice(price, { named: currency })).toThrow(expect.objectContaining({ rule }))
	})
})

test.each([
	['2.990', 'EUR', 'price can be read in two ways, as 2.990 is: write it as 2990 or with 2 decimal places'],
	['1,234', 'KWD', 'price can be read in two ways, as 1,234 is: write it as 1234 or as 1.234'],
])('The refusal of %s %s tells how to write it', (price, named, message) => {
	expect(() => parsePrice(price, { named })).toThrow(message)
})

describe('The currency of a price', () => {
	test.each([
		['1', { named: 'eur' }, 'EUR'],
		['1', { named: ' EUR ' }, 'EUR'],
		['1', { usual: 'EUR' }, 'EUR'],
		['1', { named: '', usual: 'EUR' }, 'EUR'],
		['1', { named: 'USD', usual: 'EUR' }, 'USD'],
		['19.80 USD', {}, 'USD'],
		['USD 19.80', {}, 'USD'],
		['19.80usd', {}, 'USD'],
		['19.80 USD', { usual: 'EUR' }, 'USD'],
		['19.80 USD', { named: 'USD' }, 'USD'],
		['€ 19,80', {}, 'EUR'],
		['19,80\u00a0€', {}, 'EUR'],
		['19,80 zł', {}, 'PLN'],
		['US$19.80', {}, 'USD'],
		['$19.80', { named: 'CAD' }, 'CAD'],
		['$19.80', { usual: 'USD' }, 'USD'],
		['$19.80', { named: 'CAD', usual: 'USD' }, 'CAD'],
		['¥1980', { usual: 'JPY' }, 'JPY'],
	])('%s with %o is %s', (price, currency, code) => {
		expect(parsePrice(price, currency)).toMatchObject({ currencyCode: code })
	})

	test.each([
		['1', {}, 'CURRENCY_REQUIRED'],
		['1', { named: null }, 'CURRENCY_REQUIRED'],
		['$1', {}, 'CURRENCY_AMBIGUOUS'],
		['£1', {}, 'CURRENCY_AMBIGUOUS'],
		['19.80 USD', { named: 'EUR' }, 'CURRENCY_DIFFERS'],
		['€19.80', { named: 'USD' }, 'CURRENCY_DIFFERS'],
		['$19.80', { usual: 'EUR' }, 'CURRENCY_DIFFERS'],
		['19.80 each', { named: 'USD' }, 'PRICE_INVALID'],
		['USD 19.80 USD', { named: 'USD' }, 'PRICE_INVALID'],
	])('%s with %o is refused by the rule %s', (price, currency, rule) => {
		expect(() => parsePrice(price, currency)).toThrow(expect.objectContaining({ rule }))
	})
})
