/** @import { OutboxMessage } from '@mercat/client' */
import { request } from '../../api/request.js'
import { ConfirmDialog } from '../../parts/dialogs/confirm-dialog.js'
import { toast } from '../../parts/dialogs/toast.js'
import { html } from '../../parts/markup/html.js'

/**
 * Sends dead commands to the catalog again: those of one order, or all.
 *
 * @param {{ command?: OutboxMessage, onDone: () => void, onClose: () => void }} props `command` is undefined for all
 */
export function RedriveDialog({ command, onDone, onClose }) {
	const redrive = async () => {
		try {
			const { body } = await request('POST', '/v1/outbox/redrive', {
				body: command ? { orderId: command.orderId } : {},
			})
			toast(body.redriven === 1 ? 'One command is sent again.' : `${body.redriven} commands are sent again.`)
		} finally {
			onDone()
		}
	}
	return html`
		<${ConfirmDialog} title=${command ? 'Redrive the commands of an order' : 'Redrive all dead commands'} confirmLabel="Send again" onConfirm=${redrive} onClose=${onClose}>
			<p>${command ? html`The dead commands of order <code>${command.orderId}</code> are` : 'Every dead command is'} sent to the catalog at once. It cannot be called back. The catalog takes each command once, so a repeated one changes nothing more.</p>
		</${ConfirmDialog}>
	`
}
