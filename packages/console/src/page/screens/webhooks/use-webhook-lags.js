/** @import { Webhook } from '@mercat/client' */
import { request } from '../../api/request.js'
import { useLoad } from '../../api/use-load.js'
import { hasScope } from '../../session/session.js'

/**
 * How far a webhook is behind: the events that it is still to get, the age of the oldest one, and whether it has dead
 * deliveries.
 *
 * @typedef {{ pending?: number, oldestS?: number, hasDead?: boolean }} WebhookLag
 */

/**
 * The lags of webhooks by their id. A webhook is absent while nothing is known of it.
 *
 * @param {Webhook[] | undefined} webhooks
 * @returns {Map<string, WebhookLag>}
 */
export function useWebhookLags(webhooks = noWebhooks) {
	const { value } = useLoad((signal) => readLags(webhooks, signal), [webhooks])
	return value ?? nothingKnown
}

/** @type {Map<string, WebhookLag>} */
const nothingKnown = new Map()
/** @type {Webhook[]} */
const noWebhooks = []

/**
 * @param {Webhook[]} webhooks
 * @param {AbortSignal} signal
 */
async function readLags(webhooks, signal) {
	/** @type {Map<string, WebhookLag>} */
	const lags = new Map()
	if (webhooks.length === 0) return lags
	const [destinations, dead] = await Promise.all([
		readDestinations(signal),
		Promise.all(webhooks.map(({ id }) => hasDeadDelivery(id, signal))),
	])
	for (const [index, { id }] of webhooks.entries()) lags.set(id, { ...destinations.get(id), hasDead: dead[index] })
	return lags
}

/**
 * @param {AbortSignal} signal
 * @returns {Promise<Map<string, WebhookLag>>}
 */
async function readDestinations(signal) {
	if (!hasScope('orders:manage')) return nothingKnown
	// The list is worth showing without the lags, which need a status that may not be there.
	const { body } = await request('GET', '/v1/status', { signal }).catch(() => ({ body: {} }))
	/** @type {{ destination: string, pending: number, oldestS: number }[]} */
	const destinations = body.lags?.destinations ?? []
	return new Map(destinations.map(({ destination, pending, oldestS }) => [destination, { pending, oldestS }]))
}

/**
 * @param {string} id
 * @param {AbortSignal} signal
 * @returns {Promise<boolean | undefined>}
 */
async function hasDeadDelivery(id, signal) {
	const query = { state: 'dead', pageSize: 1 }
	const answer = await request('GET', `/v1/webhooks/${id}/deliveries`, { query, signal }).catch(() => undefined)
	return answer && answer.body.deliveries.length > 0
}
