/** @import { Webhook } from '@mercat/client' */
import { request } from '../../api/request.js'
import { useLoad } from '../../api/use-load.js'
import { hasScope } from '../../session/session.js'

/**
 * What a person calls each of some webhooks, by id: its host and its description. A webhook without a name yet is not in it,
 * and neither is any for a token that does not open webhooks.
 *
 * @param {string[]} ids
 * @returns {Map<string, string>}
 */
export function useWebhookNames(ids) {
	const { value } = useLoad((signal) => readNames(ids, signal), [[...ids].sort().join()])
	return value ?? new Map()
}

/**
 * @param {string[]} ids
 * @param {AbortSignal} signal
 * @returns {Promise<Map<string, string>>}
 */
async function readNames(ids, signal) {
	if (ids.length === 0 || !hasScope('webhooks:manage')) return new Map()
	/** @type {Webhook[]} */
	const webhooks = (await request('GET', '/v1/webhooks', { signal })).body.webhooks
	return new Map(webhooks.map((webhook) => [webhook.id, nameOf(webhook)]))
}

/** @param {Webhook} webhook */
function nameOf({ url, description }) {
	const { host } = new URL(url)
	return description === '' ? host : `${host} (${description})`
}
