/** @import { Delivery } from '@mercat/client' */
import { useState } from 'preact/hooks'
import { textOf } from '../../../api/api-error.js'
import { apiErrorOf } from '../../../api/use-load.js'
import { toast } from '../../../parts/dialogs/toast.js'
import { html } from '../../../parts/markup/html.js'
import { redeliver } from './redeliver.js'

/**
 * Delivers an event again. It asks for no confirmation, because receivers ignore duplicates.
 *
 * @param {{ webhookId: string, deliveryId: string, onDone: (delivery: Delivery) => void }} props
 */
export function RedeliverButton({ webhookId, deliveryId, onDone }) {
	const [isBusy, setBusy] = useState(false)
	const run = async () => {
		if (isBusy) return
		setBusy(true)
		try {
			const { delivery, sentence } = await redeliver(webhookId, deliveryId)
			toast(sentence)
			onDone(delivery)
		} catch (error) {
			toast(textOf(apiErrorOf(error)), 'bad')
		}
		setBusy(false)
	}
	return html`
		<button type="button" class="quiet small" aria-label=${`Redeliver ${deliveryId}`} onClick=${run} aria-disabled=${isBusy}>Redeliver</button>
	`
}
