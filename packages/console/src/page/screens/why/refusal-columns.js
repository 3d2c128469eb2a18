/** @import { Refusal } from '@mercat/client' */
/** @import { Column } from '../../parts/data-table.js' */
import { html } from '../../parts/markup/html.js'
import { StatusPill } from '../../parts/status-pill.js'
import { Time } from '../../parts/values/time.js'
import { placeOf } from '../../routing/router.js'

/**
 * The columns of the list of refusals.
 *
 * @param {{ code: string, customer: string }} filter what the list is narrowed to. It stays when a reason is opened
 * @returns {Column<Refusal>[]}
 */
export const refusalColumns = (filter) => [
	{
		name: 'at',
		label: 'When',
		cell: ({ at }) =>
			html`<span class="two-lines"><${Time} at=${at} /> <small><${Time} at=${at} exact="clock" /></small></span>`,
	},
	{ name: 'operation', label: 'Request', cell: ({ operation }) => operation },
	{
		name: 'code',
		label: 'Refused with',
		cell: ({ status, code }) =>
			html`<${StatusPill} state=${code} tone=${status >= 500 ? 'bad' : 'warn'}>${status} ${code}</${StatusPill}>`,
	},
	{
		name: 'customer',
		label: 'Customer',
		cell: ({ customerId }) =>
			customerId === null
				? html`<span class="faint">not signed in</span>`
				: html`<a class="clipped" href=${placeOf(['orders'], { customerId })} title=${`All orders of ${customerId}`}>${customerId}</a>`,
	},
	{ name: 'fault', label: 'At fault', isWide: true, cell: (refusal) => html`<${AtFault} refusal=${refusal} />` },
	{
		name: 'why',
		label: 'Reason',
		cell: ({ traceId, code, customerId }) =>
			html`<a href=${placeOf(['why'], { trace: traceId, ...filter })} aria-label=${`Why was the request of ${customerId ?? 'nobody'} refused with ${code}?`}>Why?</a>`,
	},
]

/** @param {{ refusal: Refusal }} props */
function AtFault({ refusal: { items = [], skus = [], detail } }) {
	const names = [...items.map(({ sku }) => String(sku)), ...skus]
	if (names.length === 0) return html`<span title=${detail}>${detail}</span>`
	return html`<span title=${names.join(', ')}>${names.map((sku, index) => html`${index > 0 && ', '}<a key=${sku} href=${placeOf(['products', sku])}>${sku}</a>`)}</span>`
}
