/** @import uPlot from 'uplot' */
/** @import { Series } from './chart.js' */

export const chartHeightPx = 190
const windowS = 600
const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' })

/**
 * @param {Series[]} series
 * @param {number} width
 * @param {(index: number | null) => void} onPoint gets the index of the point under the pointer
 * @returns {uPlot.Options}
 */
export function chartOptions(series, width, onPoint) {
	/** @type {uPlot.Axis} */
	const axis = {
		stroke: () => themeColour('--muted'),
		font: '11px system-ui, sans-serif',
		grid: { stroke: () => themeColour('--line'), width: 1 },
		ticks: { show: false },
	}
	return {
		width,
		height: chartHeightPx,
		padding: [12, 12, 0, 0],
		legend: { show: false },
		cursor: { sync: { key: 'live', setSeries: false }, drag: { x: false, y: false }, y: false, points: { size: 6 } },
		scales: {
			x: { time: true, range: (_chart, _min, max) => [(max ?? windowS) - windowS, max ?? windowS] },
			y: { range: (_chart, _min, max) => [0, Math.max(max ?? 0, 1) * 1.1] },
		},
		axes: [
			{ ...axis, values: (_chart, times) => times.map((time) => clock.format(time * 1000)), space: 70, size: 28 },
			{ ...axis, size: 46, space: 36 },
		],
		series: [
			{},
			...series.map(({ label, colour }) => ({
				label,
				stroke: () => themeColour(colour),
				width: 1.5,
				points: { show: false },
				spanGaps: false,
			})),
		],
		hooks: { setCursor: [({ cursor }) => onPoint(cursor.idx ?? null)] },
	}
}

/** @param {string} name of a variable of the theme */
function themeColour(name) {
	return getComputedStyle(document.documentElement).getPropertyValue(name)
}
