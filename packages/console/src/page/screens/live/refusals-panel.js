import { html } from '../../parts/markup/html.js'
import { Panel } from '../../parts/panel.js'
import { placeOf } from '../../routing/router.js'
import { formatFigure } from './numbers.js'

/**
 * The refusals of the last minute by code. A code leads to its refusals.
 *
 * @param {{ counts: [code: string, count: number][] }} props
 */
export function RefusalsPanel({ counts }) {
	return html`
		<${Panel} title="Refusals in the last minute">
			${
				counts.length === 0
					? html`<p class="panel-body faint">No order was refused.</p>`
					: html`
						<ul class="rows">
							${counts.map(
								([code, count]) => html`
									<li key=${code}><a href=${placeOf(['why'], { code })}>${code}</a><strong>${formatFigure(Math.round(count))}</strong></li>
								`,
							)}
						</ul>
					`
			}
		</${Panel}>
	`
}
