/** @import { Webhook } from '@mercat/client' */
/** @import { ScreenProps } from '../../shell/screens.js' */
import { useState } from 'preact/hooks'
import { request } from '../../api/request.js'
import { useLoad } from '../../api/use-load.js'
import { html } from '../../parts/markup/html.js'
import { PageHeading } from '../../parts/page-heading.js'
import { Empty, Failure, Loading } from '../../parts/states.js'
import { placeOf } from '../../routing/router.js'
import { CreateWebhookDialog } from './create-webhook-dialog.js'
import { SecretDialog } from './secret-dialog.js'
import { WebhookTable } from './webhook-table.js'

/**
 * All webhooks, with how far each is behind.
 *
 * @param {ScreenProps} props
 */
export function WebhooksScreen({ navigate }) {
	const { value, error, isLoading, reload } = useLoad(listWebhooks, [])
	const [isCreating, setCreating] = useState(false)
	const [created, setCreated] = useState(/** @type {Webhook | undefined} */ (undefined))
	const create = html`<button type="button" class="primary" onClick=${() => setCreating(true)}>New webhook …</button>`
	return html`
		<${PageHeading} title="Webhooks" subtitle="Receivers of other systems, to which events are posted.">
			<button type="button" onClick=${reload}>Refresh</button>${create}
		</${PageHeading}>
		${value === undefined && isLoading && html`<${Loading} />`}
		${error && html`<${Failure} error=${error} retry=${reload} />`}
		${value?.length === 0 && html`<${Empty} title="There is no webhook">A new one gets the events that follow.</${Empty}>`}
		${value && value.length > 0 && html`<${WebhookTable} webhooks=${value} />`}
		${isCreating && html`<${CreateWebhookDialog} onCreated=${setCreated} onUncertain=${reload} onClose=${() => setCreating(false)} />`}
		${
			created &&
			html`<${SecretDialog} secret=${created.secret ?? ''} onClose=${() => navigate(placeOf(['webhooks', created.id]).slice(1))} />`
		}
	`
}

/**
 * @param {AbortSignal} signal
 * @returns {Promise<Webhook[]>}
 */
async function listWebhooks(signal) {
	return (await request('GET', '/v1/webhooks', { signal })).body.webhooks
}
