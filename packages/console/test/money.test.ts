import { currencyDigits as digitsOf } from '@mercat/catalog-api/currencies'
import { expect, test } from 'vitest'
import { currencyDigits } from '../src/page/parts/values/currency-digits.js'
import { formatMoney } from '../src/page/parts/values/money.js'

const letters = Array.from({ length: 26 }, (_, index) => String.fromCharCode(65 + index))
const codes = letters.flatMap((a) => letters.flatMap((b) => letters.map((c) => a + b + c)))

test('the console knows the decimal places of each currency that the services know', () => {
	const unlike = codes.filter((code) => digitsOf(code) !== undefined && (currencyDigits[code] ?? 2) !== digitsOf(code))
	expect(unlike).toEqual([])
})

test.each([
	[1_299, 'EUR', 'EUR\u00a012.99'],
	[1_299, 'JPY', 'JPY\u00a01,299'],
	[1_299, 'KWD', 'KWD\u00a01.299'],
	[5, 'USD', 'USD\u00a00.05'],
	[9_007_199_254_740_991, 'EUR', 'EUR\u00a090,071,992,547,409.91'],
])('%d minor units of %s are written as %s', (amountMinor, currency, text) => {
	expect(formatMoney({ amountMinor, currency })).toBe(text)
})
