import currencyCodes from 'currency-codes'

/**
 * Currencies of ISO 4217 that the library does not have, with the decimal places of their minor units: the Caribbean
 * guilder (amendment 176, in use since 31 March 2025) and the Arab accounting dinar (amendment 179).
 */
export const newerCurrencies = { XCG: 2, XAD: 2 }

const digitsByCode = new Map<string, number>([
	...currencyCodes.codes().map((code): [string, number] => [code, currencyCodes.code(code)?.digits ?? 0]),
	...Object.entries(newerCurrencies),
])

/**
 * How many decimal places the minor unit of a currency has (ISO 4217); undefined for a text that is no code. Codes that ISO
 * has withdrawn stay known while the library has them, because products may still have prices in them.
 */
export function currencyDigits(code: string): number | undefined {
	return digitsByCode.get(code)
}

/** All codes that {@link currencyDigits} knows. */
export function knownCurrencies(): string[] {
	return [...digitsByCode.keys()]
}

/**
 * The minor units of a plain decimal in major units, such as "12.9"; undefined for one that is not exact in the minor unit. They may
 * be more than the largest amount.
 */
export function minorUnits(decimal: string, digits: number): number | undefined {
	const [whole = '', fraction = ''] = decimal.split('.')
	const significant = fraction.replace(/0+$/, '')
	return significant.length > digits ? undefined : Number(whole + significant.padEnd(digits, '0'))
}

/** An amount in major units with all decimal places of its currency, such as "12.90". It is exact for every amount. */
export function majorUnits(amountMinor: number, currency: string): string {
	const digits = currencyDigits(currency) ?? 0
	const text = String(amountMinor).padStart(digits + 1, '0')
	const point = text.length - digits
	return digits === 0 ? text : `${text.slice(0, point)}.${text.slice(point)}`
}
