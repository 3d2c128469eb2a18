/** @import { Webhook } from '@mercat/client' */
import { request } from '../../api/request.js'
import { useLoad } from '../../api/use-load.js'
import { html } from '../../parts/markup/html.js'
import { Panel } from '../../parts/panel.js'
import { Failure, Loading } from '../../parts/states.js'
import { placeOf } from '../../routing/router.js'

/** The webhooks with dead deliveries, each with the way to them. */
export function DeadDeliveries() {
	const { value: webhooks, error, reload } = useLoad(readWebhooks, [])
	return html`
		<${Panel} title="Dead deliveries to webhooks">
			${webhooks === undefined && error === undefined && html`<${Loading} />`}
			${error && html`<${Failure} error=${error} retry=${reload} />`}
			${webhooks?.length === 0 && html`<p class="faint panel-body">No delivery is dead.</p>`}
			${
				webhooks &&
				webhooks.length > 0 &&
				html`<ul class="rows">${webhooks.map(
					({ id, url, description }) => html`
						<li key=${id}><a href=${placeOf(['webhooks', id], { state: 'dead' })}>${url}</a> <span class="faint">${description}</span></li>
					`,
				)}</ul>`
			}
		</${Panel}>
	`
}

/**
 * @param {AbortSignal} signal
 * @returns {Promise<Webhook[]>}
 */
async function readWebhooks(signal) {
	/** @type {Webhook[]} */
	const webhooks = (await request('GET', '/v1/webhooks', { signal })).body.webhooks
	const hasDead = await Promise.all(webhooks.map(({ id }) => hasDeadDelivery(id, signal)))
	return webhooks.filter((_, index) => hasDead[index])
}

/**
 * @param {string} id
 * @param {AbortSignal} signal
 */
async function hasDeadDelivery(id, signal) {
	const query = { state: 'dead', pageSize: 1 }
	return (await request('GET', `/v1/webhooks/${id}/deliveries`, { query, signal })).body.deliveries.length > 0
}
