/**
 * Which changes to watch: those of some products, or of all when there is no sku. `withoutQuantities` leaves out those of
 * the available quantity.
 *
 * @typedef {{ skus: string[], withoutQuantities: boolean }} WatchedChanges
 */

export const mostSkus = 100

/**
 * The changes that the address of the screen asks for.
 *
 * @param {URLSearchParams} query
 * @returns {WatchedChanges}
 */
export function watchedIn(query) {
	return { skus: skusIn(query.get('skus') ?? ''), withoutQuantities: query.get('products') === 'only' }
}

/**
 * The skus of a text, with commas or spaces between them.
 *
 * @param {string} text
 */
export function skusIn(text) {
	return [...new Set(text.split(/[\s,]+/).filter((sku) => sku !== ''))]
}

/**
 * Why a text has no skus that can be watched. Undefined when it has, or is empty.
 *
 * @param {string} text
 */
export function skusFault(text) {
	const skus = skusIn(text)
	if (skus.length > mostSkus) return `These are ${skus.length} SKUs, and at most ${mostSkus} can be watched.`
	const wrong = skus.find((sku) => !/^[A-Za-z0-9._-]{1,64}$/.test(sku))
	return wrong === undefined ? undefined : `${wrong} is no SKU.`
}

/**
 * The parameters of a watch, for the address of the screen and for the API.
 *
 * @param {WatchedChanges} watched
 * @returns {Record<string, string>}
 */
export function parametersOf({ skus, withoutQuantities }) {
	return { skus: skus.join(','), products: withoutQuantities ? 'only' : '' }
}

/** @param {WatchedChanges} watched */
export function streamPath(watched) {
	const given = Object.entries(parametersOf(watched)).filter(([, value]) => value !== '')
	return `/v1/product-changes${given.length === 0 ? '' : `?${new URLSearchParams(given)}`}`
}
