import { request } from '../../../api/request.js'

/**
 * Makes a delivery pending again.
 *
 * @param {string} webhookId
 * @param {string} deliveryId
 * @returns {Promise<string>} when it is sent, as a sentence
 */
export async function redeliver(webhookId, deliveryId) {
	const path = `/v1/webhooks/${webhookId}`
	const { body: delivery } = await request('POST', `${path}/deliveries/${encodeURIComponent(deliveryId)}/redeliver`)
	const { body: webhook } = await request('GET', path)
	if (webhook.state === 'paused') return 'The webhook is paused. The event is sent again after Resume.'
	if (delivery.nextAttemptAt === undefined) return 'The event is sent again after an earlier event of its order.'
	return 'The event will be sent again now.'
}
