/** @import { Delivery } from '@mercat/client' */
import { request } from '../../../api/request.js'

/**
 * Makes a delivery pending again.
 *
 * @param {string} webhookId
 * @param {string} deliveryId
 * @returns {Promise<{ delivery: Delivery, sentence: string }>} `sentence` says when it is sent
 */
export async function redeliver(webhookId, deliveryId) {
	const path = `/v1/webhooks/${webhookId}`
	const { body: delivery } = await request('POST', `${path}/deliveries/${encodeURIComponent(deliveryId)}/redeliver`)
	const { body: webhook } = await request('GET', path)
	return { delivery, sentence: sentenceOf(webhook.state, delivery.nextAttemptAt) }
}

/**
 * @param {string} webhookState
 * @param {string | undefined} nextAttemptAt
 */
function sentenceOf(webhookState, nextAttemptAt) {
	if (webhookState === 'paused') return 'The webhook is paused. The event is sent again after Resume.'
	if (nextAttemptAt === undefined) return 'The event is sent again after an earlier event of its order.'
	return 'The event will be sent again now.'
}
