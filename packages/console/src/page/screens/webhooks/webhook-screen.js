/** @import { Webhook } from '@mercat/client' */
/** @import { ScreenProps } from '../../shell/screens.js' */
import { useState } from 'preact/hooks'
import { request } from '../../api/request.js'
import { useLoad } from '../../api/use-load.js'
import { CopyableText } from '../../parts/copy-button.js'
import { DefinitionList } from '../../parts/definition-list.js'
import { html } from '../../parts/markup/html.js'
import { PageHeading } from '../../parts/page-heading.js'
import { Panel } from '../../parts/panel.js'
import { Failure, Loading } from '../../parts/states.js'
import { Time } from '../../parts/values/time.js'
import { DeliveriesPanel } from './deliveries/deliveries-panel.js'
import { typesText } from './events/event-type-names.js'
import { WebhookActions } from './webhook-actions.js'
import { Behind, Failures, WebhookState } from './webhook-standing.js'

/**
 * One webhook, what was delivered to it, and what can be done about it.
 *
 * @param {ScreenProps} props
 */
export function WebhookScreen({ params, query, navigate }) {
	const id = params['id'] ?? ''
	const { value: webhook, error, isLoading, reload } = useLoad((signal) => readWebhook(id, signal), [id])
	const [refreshes, setRefreshes] = useState(0)
	const back = { href: '#/webhooks', label: 'Webhooks' }
	return html`
		<${PageHeading} title=${webhook?.url ?? 'Webhook'} back=${back} subtitle=${webhook && html`<${WebhookState} webhook=${webhook} /> ${webhook.description}`} />
		${webhook === undefined && isLoading && html`<${Loading} />`}
		${error && html`<${Failure} error=${error} retry=${reload} />`}
		${
			webhook &&
			html`
				<${WebhookActions} key=${webhook.id} webhook=${webhook} refreshes=${refreshes} onChanged=${reload} onDeleted=${() => navigate('/webhooks', { replace: true })} />
				<${Panel} title="Webhook">
					<${DefinitionList} entries=${[
						['Id', html`<${CopyableText} text=${webhook.id} label="id" />`],
						['Events', typesText(webhook.types)],
						['Behind', html`<${Behind} webhook=${webhook} />`],
						['Failures', html`<${Failures} webhook=${webhook} />`],
						['Position in the log', webhook.position],
						['Made', html`<${Time} at=${webhook.createdAt} exact />`],
						['Made by', webhook.origin === 'environment' ? html`<code>WEBHOOK_URLS</code>` : 'the API'],
						['Ended', webhook.endedAt && html`<${Time} at=${webhook.endedAt} exact />`],
					]} />
				</${Panel}>
				<${DeliveriesPanel} webhook=${webhook} onRenew=${reload} onRefresh=${() => setRefreshes(refreshes + 1)} state=${query.get('state') ?? ''} navigate=${navigate} />
			`
		}
	`
}

/**
 * @param {string} id
 * @param {AbortSignal} signal
 * @returns {Promise<Webhook>}
 */
async function readWebhook(id, signal) {
	return (await request('GET', `/v1/webhooks/${encodeURIComponent(id)}`, { signal })).body
}
