/** @import { Column } from '../../parts/data-table.js' */
/** @import { SalesTotal } from './read-sales.js' */
/** @import { SalesBy } from './sales-ranges.js' */
import { useMemo } from 'preact/hooks'
import { DataTable } from '../../parts/data-table.js'
import { html } from '../../parts/markup/html.js'
import { StatusPill } from '../../parts/status-pill.js'
import { Money } from '../../parts/values/money.js'
import { placeOf } from '../../routing/router.js'
import { salesKinds } from './sales-ranges.js'

/** @param {{ by: SalesBy, totals: SalesTotal[] }} props */
export function SalesTable({ by, totals }) {
	const columns = useMemo(() => columnsOf(by), [by])
	return html`<${DataTable} label="Sales" columns=${columns} rows=${totals} rowKey=${(/** @type {SalesTotal} */ { key, currency }) => `${currency} ${key}`} />`
}

/**
 * @param {SalesBy} by
 * @returns {Column<SalesTotal>[]}
 */
function columnsOf(by) {
	return [
		{
			name: 'key',
			label: salesKinds.find((kind) => kind.by === by)?.column ?? '',
			isWide: true,
			cell: ({ key }) => html`<${Key} by=${by} value=${key} />`,
		},
		{ name: 'orders', label: 'Orders', align: 'end', cell: ({ orders }) => orders.toLocaleString('en') },
		{ name: 'quantity', label: 'Pieces', align: 'end', cell: ({ quantity }) => quantity.toLocaleString('en') },
		{ name: 'amount', label: 'Amount', align: 'end', cell: (total) => html`<${Money} amount=${total} />` },
	]
}

/** @param {{ by: SalesBy, value: string }} props */
function Key({ by, value }) {
	if (by === 'status') return html`<${StatusPill} state=${value} />`
	if (by === 'sku') return html`<a href=${placeOf(['products', value])}>${value}</a>`
	return value === '' ? html`<span class="faint">without a category</span>` : value
}
