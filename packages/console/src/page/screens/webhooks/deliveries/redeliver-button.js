/** @import { Delivery } from '@mercat/client' */
import { useState } from 'preact/hooks'
import { apiErrorOf } from '../../../api/use-load.js'
import { html } from '../../../parts/html.js'
import { toast } from '../../../parts/toast.js'
import { redeliver } from './redeliver.js'

/**
 * Delivers an event again. It asks for no confirmation, because receivers ignore duplicates.
 *
 * @param {{ webhookId: string, deliveryId: string, onDone: (delivery: Delivery) => void }} props
 */
export function RedeliverButton({ webhookId, deliveryId, onDone }) {
	const [isBusy, setBusy] = useState(false)
	const run = async () => {
		setBusy(true)
		try {
			const { delivery, sentence } = await redeliver(webhookId, deliveryId)
			toast(sentence)
			onDone(delivery)
		} catch (error) {
			toast(apiErrorOf(error).detail, 'bad')
		}
		setBusy(false)
	}
	return html`
		<button type="button" class="quiet small" aria-label=${`Redeliver ${deliveryId}`} onClick=${run} disabled=${isBusy}>Redeliver</button>
	`
}
