/** @param {string} sku */
export function limitsPath(sku) {
	return `/v1/price-limits/${encodeURIComponent(sku)}`
}
