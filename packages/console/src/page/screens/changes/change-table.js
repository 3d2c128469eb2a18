/** @import { Column } from '../../parts/data-table.js' */
/** @import { Children } from '../../parts/markup/html.js' */
/** @import { ChangeRow } from './change-rows.js' */
import { DataTable } from '../../parts/data-table.js'
import { html } from '../../parts/markup/html.js'
import { formatMoney, Money } from '../../parts/values/money.js'
import { Time } from '../../parts/values/time.js'
import { placeOf } from '../../routing/router.js'

/** @type {Record<ChangeRow['kind'], string>} */
const kindWords = { product: 'product', price: 'price', quantity: 'available', missed: 'missed' }

/** @type {Column<ChangeRow>[]} */
const columns = [
	{ name: 'at', label: 'When', cell: ({ at }) => html`<${Time} at=${at} exact="clock" />` },
	{
		name: 'sku',
		label: 'Product',
		cell: ({ sku }) =>
			sku === '' ? '–' : html`<a class="clipped" title=${sku} href=${placeOf(['products', sku])}>${sku}</a>`,
	},
	{ name: 'kind', label: 'What', cell: ({ kind }) => kindWords[kind] },
	{ name: 'now', label: 'Now', isWide: true, cell: nowOf },
]

/**
 * Changes of products, the newest first.
 *
 * @param {{ rows: ChangeRow[], empty: Children }} props
 */
export function ChangeTable({ rows, empty }) {
	return html`<${DataTable} label="Changes" columns=${columns} rows=${rows} rowKey=${keyOf} isMarked=${isMissed} empty=${empty} />`
}

/** @param {ChangeRow} row */
const keyOf = ({ key }) => key

/** @param {ChangeRow} row */
const isMissed = ({ kind }) => kind === 'missed'

/** @param {ChangeRow} row @returns {Children} */
function nowOf(row) {
	switch (row.kind) {
		case 'price': {
			const lowest = row.lowestPrice30d && `lowest of the 30 days before ${formatMoney(row.lowestPrice30d.amount)}`
			return html`<${Money} amount=${row.price} />${lowest && html` <span class="faint">${lowest}</span>`}`
		}
		case 'product': {
			const { title, price, state } = row.product
			return html`<${Money} amount=${price} /> ${title}${state === 'ARCHIVED' && html` <span class="faint">archived</span>`}`
		}
		case 'quantity':
			return `${row.availableQuantity.toLocaleString('en')} can be ordered`
		case 'missed':
			return `Changes may be missing here. ${row.reason}`
	}
}
