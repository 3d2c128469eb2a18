/** @import { StockLevel } from '@mercat/client' */
import { html } from '../../../parts/markup/html.js'

/** @param {{ level: StockLevel }} props */
export function StockFigures({ level: { onHand, held, available } }) {
	const figures = [
		{ name: 'On hand', value: onHand, hint: 'in the warehouse' },
		{ name: 'Held', value: held, hint: 'by unpaid orders' },
		{ name: 'Available', value: available, hint: 'can be ordered' },
	]
	return html`
		<dl class="stock-figures" aria-live="polite">
			${figures.map(
				({ name, value, hint }) => html`
					<div key=${name}><dt>${name}</dt><dd><strong>${value.toLocaleString('en')}</strong> <span class="faint">${hint}</span></dd></div>
				`,
			)}
		</dl>
	`
}
