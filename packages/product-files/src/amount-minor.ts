import { largestAmount } from '@mercat/catalog-api/amounts'
import { currencyDigits } from '@mercat/catalog-api/currencies'
import { RowError } from './row-error.ts'

/**
 * Converts a price to minor units of its currency: `"9.99"` USD is 999. A number is read as its shortest decimal form.
 *
 * @throws RowError for a price that is not exact in the currency's minor units (ISO 4217), or not from 0 to 2^53 - 1
 */
export function toAmountMinor(price: string | number, currency: string): number {
	const decimal = String(price)
	const [, whole, fraction = ''] = /^(\d+)(?:\.(\d+))?$/.exec(decimal) ?? []
	if (whole === undefined) {
		throw new RowError(`price must be a decimal from 0, such as "9.99", not ${JSON.stringify(price)}`)
	}
	const digits = digitsOf(currency)
	const significant = fraction.replace(/0+$/, '')
	if (significant.length > digits) {
		throw new RowError(`price must have at most ${digits} decimal places in ${currency}, not ${decimal}`)
	}
	const minor = BigInt(whole + significant.padEnd(digits, '0'))
	if (minor > largestAmount) throw new RowError(`price must be at most 2^53 - 1 in minor units, not ${decimal}`)
	return Number(minor)
}

function digitsOf(currency: string): number {
	const digits = currencyDigits(currency)
	if (digits === undefined) throw new RowError(`currency must be an ISO 4217 code, not ${JSON.stringify(currency)}`)
	return digits
}
