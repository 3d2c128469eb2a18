/** @import { DeliveryAttempt } from '@mercat/client' */
import { html } from '../../../parts/markup/html.js'
import { Timeline } from '../../../parts/timeline.js'

/**
 * Attempts at a delivery, the oldest first, each with the answer of the receiver.
 *
 * @param {{ attempts: DeliveryAttempt[] }} props
 */
export function DeliveryAttempts({ attempts }) {
	return html`
		<${Timeline} label="Attempts" entries=${attempts.map((attempt, index) => ({
			key: `${index} ${attempt.at}`,
			at: attempt.at,
			title: `${outcomeText(attempt)} after ${attempt.ms} ms`,
			text: attempt.answer ? html`<pre class="receiver-answer" tabindex="0">${attempt.answer}</pre>` : undefined,
			tone: isSuccess(attempt) ? 'good' : 'bad',
		}))} />
	`
}

/** @param {DeliveryAttempt | undefined} attempt */
export function outcomeText(attempt) {
	if (attempt === undefined) return ''
	return attempt.error ?? `HTTP ${attempt.status}`
}

/** @param {DeliveryAttempt} attempt */
function isSuccess({ status = 0 }) {
	return status >= 200 && status < 300
}
