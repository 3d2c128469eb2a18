/** @import { OrderCommand } from '@mercat/client' */
import { useState } from 'preact/hooks'
import { request } from '../../api/request.js'
import { ConfirmDialog } from '../../parts/dialogs/confirm-dialog.js'
import { toast } from '../../parts/dialogs/toast.js'
import { html } from '../../parts/markup/html.js'
import { StatusPill } from '../../parts/status-pill.js'
import { Time } from '../../parts/values/time.js'

const meanings = { commit: 'Sell the reserved stock', release: 'Give the reserved stock back' }

/**
 * What the catalog was told about the order. A command that the catalog refused for good is dead, and can be sent again.
 *
 * @param {{ orderId: string, commands: OrderCommand[], onChange: () => void }} props
 */
export function OrderCommands({ orderId, commands, onChange }) {
	const [isAsked, setAsked] = useState(false)
	if (commands.length === 0)
		return html`<p class="faint panel-body">None. The catalog is told when an order is paid, cancelled or expires; a command that was carried out is shown for a week.</p>`
	const redrive = async () => {
		const { body } = await request('POST', '/v1/outbox/redrive', { body: { orderId } })
		toast(`${body.redriven} ${body.redriven === 1 ? 'command is' : 'commands are'} sent again.`)
		onChange()
	}
	return html`
		<ul class="records">
			${commands.map((command) => html`<${CommandRecord} key=${command.id} command=${command} />`)}
		</ul>
		${commands.some(({ state }) => state === 'dead') && html`<div class="panel-body"><button type="button" onClick=${() => setAsked(true)}>Send dead commands again</button></div>`}
		${
			isAsked &&
			html`
			<${ConfirmDialog} title="Send the dead commands of this order again?" confirmLabel="Send again" onConfirm=${redrive} onClose=${() => setAsked(false)}>
				<p>The catalog gets them at once. Do this when the cause of the error is gone.</p>
			</${ConfirmDialog}>
		`
		}
	`
}

/** @param {{ command: OrderCommand }} props */
function CommandRecord({ command: { type, state, attempts, nextAttemptAt, settledAt, lastError } }) {
	return html`
		<li>
			<div class="record-head">
				<strong>${meanings[type]}</strong> <${StatusPill} state=${state}>${state === 'delivered' ? 'done' : state}</${StatusPill}>
				<span class="faint">
					${attempts} ${attempts === 1 ? 'attempt' : 'attempts'}${settledAt && html`, ${state === 'dead' ? 'given up' : 'done'} <${Time} at=${settledAt} />`}${nextAttemptAt && html`, next <${Time} at=${nextAttemptAt} />`}
				</span>
			</div>
			${lastError && state !== 'delivered' && html`<p class="record-error">${lastError}</p>`}
		</li>
	`
}
