/** @import { Webhook } from '@mercat/client' */
import { html } from '../../parts/markup/html.js'
import { StatusPill } from '../../parts/status-pill.js'
import { Time } from '../../parts/values/time.js'
import { placeOf } from '../../routing/router.js'
import { outcomeText } from './deliveries/delivery-attempts.js'

/** @param {{ webhook: Webhook }} props */
export function WebhookState({ webhook: { state, endedAt, failing } }) {
	if (endedAt !== undefined) return html`<${StatusPill} state="ended" tone="quiet" />`
	if (state === 'active' && failing) return html`<${StatusPill} state="failing" tone="bad" />`
	return html`<${StatusPill} state=${state} />`
}

/** The events that wait. @param {{ webhook: Webhook }} props */
export function Behind({ webhook: { pending, waitingSince } }) {
	if (pending === undefined) return html`<span class="faint">–</span>`
	if (pending === 0) return html`<span class="faint">nothing waits</span>`
	const events = pending === 1 ? '1 event waits' : `${pending.toLocaleString('en')} events wait`
	return html`${events}${waitingSince && html`, oldest <${Time} at=${waitingSince} />`}`
}

/** @param {{ webhook: Webhook }} props */
export function Failures({ webhook: { id, state, failing, dead = 0 } }) {
	if (!failing && dead === 0) return html`<span class="faint">none</span>`
	return html`
		${failing && html`<span class="record-error">${outcomeText(failing.lastAttempt)}, first <${Time} at=${failing.since} />${next(state, failing.nextAttemptAt)}</span> `}
		${dead > 0 && html`<a href=${placeOf(['webhooks', id], { state: 'dead' })}><${StatusPill} state="dead">${dead >= 1_000 ? '1,000+' : dead} dead</${StatusPill}></a>`}
	`
}

/**
 * @param {string} state
 * @param {string | null} at
 */
function next(state, at) {
	if (state === 'paused') return ', next after Resume'
	return at && html`, next <${Time} at=${at} />`
}
