/** @import { Order } from '@mercat/client' */
/** @import { Column } from '../../parts/data-table.js' */
import { html } from '../../parts/markup/html.js'
import { StatusPill } from '../../parts/status-pill.js'
import { Money } from '../../parts/values/money.js'
import { Time } from '../../parts/values/time.js'
import { placeOf } from '../../routing/router.js'

/**
 * The columns of a list of orders. A search for a reference may have found that of a payment or a parcel, which the order in
 * the list does not have.
 *
 * @param {string} [searched] the reference that each order has somewhere
 * @returns {Column<Order>[]}
 */
export const orderColumns = (searched) => [
	{
		name: 'id',
		label: 'Order',
		cell: ({ id }) => html`<a href=${placeOf(['orders', id])} title=${id}><code>${id.slice(0, 8)}</code></a>`,
	},
	{ name: 'status', label: 'Status', cell: ({ status }) => html`<${StatusPill} state=${status} />` },
	{ name: 'placedAt', label: 'Placed', cell: ({ placedAt }) => html`<${Time} at=${placedAt} />` },
	{
		name: 'customer',
		label: 'Customer',
		cell: ({ customerId }) =>
			html`<a class="clipped" href=${placeOf(['orders'], { customerId })} title=${`All orders of ${customerId}`}>${customerId}</a>`,
	},
	{
		name: 'items',
		label: 'Items',
		isWide: true,
		cell: ({ items }) => html`<span title=${summaryOf(items)}>${summaryOf(items)}</span>`,
	},
	{ name: 'reference', label: 'Reference', cell: ({ reference }) => referencesOf(reference, searched) },
	{ name: 'total', label: 'Total', align: 'end', cell: ({ total }) => html`<${Money} amount=${total} />` },
]

/**
 * @param {string | undefined} own
 * @param {string | undefined} searched
 */
function referencesOf(own, searched) {
	const references = [...new Set([searched, own])].filter(Boolean)
	return references.length === 0
		? html`<span class="faint">–</span>`
		: html`<span class="clipped" title=${references.join(', ')}>${references.join(', ')}</span>`
}

/** @param {Order['items']} items */
function summaryOf([first, ...others]) {
	if (first === undefined) return ''
	const more = others.length === 0 ? '' : `, and ${others.length} more`
	return `${first.quantity} × ${first.title}${more}`
}
