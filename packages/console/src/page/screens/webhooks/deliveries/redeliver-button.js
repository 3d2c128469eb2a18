import { useState } from 'preact/hooks'
import { textOf } from '../../../api/api-error.js'
import { request } from '../../../api/request.js'
import { apiErrorOf } from '../../../api/use-load.js'
import { html } from '../../../parts/html.js'
import { toast } from '../../../parts/toast.js'

/**
 * Delivers an event again. It asks for no confirmation, because receivers forget duplicates.
 *
 * @param {{ webhookId: string, deliveryId: string, onDone: () => void }} props
 */
export function RedeliverButton({ webhookId, deliveryId, onDone }) {
	const [isBusy, setBusy] = useState(false)
	const redeliver = async () => {
		if (isBusy) return
		setBusy(true)
		try {
			await request('POST', `/v1/webhooks/${webhookId}/deliveries/${deliveryId}/redeliver`)
			toast('The event is delivered again.')
			onDone()
		} catch (error) {
			toast(textOf(apiErrorOf(error)), 'bad')
		}
		setBusy(false)
	}
	return html`
		<button type="button" class="quiet small" aria-label=${`Redeliver ${deliveryId}`} onClick=${redeliver} aria-disabled=${isBusy}>Redeliver</button>
	`
}
