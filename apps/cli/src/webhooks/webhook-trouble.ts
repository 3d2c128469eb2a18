import type { DeliveryAttempt, WebhookView } from '@mercat/order-api/webhook-schemas'
import { describeAttempt } from './webhook-lines.ts'
import type { WebhooksClient } from './webhooks-client.ts'

/** A receiver that fails: its last attempts failed, and are repeated. */
export type WebhookTrouble = {
	/** Deliveries that are tried again, or wait for one that is. */
	pending: number
	/** Whether there are more than were counted. */
	hasMore: boolean
	/** The time of the first failure that is known. */
	since: string
	last: DeliveryAttempt
}

const pageSize = 100

/** Why a webhook has pending deliveries; undefined when none of them has failed. */
export async function findTrouble(
	client: Pick<WebhooksClient, 'deliveries'>,
	{ id }: Pick<WebhookView, 'id'>,
): Promise<WebhookTrouble | undefined> {
	const { deliveries, nextPageToken } = await client.deliveries(id, { state: 'pending', pageSize })
	const attempts = deliveries
		.flatMap((delivery) => delivery.attempts)
		.toSorted((one, other) => Date.parse(one.at) - Date.parse(other.at))
	const [first, last] = [attempts[0], attempts.at(-1)]
	if (first === undefined || last === undefined) return undefined
	return { pending: deliveries.length, hasMore: nextPageToken !== '', since: first.at, last }
}

/** Such as `fails since 2026-11-29T05:00:00.000Z, 3 deliveries pending, the last attempt: status 500 in 12 ms, HTTP 500`. */
export function describeTrouble({ pending, hasMore, since, last }: WebhookTrouble): string {
	const count = `${hasMore ? 'more than ' : ''}${pending} ${pending === 1 ? 'delivery' : 'deliveries'} pending`
	return `fails since ${since}, ${count}, the last attempt: ${describeAttempt(last)}`
}
