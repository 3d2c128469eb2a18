/**
 * How far back a curve goes, and the step of its bars where the prices are too many for a chart. `days` is missing for all
 * that is known.
 *
 * @typedef {{ name: string, label: string, words: string, days?: number, step: '1m' | '1h' | '1d' }} PriceRange
 */

/** @type {PriceRange} */
export const usualRange = { name: 'month', label: 'Month', words: 'in the last 30 days', days: 30, step: '1h' }

/** @type {PriceRange[]} */
export const priceRanges = [
	{ name: 'day', label: 'Day', words: 'in the last 24 hours', days: 1, step: '1m' },
	{ name: 'week', label: 'Week', words: 'in the last 7 days', days: 7, step: '1h' },
	usualRange,
	{ name: 'all', label: 'All', words: 'since the beginning', step: '1d' },
]

/** How long a step takes. @type {Record<PriceRange['step'], number>} */
export const stepMs = { '1m': 60_000, '1h': 3_600_000, '1d': 86_400_000 }

/** What a bar of a step is called. @type {Record<PriceRange['step'], string>} */
export const stepWords = { '1m': 'minute', '1h': 'hour', '1d': 'day (UTC)' }
