/** @import { OrderEventDelivery, Webhook } from '@mercat/client' */
import { request } from '../../api/request.js'
import { useLoad } from '../../api/use-load.js'
import { html } from '../../parts/markup/html.js'
import { Time } from '../../parts/values/time.js'
import { hasScope } from '../../session/session.js'

/**
 * Why a pending delivery has no time of its next attempt.
 *
 * @param {{ delivery: OrderEventDelivery, isBehind: boolean }} props `isBehind`: an earlier event of the order is pending, too
 */
export function WaitingReason({ delivery: { webhookId, webhookState }, isBehind }) {
	const asks = webhookState === 'active' && !isBehind && hasScope('webhooks:manage')
	const { value } = useLoad((signal) => (asks ? readFailing(webhookId, signal) : nothing()), [webhookId, asks])
	if (webhookState === 'paused') return 'waits, because the webhook is paused'
	if (isBehind) return 'waits behind an earlier event of this order'
	if (value) return html`waits, because the receiver fails, first <${Time} at=${value.since} />`
	return 'waits for its first attempt'
}

/**
 * @param {string} webhookId
 * @param {AbortSignal} signal
 * @returns {Promise<Webhook['failing']>}
 */
async function readFailing(webhookId, signal) {
	return (await request('GET', `/v1/webhooks/${webhookId}`, { signal })).body.failing
}

/** @returns {Promise<Webhook['failing']>} */
async function nothing() {
	return null
}
