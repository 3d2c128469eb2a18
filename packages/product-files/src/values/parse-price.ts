import { largestAmount } from '@mercat/catalog-api/amounts'
import { currencyDigits, minorUnits } from '@mercat/catalog-api/currencies'
import type { Money } from '@mercat/catalog-api/messages/Money'
import { toDecimal } from './parse-decimal.ts'
import { readCurrency } from './read-currency.ts'
import { RowError } from './row-error.ts'

/** Where the currency of a price may be told, beside the price itself. */
export type PriceCurrency = {
	/** What the currency column of the row says. */
	named?: unknown
	/** The currency of prices that name none. */
	usual?: string | undefined
}

const longestPrice = 64
const plainDecimal = /^\d+(?:\.\d+)?$/
// A unit may stand on one side of the number. Blanks, points, commas and apostrophes within the number group its digits.
const priceForm = /^([^\d.,'’+−-]*)([-−]?)\s*(\d(?:[\d.,'’\s]*\d)?)([^\d.,'’+−-]*)$/u

/**
 * Reads a price, such as "19.80", "19,80 €" or 19.8, in minor units of its currency. A number is read as its shortest
 * decimal form.
 *
 * @throws RowError for a price that can be read in two ways or in none, or that is not exact in the currency's minor units
 */
export function parsePrice(value: unknown, { named, usual }: PriceCurrency): Required<Money> {
	const text = typeof value === 'number' ? String(value) : typeof value === 'string' ? value.trim() : undefined
	if (value === null || text === '') throw new RowError('PRICE_REQUIRED', 'price is required')
	if (text === undefined || text.length > longestPrice) throw notAPrice(value)
	if (typeof value === 'number' && plainDecimal.test(text)) return toMoney(text, text, readCurrency('', named, usual))
	const [, before = '', sign, number, after = ''] = priceForm.exec(text) ?? []
	const [prefix, suffix] = [before.trim(), after.trim()]
	if (number === undefined || (prefix !== '' && suffix !== '')) throw notAPrice(value)
	if (sign !== '') throw new RowError('PRICE_NEGATIVE', `price must not be negative, unlike ${text}`)
	const currency = readCurrency(prefix || suffix, named, usual)
	return toMoney(toDecimal(number, currencyDigits(currency) ?? 0), text, currency)
}

function notAPrice(value: unknown): RowError {
	const shown = typeof value === 'string' ? JSON.stringify(value.slice(0, longestPrice)) : typeof value
	return new RowError('PRICE_INVALID', `price must be a decimal from 0, such as "9.99", not ${shown}`)
}

function toMoney(decimal: string, text: string, currencyCode: string): Required<Money> {
	const digits = currencyDigits(currencyCode) ?? 0
	const minor = minorUnits(decimal, digits)
	if (minor === undefined) {
		const problem = `price must have at most ${digits} decimal places in ${currencyCode}, not ${text}`
		throw new RowError('PRICE_TOO_PRECISE', problem)
	}
	if (minor > largestAmount) {
		throw new RowError('PRICE_TOO_LARGE', `price must be at most 2^53 - 1 in minor units, not ${text}`)
	}
	return { currencyCode, amountMinor: minor }
}
