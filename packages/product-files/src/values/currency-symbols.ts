import { knownCurrencies } from '@mercat/catalog-api/currencies'

// English for most symbols, and the English of Canada because it writes US$.
const locales = ['en', 'en-CA']

let codesBySymbol: Map<string, Set<string>> | undefined

/** The currencies that a symbol may stand for: `€` only for EUR, `$` for many. Undefined for a text that is no symbol. */
export function currenciesOf(symbol: string): ReadonlySet<string> | undefined {
	codesBySymbol ??= readSymbols()
	return codesBySymbol.get(symbol.toLowerCase())
}

// The symbols are those of Unicode's CLDR.
function readSymbols(): Map<string, Set<string>> {
	const symbols = new Map<string, Set<string>>()
	for (const currency of knownCurrencies()) {
		for (const locale of locales) {
			for (const currencyDisplay of ['symbol', 'narrowSymbol'] as const) {
				const format = new Intl.NumberFormat(locale, { style: 'currency', currency, currencyDisplay })
				const symbol = format
					.formatToParts(0)
					.find(({ type }) => type === 'currency')
					?.value.toLowerCase()
				if (symbol === undefined || symbol === currency.toLowerCase()) continue
				symbols.set(symbol, (symbols.get(symbol) ?? new Set()).add(currency))
			}
		}
	}
	return symbols
}
