/** @import { Delivery } from '@mercat/client' */
import { useRef } from 'preact/hooks'
import { Dialog } from '../../../parts/dialogs/dialog.js'
import { html } from '../../../parts/markup/html.js'
import { StatusPill } from '../../../parts/status-pill.js'
import { typeName } from '../events/event-type-names.js'
import { DeliveryAttempts } from './delivery-attempts.js'

/**
 * The attempts at one delivery.
 *
 * @param {{ delivery: Delivery, onClose: () => void }} props
 */
export function DeliveryDialog({ delivery: { id, event, state, attempts, attemptCount }, onClose }) {
	const dialog = useRef(/** @type {HTMLDialogElement | null} */ (null))
	const count =
		attemptCount > attempts.length ? `These are the last ${attempts.length} of ${attemptCount} attempts.` : undefined
	return html`
		<${Dialog} element=${dialog} titleId="delivery-title" onClose=${onClose}>
			<form method="dialog">
				<h2 id="delivery-title">Delivery ${id} <${StatusPill} state=${state} /></h2>
				<p class="dialog-text">Event <em>${typeName(event.type)}</em>, <code>${event.id}</code></p>
				${count && html`<p class="hint">${count}</p>`}
				${attempts.length === 0 ? html`<p>It was not tried yet.</p>` : html`<${DeliveryAttempts} attempts=${attempts} />`}
				<div class="dialog-actions"><button type="submit">Close</button></div>
			</form>
		</${Dialog}>
	`
}
