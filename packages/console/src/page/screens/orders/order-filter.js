/** @typedef {'customerId' | 'status' | 'placedAfter' | 'placedBefore' | 'sku' | 'reference'} FilterName */

/** What the list is narrowed to. Times are in ISO 8601. @typedef {Partial<Record<FilterName, string>>} OrderFilter */

/** @type {FilterName[]} */
export const filterNames = ['customerId', 'status', 'placedAfter', 'placedBefore', 'sku', 'reference']

export const orderStatuses = ['placed', 'paid', 'shipped', 'delivered', 'cancelled', 'expired']

/**
 * The filter that the address of the screen names.
 *
 * @param {URLSearchParams} query
 * @returns {OrderFilter}
 */
export function readFilter(query) {
	return Object.fromEntries(
		filterNames.map((name) => [name, query.get(name) ?? '']).filter(([, value]) => value !== ''),
	)
}

/**
 * The time that a field of the browser shows, in the time zone of the person.
 *
 * @param {string | undefined} iso
 */
export function toLocalTime(iso) {
	if (iso === undefined || Number.isNaN(Date.parse(iso))) return ''
	const date = new Date(iso)
	return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 19)
}

/**
 * The opposite of `toLocalTime`.
 *
 * @param {string} local empty for no time
 */
export function fromLocalTime(local) {
	const date = new Date(local)
	return Number.isNaN(date.getTime()) ? '' : date.toISOString()
}
