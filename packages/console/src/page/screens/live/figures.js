/** @import { Status } from '@mercat/client' */
import { html } from '../../parts/markup/html.js'
import { formatFigure, formatMs } from './numbers.js'

/**
 * The figures of the last second.
 *
 * @param {{ rates: Status['rates'], latency: Status['latency'] }} props
 */
export function Figures({ rates, latency }) {
	const { paid = 0, shipped = 0 } = rates?.transitions ?? {}
	return html`
		<dl class="figures">
			<${Figure} name="Orders a second" value=${formatFigure(rates?.placed)}
				note=${rates && `${formatFigure(paid)} paid, ${formatFigure(shipped)} shipped`} />
			<${Figure} name="Refused a second" value=${formatFigure(rates?.refused)}
				note=${rates && `${formatFigure(rates.replayed)} answered again`} />
			<${Figure} name="Half of all orders within" value=${formatMs(latency?.p50Ms)} note=${`95 % within ${formatMs(latency?.p95Ms)}`} />
			<${Figure} name="99 % of all orders within" value=${formatMs(latency?.p99Ms)} note="POST /v1/orders" />
			<${Figure} name="Requests a second" value=${formatFigure(rates?.requests)}
				note=${rates && `${formatFigure(rates.shed)} turned away under load`} isBad=${(rates?.shed ?? 0) > 0} />
		</dl>
	`
}

/** @param {{ name: string, value: string, note?: string | null, isBad?: boolean }} props */
function Figure({ name, value, note, isBad = false }) {
	return html`
		<div class="figure">
			<dt>${name}</dt>
			<dd class="figure-value">${value}</dd>
			<dd class=${isBad ? 'figure-note bad' : 'figure-note'}>${note || '\u00a0'}</dd>
		</div>
	`
}
