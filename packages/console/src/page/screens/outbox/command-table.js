/** @import { OutboxMessage } from '@mercat/client' */
/** @import { Column } from '../../parts/data-table.js' */
import { DataTable } from '../../parts/data-table.js'
import { html } from '../../parts/markup/html.js'
import { StatusPill } from '../../parts/status-pill.js'
import { Time } from '../../parts/values/time.js'
import { placeOf } from '../../routing/router.js'

/** @param {{ commands: OutboxMessage[], onRedrive: (command: OutboxMessage) => void }} props */
export function CommandTable({ commands, onRedrive }) {
	/** @type {Column<OutboxMessage>[]} */
	const columns = [
		{ name: 'state', label: 'State', cell: ({ state }) => html`<${StatusPill} state=${state} />` },
		{ name: 'type', label: 'Command', cell: ({ type }) => type },
		{
			name: 'order',
			label: 'Order',
			cell: ({ orderId }) => html`<a href=${placeOf(['orders', orderId])}>${orderId.slice(0, 8)}</a>`,
		},
		{ name: 'createdAt', label: 'Made', cell: ({ createdAt }) => html`<${Time} at=${createdAt} />` },
		{ name: 'attempts', label: 'Attempts', align: 'end', cell: ({ attempts }) => attempts },
		{
			name: 'lastError',
			label: 'Last error',
			isWide: true,
			cell: ({ lastError }) => html`<span title=${lastError}>${lastError}</span>`,
		},
		{ name: 'next', label: 'Next attempt', cell: ({ nextAttemptAt }) => html`<${Time} at=${nextAttemptAt} />` },
		{
			name: 'actions',
			label: 'Actions',
			align: 'end',
			cell: (command) =>
				command.state === 'dead' &&
				html`<button type="button" class="quiet small" aria-label=${`Redrive the command of order ${command.orderId}`} onClick=${() => onRedrive(command)}>Redrive …</button>`,
		},
	]
	return html`<${DataTable} label="Commands" columns=${columns} rows=${commands} rowKey=${(/** @type {OutboxMessage} */ { id }) => id} />`
}
