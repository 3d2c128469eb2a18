/** @import { Webhook } from '@mercat/client' */
import { useState } from 'preact/hooks'
import { ApiError } from '../../api/api-error.js'
import { request } from '../../api/request.js'
import { ConfirmDialog } from '../../parts/dialogs/confirm-dialog.js'
import { toast } from '../../parts/dialogs/toast.js'
import { html } from '../../parts/markup/html.js'
import { hasScope } from '../../session/session.js'
import { eventAfter, lastPosition } from './events/event-log.js'
import { positionAt } from './events/position-at.js'

/**
 * Delivers events again, after a position, or since a time for a person who may read the log.
 *
 * @param {{ webhook: Webhook, onReplayed: () => void, onClose: () => void }} props
 */
export function ReplayDialog({ webhook, onReplayed, onClose }) {
	// A time is looked up in the log of events.
	const canReadEvents = hasScope('events:read') || hasScope('orders:manage')
	const [from, setFrom] = useState(canReadEvents ? 'time' : 'position')

	/** @param {Record<string, string>} values */
	const replay = async ({ time = '', position = '' }) => {
		const after = from === 'time' ? await positionAt(new Date(time), { lastPosition, eventAfter }) : position
		if (after === undefined) throw nothingSince
		const path = `/v1/webhooks/${webhook.id}`
		const { body: before } = await request('GET', path)
		const { body } = await request('POST', `${path}/replay`, { body: { after } }).catch(failReplay)
		toast(replayedText(before, body, after))
		onReplayed()
	}

	return html`
		<${ConfirmDialog} title="Replay events" confirmLabel="Deliver again" onConfirm=${replay} onClose=${onClose}>
			<div class="dialog-fields">
			${
				canReadEvents &&
				html`
					<fieldset class="choices">
						<legend>Which events</legend>
						<label><input type="radio" name="from" value="time" checked=${from === 'time'} onChange=${() => setFrom('time')} /> All since a time</label>
						<label><input type="radio" name="from" value="position" checked=${from === 'position'} onChange=${() => setFrom('position')} /> All after a position</label>
					</fieldset>
				`
			}
			${
				from === 'time'
					? html`<div class="field"><label for="replay-time">Time (${timeZone})</label><input key="time" id="replay-time" name="time" type="datetime-local" step="1" required /></div>`
					: html`<div class="field"><label for="replay-position">${canReadEvents ? 'Position' : 'All after the position'}</label><input key="position" id="replay-position" name="position" inputmode="numeric" pattern="0|[1-9][0-9]*" required autocomplete="off" /></div>`
			}
			<p class="hint">The webhook is at position ${webhook.position} of the log. The receiver gets events again that it has taken; a receiver that remembers the ids of events ignores them. This cannot be called back.</p>
			</div>
		</${ConfirmDialog}>
	`
}

const timeZone = new Intl.DateTimeFormat().resolvedOptions().timeZone

/**
 * Of the position that a person has typed, only what is wrong with it.
 *
 * @param {unknown} error
 * @returns {never}
 */
function failReplay(error) {
	const [place] = error instanceof ApiError ? (error.problem['errors'] ?? []) : []
	if (!(error instanceof ApiError) || place?.pointer !== '#/after') throw error
	const { status, code, traceId } = error
	throw new ApiError({ status, code, traceId, detail: `The position ${place.detail}.` })
}

/**
 * @param {Webhook} before the webhook just before the replay
 * @param {Webhook} webhook the webhook after it
 * @param {string} after
 */
function replayedText(before, webhook, after) {
	if (Number(before.position) <= Number(after)) {
		return `The webhook is at position ${before.position}. It has got no event after ${after} yet, so nothing is sent again.`
	}
	const when = webhook.state === 'paused' ? 'are sent again after Resume' : 'will be sent again now'
	return `The events after position ${after} ${when}.`
}

const nothingSince = new ApiError({
	status: 400,
	code: 'NO_EVENT',
	detail: 'The log has no event since then. Nothing is delivered again.',
})
