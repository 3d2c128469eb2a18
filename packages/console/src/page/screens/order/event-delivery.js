/** @import { OrderEventDelivery } from '@mercat/client' */
import { useState } from 'preact/hooks'
import { ConfirmDialog } from '../../parts/dialogs/confirm-dialog.js'
import { toast } from '../../parts/dialogs/toast.js'
import { html } from '../../parts/markup/html.js'
import { StatusPill } from '../../parts/status-pill.js'
import { Time } from '../../parts/values/time.js'
import { placeOf } from '../../routing/router.js'
import { hasScope } from '../../session/session.js'
import { redeliver } from '../webhooks/deliveries/redeliver.js'
import { WaitingReason } from './waiting-reason.js'

/**
 * One event on its way to one webhook, with the answer of the receiver. Once it has arrived or is dead it can be delivered
 * again.
 *
 * @param {{ delivery: OrderEventDelivery, isBehind: boolean, onChange: () => void }} props
 */
export function EventDelivery({ delivery, isBehind, onChange }) {
	const { id, webhookId, url, webhookState, state, attempts, nextAttemptAt, lastAttempt } = delivery
	const [isAsked, setAsked] = useState(false)
	const sendAgain = async () => {
		toast((await redeliver(webhookId, id)).sentence)
		onChange()
	}
	const canRedeliver = state !== 'pending' && hasScope('webhooks:manage')
	return html`
		<li>
			<div class="record-head">
				<${StatusPill} state=${state} /> <a href=${placeOf(['webhooks', webhookId])}>${url}</a>
				${webhookState === 'paused' && html`<${StatusPill} state="paused">webhook paused</${StatusPill}>`}
				<span class="faint">${attempts > 0 && (attempts === 1 ? '1 attempt' : `${attempts} attempts`)}${attempts > 0 && state === 'pending' && ', '}${state === 'pending' && (nextAttemptAt && webhookState === 'active' ? html`next <${Time} at=${nextAttemptAt} />` : html`<${WaitingReason} delivery=${delivery} isBehind=${isBehind} />`)}</span>
				${canRedeliver && html`<button type="button" class="small" onClick=${() => setAsked(true)}>Deliver again</button>`}
			</div>
			${lastAttempt && html`<p class=${state === 'delivered' ? 'faint' : 'record-error'}>${outcomeOf(lastAttempt)}, <${Time} at=${lastAttempt.at} />, after ${lastAttempt.ms} ms</p>`}
			${
				isAsked &&
				html`
				<${ConfirmDialog} title="Deliver this event again?" confirmLabel="Deliver again" onConfirm=${sendAgain} onClose=${() => setAsked(false)}>
					<p>${url} gets the same event with the same id. A receiver that has it already must ignore it.</p>
				</${ConfirmDialog}>
			`
			}
		</li>
	`
}

/** @param {NonNullable<OrderEventDelivery['lastAttempt']>} attempt */
function outcomeOf({ status, error, answer }) {
	if (status === undefined) return error ?? 'no answer'
	return answer ? `answer ${status}: ${answer}` : `answer ${status}`
}
