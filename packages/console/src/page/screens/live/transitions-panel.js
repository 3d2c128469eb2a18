/** @import { Status } from '@mercat/client' */
import { html } from '../../parts/markup/html.js'
import { Panel } from '../../parts/panel.js'
import { formatFigure } from './numbers.js'

/**
 * How many orders came to each status in the last second.
 *
 * @param {{ rates: Status['rates'] }} props
 */
export function TransitionsPanel({ rates }) {
	return html`
		<${Panel} title="Orders that came to a status, a second">
			<dl class="transitions">
				${statuses.map(
					(status) =>
						html`<div key=${status}><dt>${status}</dt><dd>${formatFigure(rates?.transitions[status])}</dd></div>`,
				)}
			</dl>
		</${Panel}>
	`
}

const statuses = ['placed', 'paid', 'shipped', 'delivered', 'cancelled', 'expired']
