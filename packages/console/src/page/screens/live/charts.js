/** @import { Curves } from '../../api/status-history.js' */
import { html } from '../../parts/markup/html.js'
import { Chart } from './chart.js'

/**
 * The last ten minutes.
 *
 * @param {{ curves: Curves, at: string }} props `at` is the time of the latest point
 */
export function Charts({ curves, at }) {
	const { times, placed, refused, p50, p99 } = curves
	return html`
		<div class="charts">
			<${Chart} title="Orders a second" unit="" times=${times} at=${at} series=${[
				{ label: 'placed', values: placed, colour: '--chart-1' },
				{ label: 'refused', values: refused, colour: '--chart-2' },
			]} />
			<${Chart} title="Time to answer an order, in ms" unit="ms" times=${times} at=${at} series=${[
				{ label: 'half within', values: p50, colour: '--chart-1' },
				{ label: '99 % within', values: p99, colour: '--chart-3' },
			]} />
		</div>
	`
}
