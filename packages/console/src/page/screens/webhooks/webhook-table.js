/** @import { Webhook } from '@mercat/client' */
/** @import { Column } from '../../parts/data-table.js' */
/** @import { WebhookLag } from './use-webhook-lags.js' */
import { DataTable } from '../../parts/data-table.js'
import { html } from '../../parts/html.js'
import { StatusPill } from '../../parts/status-pill.js'
import { lengthOf, Time } from '../../parts/time.js'
import { placeOf } from '../../routing/router.js'
import { typesText } from './events/event-type-names.js'

/** @param {{ webhooks: Webhook[], lags: Map<string, WebhookLag> }} props */
export function WebhookTable({ webhooks, lags }) {
	/** @type {Column<Webhook>[]} */
	const columns = [
		{ name: 'state', label: 'State', cell: (webhook) => html`<${WebhookState} webhook=${webhook} />` },
		{
			name: 'url',
			label: 'URL',
			isWide: true,
			cell: ({ id, url, description }) => html`
				<a href=${placeOf(['webhooks', id])} title=${url}>${url}</a>${description && html` <span class="faint">${description}</span>`}
			`,
		},
		{ name: 'types', label: 'Types', cell: ({ types }) => typesText(types) },
		{ name: 'lag', label: 'Behind', cell: ({ id }) => html`<${Lag} lag=${lags.get(id)} />` },
		{ name: 'failures', label: 'Failures', cell: ({ id }) => html`<${Failures} id=${id} lag=${lags.get(id)} />` },
		{ name: 'createdAt', label: 'Made', cell: ({ createdAt }) => html`<${Time} at=${createdAt} />` },
	]
	return html`<${DataTable} label="Webhooks" columns=${columns} rows=${webhooks} rowKey=${(/** @type {Webhook} */ { id }) => id} />`
}

/** @param {{ webhook: Webhook }} props */
export function WebhookState({ webhook: { state, endedAt } }) {
	if (endedAt !== undefined) return html`<${StatusPill} state="ended" tone="quiet" />`
	return html`<${StatusPill} state=${state} />`
}

/** @param {{ lag?: WebhookLag }} props */
function Lag({ lag }) {
	if (lag?.pending === undefined) return html`<span class="faint">–</span>`
	if (lag.pending === 0) return html`<span class="faint">nothing waits</span>`
	return html`${lag.pending.toLocaleString('en')} events, ${lengthOf(lag.oldestS ?? 0)}`
}

/** @param {{ id: string, lag?: WebhookLag }} props */
function Failures({ id, lag }) {
	if (lag?.hasDead === undefined) return html`<span class="faint">–</span>`
	if (!lag.hasDead) return html`<span class="faint">none dead</span>`
	return html`<a href=${placeOf(['webhooks', id], { state: 'dead' })}><${StatusPill} state="dead">dead deliveries</${StatusPill}></a>`
}
