/** @import { PriceBar, PricePeriod } from '@mercat/client' */

/**
 * The price from a time on. `amountMinor` is null while the product has a price in another currency. A point of a step has
 * the lowest and the highest price until its end. `key` is its own among the points of a curve.
 *
 * @typedef {{ key: string, atMs: number, amountMinor: number | null, band?: { untilMs: number, lowMinor: number, highMinor: number } }} PricePoint
 */

/**
 * The prices of a product in one currency, the oldest first.
 *
 * @typedef {{ currency: string, fromMs: number, toMs: number, points: PricePoint[] }} PriceCurve
 */

/**
 * The curve of prices as they were.
 *
 * @param {PricePeriod[]} periods the oldest first
 * @param {string} currency the curve has the prices in this one
 * @param {{ fromMs: number, toMs: number }} shown
 * @returns {PriceCurve}
 */
export function curveOfPeriods(periods, currency, { fromMs, toMs }) {
	const points = periods.map(({ price, beginsAt }) => ({
		key: beginsAt,
		atMs: Math.max(fromMs, Date.parse(beginsAt)),
		amountMinor: price.currency === currency ? price.amountMinor : null,
	}))
	return { currency, fromMs, toMs, points }
}

/**
 * The curve of bars: a step has its last price, and a band between its lowest and its highest.
 *
 * @param {Omit<PriceBar, 'changes'>[]} bars the oldest first
 * @param {string} currency the curve has the prices in this one
 * @param {{ fromMs: number, toMs: number }} shown
 * @param {number} stepMs
 * @returns {PriceCurve}
 */
export function curveOfBars(bars, currency, { fromMs, toMs }, stepMs) {
	const steps = Map.groupBy(bars, ({ beginsAt }) => Date.parse(beginsAt))
	const points = [...steps].map(([beginMs, ofStep]) => {
		const point = { key: String(beginMs), atMs: Math.max(fromMs, beginMs) }
		const bar = ofStep.find(({ close }) => close.currency === currency)
		if (bar === undefined) return { ...point, amountMinor: null }
		const { close, low, high } = bar
		const band = { untilMs: Math.min(toMs, beginMs + stepMs), lowMinor: low.amountMinor, highMinor: high.amountMinor }
		return { ...point, amountMinor: close.amountMinor, band }
	})
	return { currency, fromMs, toMs, points }
}

/**
 * The lowest and the highest price of a curve. Undefined when it has none.
 *
 * @param {PriceCurve} curve
 */
export function extentOf({ points }) {
	const amounts = points.flatMap(({ amountMinor, band }) => [amountMinor, band?.lowMinor, band?.highMinor])
	const known = amounts.filter((amount) => typeof amount === 'number')
	if (known.length === 0) return undefined
	const [lowMinor, highMinor] = known.reduce(
		([low, high], amount) => [Math.min(low, amount), Math.max(high, amount)],
		[Number.POSITIVE_INFINITY, 0],
	)
	return { lowMinor, highMinor }
}

/**
 * The point in force at a time. Undefined before the first one.
 *
 * @param {PriceCurve} curve
 * @param {number} atMs
 */
export function pointAt({ points }, atMs) {
	return points.findLast((point) => point.atMs <= atMs)
}
