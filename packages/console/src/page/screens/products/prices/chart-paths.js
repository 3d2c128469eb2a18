/** @import { PriceCurve } from './price-curve.js' */

/**
 * Where times and amounts are in a drawing.
 *
 * @typedef {{ x: (atMs: number) => number, y: (amountMinor: number) => number }} Scales
 */

/**
 * The line of a curve as the data of a path. Each price goes on until the next one; a price in another currency is a gap.
 *
 * @param {PriceCurve} curve
 * @param {Scales} scales
 */
export function linePath({ points, toMs }, { x, y }) {
	let path = ''
	let isDrawing = false
	for (const [index, { atMs, amountMinor }] of points.entries()) {
		const at = place(x(atMs))
		if (amountMinor !== null) {
			const height = place(y(amountMinor))
			path += isDrawing ? `V${height}` : `M${at},${height}`
			path += `H${place(x(points[index + 1]?.atMs ?? toMs))}`
		}
		isDrawing = amountMinor !== null
	}
	return path
}

/**
 * The bands between the lowest and the highest price of each step as the data of a path.
 *
 * @param {PriceCurve} curve
 * @param {Scales} scales
 */
export function bandPath({ points }, { x, y }) {
	return points
		.map(({ atMs, band }) => {
			if (band === undefined || band.lowMinor === band.highMinor) return ''
			const { untilMs, lowMinor, highMinor } = band
			return `M${place(x(atMs))},${place(y(highMinor))}H${place(x(untilMs))}V${place(y(lowMinor))}H${place(x(atMs))}Z`
		})
		.join('')
}

/** @param {number} pixels */
function place(pixels) {
	return Math.round(pixels * 10) / 10
}
