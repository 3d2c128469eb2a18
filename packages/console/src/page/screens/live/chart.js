import { useEffect, useRef, useState } from 'preact/hooks'
import uPlot from 'uplot'
import { html } from '../../parts/markup/html.js'
import { Panel } from '../../parts/panel.js'
import { chartHeightPx, chartOptions } from './chart-options.js'
import { formatFigure } from './numbers.js'

/**
 * A curve. `colour` is the name of a variable of the theme.
 *
 * @typedef {{ label: string, values: (number | null)[], colour: string }} Series
 */

/**
 * Curves over the last ten minutes. The arrays are changed in place, so `at` tells when there is a new point. The legend has
 * the values under the pointer, or else the latest.
 *
 * @param {{ title: string, unit: string, times: number[], series: Series[], at: string }} props
 */
export function Chart({ title, unit, times, series, at }) {
	const place = useRef(/** @type {HTMLDivElement | null} */ (null))
	const chart = useRef(/** @type {uPlot | undefined} */ (undefined))
	const [pointed, setPointed] = useState(/** @type {number | null} */ (null))

	useEffect(() => {
		const { current } = place
		if (current === null) return undefined
		const drawn = new uPlot(
			chartOptions(series, current.clientWidth, setPointed),
			[[], ...series.map(() => [])],
			current,
		)
		chart.current = drawn
		const sizes = new ResizeObserver(() => drawn.setSize({ width: current.clientWidth, height: chartHeightPx }))
		sizes.observe(current)
		// The colours are read anew whenever the chart is drawn.
		const theme = matchMedia('(prefers-color-scheme: dark)')
		const redraw = () => drawn.redraw()
		theme.addEventListener('change', redraw)
		return () => {
			sizes.disconnect()
			theme.removeEventListener('change', redraw)
			drawn.destroy()
		}
	}, [])

	useEffect(() => {
		chart.current?.setData([times, ...series.map(({ values }) => values)])
	}, [at])

	const index = pointed ?? times.length - 1
	return html`
		<${Panel} title=${title} class="chart-panel" actions=${html`<${Legend} series=${series} unit=${unit} index=${index} />`}>
			<div ref=${place} class="chart" role="img" aria-label=${describe(title, series, unit)}></div>
		</${Panel}>
	`
}

/** @param {{ series: Series[], unit: string, index: number }} props */
function Legend({ series, unit, index }) {
	return html`
		<ul class="legend">
			${series.map(
				({ label, values, colour }) => html`
					<li key=${label}>
						<span class=${`legend-mark legend${colour.slice(1)}`}></span>${`${label} `}
						<strong>${inUnit(values[index], unit)}</strong>
					</li>
				`,
			)}
		</ul>
	`
}

/**
 * @param {string} title
 * @param {Series[]} series
 * @param {string} unit
 */
function describe(title, series, unit) {
	const parts = series.map(({ label, values }) => {
		const most = values.reduce((/** @type {number} */ highest, value) => Math.max(highest, value ?? 0), 0)
		return `${label} now ${inUnit(values.at(-1), unit)}, at most ${inUnit(most, unit)}`
	})
	return `${title} in the last ten minutes: ${parts.join('; ')}`
}

/**
 * @param {number | null | undefined} value
 * @param {string} unit
 */
function inUnit(value, unit) {
	return value === null || value === undefined ? formatFigure(value) : `${formatFigure(value)} ${unit}`.trim()
}
