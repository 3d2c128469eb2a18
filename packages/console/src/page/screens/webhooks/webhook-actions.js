/** @import { Webhook, WebhookTest } from '@mercat/client' */
import { useEffect, useState } from 'preact/hooks'
import { textOf } from '../../api/api-error.js'
import { request } from '../../api/request.js'
import { apiErrorOf } from '../../api/use-load.js'
import { ConfirmDialog } from '../../parts/dialogs/confirm-dialog.js'
import { toast } from '../../parts/dialogs/toast.js'
import { html } from '../../parts/markup/html.js'
import { Time } from '../../parts/values/time.js'
import { DeliveryAttempts } from './deliveries/delivery-attempts.js'
import { ReplayDialog } from './replay-dialog.js'
import { SecretDialog } from './secret-dialog.js'
import { WebhookFields, webhookOf } from './webhook-fields.js'

/**
 * What can be done about a webhook. `WEBHOOK_URLS` decides about the webhooks that it makes, so those can only be paused,
 * tried and replayed here. The result of a test goes with the next of the `refreshes`.
 *
 * @param {{ webhook: Webhook, refreshes: number, onChanged: () => void, onDeleted: () => void }} props
 */
export function WebhookActions({ webhook, refreshes, onChanged, onDeleted }) {
	const [open, setOpen] = useState(/** @type {'replay' | 'edit' | 'rotate' | 'delete' | undefined} */ (undefined))
	const [secret, setSecret] = useState(/** @type {string | undefined} */ (undefined))
	const [test, setTest] = useState(/** @type {WebhookTest | undefined} */ (undefined))
	useEffect(() => setTest(undefined), [refreshes])
	const [isBusy, setBusy] = useState(false)
	const path = `/v1/webhooks/${webhook.id}`
	const isOfEnvironment = webhook.origin === 'environment'
	const isPaused = webhook.state === 'paused'
	const close = () => setOpen(undefined)

	/** @param {() => Promise<unknown>} act */
	const run = async (act) => {
		if (isBusy) return
		setBusy(true)
		try {
			await act()
		} catch (error) {
			toast(textOf(apiErrorOf(error)), 'bad')
		}
		setBusy(false)
	}
	const pauseOrResume = async () => {
		await request('PATCH', path, { body: { state: isPaused ? 'active' : 'paused' } })
		toast(isPaused ? 'Resumed. The events that waited are sent at once.' : 'Paused. Events wait in the log.')
		onChanged()
	}
	const sendTest = async () => {
		setTest(undefined)
		setTest((await request('POST', `${path}/test`)).body)
	}
	/** @param {Record<string, string>} values */
	const edit = async (values) => {
		try {
			const { body } = await request('PATCH', path, { body: webhookOf(values) })
			setSecret(body.secret)
		} finally {
			onChanged()
		}
	}
	const rotate = async () => setSecret((await request('POST', `${path}/rotate-secret`)).body.secret)
	const remove = async () => {
		await request('DELETE', path)
		toast('Deleted the webhook and its deliveries.')
		onDeleted()
	}

	return html`
		<div class="actions" role="group" aria-label="Actions">
			<button type="button" class=${isPaused ? 'primary' : undefined} aria-disabled=${isBusy} onClick=${() => run(pauseOrResume)}>${isPaused ? 'Resume' : 'Pause'}</button>
			<button type="button" aria-disabled=${isBusy} onClick=${() => run(sendTest)}>Send a test</button>
			<button type="button" onClick=${() => setOpen('replay')}>Replay …</button>
			${(!isOfEnvironment || webhook.endedAt) && html`<button type="button" onClick=${() => setOpen('edit')}>Change …</button>`}
			${!isOfEnvironment && html`<button type="button" onClick=${() => setOpen('rotate')}>Rotate secret …</button>`}
			${(!isOfEnvironment || webhook.endedAt) && html`<button type="button" onClick=${() => setOpen('delete')}>Delete …</button>`}
		</div>
		${isOfEnvironment && !webhook.endedAt && html`<p class="hint">This webhook is in <code>WEBHOOK_URLS</code>. Change its URL and its secret in the environment.</p>`}
		${test && html`<${TestResult} test=${test} />`}
		${open === 'replay' && html`<${ReplayDialog} webhook=${webhook} onReplayed=${onChanged} onClose=${close} />`}
		${
			open === 'edit' &&
			html`<${ConfirmDialog} title="Change webhook" confirmLabel="Change webhook" onConfirm=${edit} onClose=${close}><div class="dialog-fields"><${WebhookFields} webhook=${webhook} /></div></${ConfirmDialog}>`
		}
		${
			open === 'rotate' &&
			html`<${ConfirmDialog} title="Rotate secret" confirmLabel="Make a new secret" isDangerous onConfirm=${rotate} onClose=${close}>
				The replaced secret signs for a day more, beside the new one. Give the receiver the new one by then.
			</${ConfirmDialog}>`
		}
		${
			open === 'delete' &&
			html`<${ConfirmDialog} title="Delete webhook" confirmLabel="Delete webhook" isDangerous onConfirm=${remove} onClose=${close}>
				<p><code>${webhook.url}</code> gets no more events. Its deliveries are deleted, too. This cannot be undone.</p>
			</${ConfirmDialog}>`
		}
		${secret && html`<${SecretDialog} secret=${secret} onClose=${() => setSecret(undefined)} />`}
	`
}

/** @param {{ test: WebhookTest }} props */
function TestResult({ test: { delivered, attempt } }) {
	return html`
		<section class="panel test-result" role="status">
			<p><strong>${delivered ? 'The receiver took the test event.' : 'The receiver did not take the test event.'}</strong> Sent at <${Time} at=${attempt.at} exact />.</p>
			<${DeliveryAttempts} attempts=${[attempt]} />
		</section>
	`
}
