/** @import { Webhook } from '@mercat/client' */
/** @import { Column } from '../../parts/data-table.js' */
import { DataTable } from '../../parts/data-table.js'
import { html } from '../../parts/markup/html.js'
import { placeOf } from '../../routing/router.js'
import { typesText } from './events/event-type-names.js'
import { Behind, Failures, WebhookState } from './webhook-standing.js'

/** @param {{ webhooks: Webhook[] }} props */
export function WebhookTable({ webhooks }) {
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
		{ name: 'lag', label: 'Behind', cell: (webhook) => html`<${Behind} webhook=${webhook} />` },
		{ name: 'failures', label: 'Failures', cell: (webhook) => html`<${Failures} webhook=${webhook} />` },
		{ name: 'types', label: 'Types', cell: ({ types }) => typesText(types) },
	]
	return html`<${DataTable} label="Webhooks" columns=${columns} rows=${webhooks} rowKey=${(/** @type {Webhook} */ { id }) => id} />`
}
