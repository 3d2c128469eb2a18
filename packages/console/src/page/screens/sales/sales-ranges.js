/**
 * How far back sales are shown, and the step of the rows that the page asks for.
 *
 * @typedef {{ name: string, label: string, words: string, ms: number, step: '1m' | '1h' | '1d' }} SalesRange
 */

/** @type {SalesRange} */
export const usualRange = { name: 'day', label: 'Day', words: 'in the last 24 hours', ms: 86_400_000, step: '1h' }

/** @type {SalesRange[]} */
export const salesRanges = [
	{ name: 'hour', label: 'Hour', words: 'in the last hour', ms: 3_600_000, step: '1m' },
	usualRange,
	{ name: 'month', label: 'Month', words: 'in the last 30 days', ms: 30 * 86_400_000, step: '1d' },
]

/** @typedef {'sku' | 'category' | 'status'} SalesBy */

/** What sales are told by, and the words for it. @type {{ by: SalesBy, label: string, column: string }[]} */
export const salesKinds = [
	{ by: 'sku', label: 'Products', column: 'Product' },
	{ by: 'category', label: 'Categories', column: 'Category' },
	{ by: 'status', label: 'Status', column: 'Status' },
]
