import currencyCodes from 'currency-codes'
import { RowError } from './row-error.ts'

/**
 * A price in major units as minor units of its currency: `"9.99"` USD is 999. A number counts as its
 * shortest decimal form. Exact, by ISO 4217's digits, from 0 to 2^53 - 1.
 *
 * @throws RowError
 */
export function toAmountMinor(price: string | number, currency: string): number {
	const decimal = String(price)
	const [, whole, fraction = ''] = /^(\d+)(?:\.(\d+))?$/.exec(decimal) ?? []
	if (whole === undefined) {
		throw new RowError(`price ${JSON.stringify(price)} is not a decimal from 0, such as "9.99"`)
	}
	const digits = digitsOf(currency)
	const significant = fraction.replace(/0+$/, '')
	if (significant.length > digits) {
		throw new RowError(`price ${decimal} is not exact in ${currency}, which has ${digits || 'no'} decimal places`)
	}
	const minor = BigInt(whole + significant.padEnd(digits, '0'))
	if (minor > Number.MAX_SAFE_INTEGER) throw new RowError(`price ${decimal} is more than 2^53 - 1 in minor units`)
	return Number(minor)
}

function digitsOf(currency: string): number {
	const known = /^[A-Z]{3}$/.test(currency) ? currencyCodes.code(currency) : undefined
	if (known === undefined) throw new RowError(`currency ${JSON.stringify(currency)} is not an ISO 4217 code`)
	return known.digits
}
