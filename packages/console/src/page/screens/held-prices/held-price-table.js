/** @import { HeldPrice } from '@mercat/client' */
/** @import { Column } from '../../parts/data-table.js' */
/** @import { Decision } from './decision-dialog.js' */
import { DataTable } from '../../parts/data-table.js'
import { html } from '../../parts/markup/html.js'
import { formatMoney, Money } from '../../parts/values/money.js'
import { Time } from '../../parts/values/time.js'
import { placeOf } from '../../routing/router.js'
import { Opinions } from './opinions.js'
import { changeText, ruleWords } from './rule-words.js'

/** @param {{ holds: HeldPrice[], onDecide: (hold: HeldPrice, decision: Decision) => void }} props */
export function HeldPriceTable({ holds, onDecide }) {
	/** @type {Column<HeldPrice>[]} */
	const columns = [
		{
			name: 'product',
			label: 'Product',
			isWide: true,
			cell: ({ sku, title }) =>
				html`<span class="two-lines"><a href=${placeOf(['products', sku])} title=${title}>${title}</a><small>${sku}</small></span>`,
		},
		{
			name: 'source',
			label: 'Source',
			cell: ({ source, since, until }) =>
				html`<span class="two-lines"><a href=${placeOf(['feeds', source])}>${source}</a><small><${Time} at=${since} />${until && html`, dropped <${Time} at=${until} />`}</small></span>`,
		},
		{ name: 'prices', label: 'Price now → new', cell: (hold) => html`<${PriceChange} hold=${hold} />` },
		{ name: 'opinions', label: 'Others say', cell: ({ opinions }) => html`<${Opinions} opinions=${opinions} />` },
		{
			name: 'actions',
			label: 'Actions',
			align: 'end',
			cell: (hold) => html`
				<span class="row-actions">
					<button type="button" class="quiet small" aria-label=${`Approve ${formatMoney(hold.newPrice)} for ${hold.sku}`} onClick=${() => onDecide(hold, 'approve')}>Approve …</button>
					<button type="button" class="quiet small" aria-label=${`Reject ${formatMoney(hold.newPrice)} for ${hold.sku}`} onClick=${() => onDecide(hold, 'reject')}>Reject …</button>
				</span>
			`,
		},
	]
	return html`<${DataTable} label="Held prices" columns=${columns} rows=${holds} rowKey=${(/** @type {HeldPrice} */ { id }) => id} />`
}

/** @param {{ hold: HeldPrice }} props */
function PriceChange({ hold }) {
	const { currentPrice, newPrice } = hold
	const reason = [changeText(hold), ruleWords(hold)].filter((text) => text !== undefined).join(', ')
	return html`<span class="two-lines"><span><${Money} amount=${currentPrice} /> → <strong><${Money} amount=${newPrice} /></strong></span><small>${reason}</small></span>`
}
