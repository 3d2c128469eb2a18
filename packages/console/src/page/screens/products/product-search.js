/**
 * A search of products. The address of the screen has the same parameters as `GET /v1/products`, so a search can be kept as
 * a link.
 */
const names = ['q', 'category', 'brand', 'minPrice', 'maxPrice', 'currency', 'inStock', 'collapse', 'orderBy']

/**
 * The parameters of an address that belong to a search.
 *
 * @param {URLSearchParams} query
 */
export function searchIn(query) {
	return new URLSearchParams([...query].filter(([name, value]) => names.includes(name) && value !== ''))
}

/**
 * A search with another value of a parameter. An empty value removes it.
 *
 * @param {URLSearchParams} search
 * @param {Record<string, string>} changes
 */
export function withValues(search, changes) {
	const changed = new URLSearchParams(search)
	for (const [name, value] of Object.entries(changes)) {
		if (value === '') changed.delete(name)
		else changed.set(name, value)
	}
	// The API refuses prices without a currency.
	if (!changed.has('currency')) {
		changed.delete('minPrice')
		changed.delete('maxPrice')
		if (changed.get('orderBy')?.startsWith('price')) changed.delete('orderBy')
	}
	return changed
}

/**
 * A search with or without one of the values of a parameter that has several, such as a brand.
 *
 * @param {URLSearchParams} search
 * @param {string} name
 * @param {string} value
 * @param {boolean} isWanted
 */
export function withChoice(search, name, value, isWanted) {
	const changed = new URLSearchParams([...search].filter(([key, each]) => key !== name || each !== value))
	if (isWanted) changed.append(name, value)
	return changed
}

/**
 * A price that a person writes, such as `12.90`, in minor units. Empty for a text that is no price.
 *
 * @param {string} text
 * @param {string} currency
 */
export function minorUnitsOf(text, currency) {
	const price = Number(text.trim().replace(',', '.'))
	if (text.trim() === '' || !(price >= 0)) return ''
	return String(Math.round(price * 10 ** digitsOf(currency)))
}

/**
 * @param {string | null} minorUnits
 * @param {string} currency
 */
export function priceText(minorUnits, currency) {
	return minorUnits === null ? '' : String(Number(minorUnits) / 10 ** digitsOf(currency))
}

/** @param {string} currency */
function digitsOf(currency) {
	if (!/^[A-Z]{3}$/.test(currency)) return 2
	return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2
}
