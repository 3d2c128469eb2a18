/** @import { Webhook } from '@mercat/client' */
import { request } from '../../api/request.js'
import { ConfirmDialog } from '../../parts/confirm-dialog.js'
import { html } from '../../parts/html.js'
import { WebhookFields, webhookOf } from './webhook-fields.js'

/** @param {{ onCreated: (webhook: Webhook) => void, onClose: () => void }} props */
export function CreateWebhookDialog({ onCreated, onClose }) {
	/** @param {Record<string, string>} values */
	const create = async (values) => {
		const { body } = await request('POST', '/v1/webhooks', { body: webhookOf(values) })
		onCreated(body)
	}
	return html`
		<${ConfirmDialog} title="New webhook" confirmLabel="Make webhook" onConfirm=${create} onClose=${onClose}>
			<div class="dialog-fields">
				<${WebhookFields} />
				<p class="hint">It gets the events that follow. To send earlier ones, replay them.</p>
			</div>
		</${ConfirmDialog}>
	`
}
