import type { DeliveryAttempt, DeliveryView, WebhookView } from '@mercat/order-api/webhook-schemas'
import { oneLine } from '../command/one-line.ts'

/**
 * A webhook in one line. The texts of a person stand at its end.
 *
 * @param trouble why its receiver fails, if it does
 */
export function describeWebhook(webhook: WebhookView, trouble?: string): string {
	const { id, state, types, origin, position, url, description, endedAt } = webhook
	const of = endedAt === undefined ? ', from WEBHOOK_URLS' : `, in WEBHOOK_URLS until ${endedAt}`
	const from = origin === 'environment' ? of : ''
	const fails = trouble === undefined ? '' : `, ${trouble}`
	const told = description === '' ? '' : `: ${description}`
	return `${id}  ${state}, ${types.join(',')}, tried through position ${position}${from}${fails}, to ${url}${told}`
}

/** A delivery and its last attempt in one line. */
export function describeDelivery({ id, state, event, attempts, attemptCount, nextAttemptAt }: DeliveryView): string {
	const last = attempts.at(-1)
	const parts = [
		state,
		`${event.type} of order ${event.orderId}`,
		attemptCount === 1 ? '1 attempt' : `${attemptCount} attempts`,
		...(last === undefined ? [] : [`the last at ${last.at}: ${describeAttempt(last)}`]),
		...(state === 'pending'
			? [nextAttemptAt ? `next ${nextAttemptAt}` : 'waits for an earlier event of its order']
			: []),
	]
	return `${id}  ${parts.join(', ')}`
}

/** An attempt, such as `status 204 in 12 ms` or `status 500 in 12 ms, HTTP 500, answer "try later"`. */
export function describeAttempt({ status, ms, error, answer }: DeliveryAttempt): string {
	const outcome = status === undefined ? 'no answer' : `status ${status}`
	return [
		`${outcome} in ${ms} ms`,
		...(error ? [oneLine(error)] : []),
		...(answer ? [`answer ${quote(answer)}`] : []),
	].join(', ')
}

// The receiver may answer anything, also what moves the cursor of a terminal.
function quote(text: string): string {
	return JSON.stringify(text).replaceAll(/[\x7f-\x9f\u2028\u2029]/g, (character) => {
		return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
	})
}
