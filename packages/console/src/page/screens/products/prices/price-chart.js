/** @import { PriceCurve, PricePoint } from './price-curve.js' */
import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import { html } from '../../../parts/markup/html.js'
import { formatAmount } from '../../../parts/values/money.js'
import { bandPath, linePath } from './chart-paths.js'
import { amountTicks, timeTicks } from './chart-ticks.js'
import { extentOf, pointAt } from './price-curve.js'

const heightPx = 220
const margin = { top: 10, right: 14, bottom: 26, left: 64 }
const pixelsPerTime = 90
const mostAmounts = 5

/**
 * A curve of prices. `onPoint` hears of the price under the pointer. The table of the same prices is for everybody who does
 * not see the drawing.
 *
 * @param {{ curve: PriceCurve, label: string, onPoint: (point: PricePoint | undefined) => void }} props
 */
export function PriceChart({ curve, label, onPoint }) {
	const place = useRef(/** @type {HTMLDivElement | null} */ (null))
	const width = useWidth(place)
	const [pointedMs, setPointedMs] = useState(/** @type {number | undefined} */ (undefined))
	const drawing = useMemo(() => (width === 0 ? undefined : drawingOf(curve, width)), [curve, width])

	/** @param {PointerEvent} event */
	const point = (event) => {
		const left = place.current?.getBoundingClientRect().left ?? 0
		const atMs = drawing?.timeAt(event.clientX - left)
		setPointedMs(atMs)
		onPoint(atMs === undefined ? undefined : pointAt(curve, atMs))
	}
	const leave = () => {
		setPointedMs(undefined)
		onPoint(undefined)
	}

	return html`
		<div ref=${place} class="price-chart" role="img" aria-label=${label} onPointerMove=${point} onPointerLeave=${leave}>
			${
				drawing &&
				html`
					<svg width=${width} height=${heightPx} aria-hidden="true">
						${drawing.amounts.map(
							({ y, text }) => html`
								<g key=${y}><line class="chart-grid" x1=${margin.left} x2=${width - margin.right} y1=${y} y2=${y} /><text x=${margin.left - 8} y=${y + 4} text-anchor="end">${text}</text></g>
							`,
						)}
						${drawing.times.map(({ x, text }) => html`<text key=${x} x=${x} y=${heightPx - 8} text-anchor="middle">${text}</text>`)}
						<path class="price-band" d=${drawing.band} />
						<path class="price-line" d=${drawing.line} />
						${pointedMs !== undefined && html`<line class="chart-pointer" x1=${drawing.x(pointedMs)} x2=${drawing.x(pointedMs)} y1=${margin.top} y2=${heightPx - margin.bottom} />`}
					</svg>
				`
			}
		</div>
	`
}

/**
 * @param {PriceCurve} curve
 * @param {number} width
 */
function drawingOf(curve, width) {
	const { fromMs, toMs, currency } = curve
	const { lowMinor, highMinor } = extentOf(curve) ?? { lowMinor: 0, highMinor: 0 }
	const { low, high, amounts } = amountTicks(lowMinor, highMinor, mostAmounts)
	const innerWidth = Math.max(1, width - margin.left - margin.right)
	const innerHeight = heightPx - margin.top - margin.bottom
	const scales = {
		/** @param {number} atMs */
		x: (atMs) => margin.left + ((atMs - fromMs) / (toMs - fromMs)) * innerWidth,
		/** @param {number} amountMinor */
		y: (amountMinor) => margin.top + ((high - amountMinor) / (high - low)) * innerHeight,
	}
	return {
		...scales,
		line: linePath(curve, scales),
		band: bandPath(curve, scales),
		amounts: amounts.map((amountMinor) => ({
			y: scales.y(amountMinor),
			text: formatAmount({ amountMinor, currency }),
		})),
		times: timeTicks(fromMs, toMs, Math.max(1, Math.floor(innerWidth / pixelsPerTime)))
			.map(({ atMs, text }) => ({ x: scales.x(atMs), text }))
			.filter(({ x }) => x < width - margin.right - 14),
		/** @param {number} x @returns {number | undefined} */
		timeAt(x) {
			const share = (x - margin.left) / innerWidth
			return share < 0 || share > 1 ? undefined : fromMs + share * (toMs - fromMs)
		},
	}
}

/** @param {{ current: HTMLElement | null }} place */
function useWidth(place) {
	const [width, setWidth] = useState(0)
	useEffect(() => {
		const { current } = place
		if (current === null) return undefined
		const measure = () => setWidth(current.clientWidth)
		measure()
		const sizes = new ResizeObserver(measure)
		sizes.observe(current)
		return () => sizes.disconnect()
	}, [])
	return width
}
