import { currencyDigits } from '@mercat/catalog-api/currencies'
import { currenciesOf } from './currency-symbols.ts'
import { RowError } from './row-error.ts'

/**
 * The currency of a price: what the price itself names, then the column, then the usual one.
 *
 * @param unit what stands beside the number: a code, a symbol or nothing
 * @param named what the currency column says; blank where it says nothing
 * @param usual the currency of prices that name none
 * @throws RowError where nothing tells the currency, or the price and the column do not agree
 */
export function readCurrency(unit: string, named: unknown, usual: string | undefined): string {
	const column = namedCurrency(named)
	if (unit === '') {
		const code = column ?? usual
		if (code !== undefined) return code
		throw new RowError('CURRENCY_REQUIRED', 'currency is required, in its column, in the price or as --currency')
	}
	const code = unit.toUpperCase()
	const possible = currencyDigits(code) === undefined ? currenciesOf(unit) : new Set([code])
	if (possible === undefined) {
		throw new RowError('PRICE_INVALID', `price must have a currency beside its number, not ${JSON.stringify(unit)}`)
	}
	const [only = ''] = possible
	if (column === undefined && possible.size === 1) return only
	const wanted = column ?? usual
	if (wanted === undefined) {
		const codes = [...possible].sort().join(', ')
		throw new RowError('CURRENCY_AMBIGUOUS', `currency is required, because ${unit} may be one of ${codes}`)
	}
	if (possible.has(wanted)) return wanted
	throw new RowError('CURRENCY_DIFFERS', `currency must be the same in the price, which has ${unit}, as ${wanted}`)
}

function namedCurrency(named: unknown): string | undefined {
	if (named === undefined || named === null) return undefined
	const code = typeof named === 'string' ? named.trim().toUpperCase() : undefined
	if (code === '') return undefined
	if (code !== undefined && currencyDigits(code) !== undefined) return code
	throw new RowError('CURRENCY_INVALID', `currency must be an ISO 4217 code, not ${JSON.stringify(named)}`)
}
