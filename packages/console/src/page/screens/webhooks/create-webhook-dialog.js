/** @import { Webhook } from '@mercat/client' */
import { isOutcomeUnknown } from '../../api/api-error.js'
import { request } from '../../api/request.js'
import { ConfirmDialog } from '../../parts/dialogs/confirm-dialog.js'
import { html } from '../../parts/markup/html.js'
import { WebhookFields, webhookOf } from './webhook-fields.js'

/**
 * Makes a webhook. `onUncertain` is called when its answer was lost: the list tells whether it was made.
 *
 * @param {{ onCreated: (webhook: Webhook) => void, onUncertain: () => void, onClose: () => void }} props
 */
export function CreateWebhookDialog({ onCreated, onUncertain, onClose }) {
	/** @param {Record<string, string>} values */
	const create = async (values) => {
		try {
			const { body } = await request('POST', '/v1/webhooks', { body: webhookOf(values) })
			onCreated(body)
		} catch (error) {
			if (isOutcomeUnknown(error)) onUncertain()
			throw error
		}
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
