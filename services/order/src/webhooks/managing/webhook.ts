import type { DeliveryAttempt, DeliveryView, WebhookView } from '@mercat/order-api/webhook-schemas'
import { eventIdOf } from '../../events/event.ts'
import type { WebhookProgress } from './webhook-progress.ts'

/** A subscription to the log of events. */
export type Webhook = {
	id: string
	/** `environment` for a URL of WEBHOOK_URLS. */
	origin: WebhookView['origin']
	url: string
	/** Event types, or `*` for every type. */
	types: string[]
	description: string
	state: WebhookView['state']
	/** The newest first. Empty for `environment`, which signs with WEBHOOK_SECRET. */
	secrets: SealedSecret[]
	createdAt: Date
	/** When its URL left WEBHOOK_URLS. It gets no later event. Null is not. */
	endedAt: Date | null
	/** Later events were not tried yet. */
	position: number
}

/** An encrypted secret. `signsUntil` is there only for a secret that another one has replaced. */
export type SealedSecret = { sealed: string; signsUntil?: string }

/** A webhook before it is written: the database gives it its times and its position. */
export type NewWebhookRow = Pick<Webhook, 'id' | 'url' | 'types' | 'description'> & { sealed: string }

/** One event for one webhook, from the first attempt on. */
export type Delivery = {
	position: number
	orderId: string
	version: number
	type: string
	state: DeliveryView['state']
	/** The last ten, the oldest first. */
	attempts: DeliveryAttempt[]
	/** How many attempts there were. */
	attemptCount: number
	nextAttemptAt: Date | null
}

/** A webhook as clients see it. Its secret is shown only when it is made. */
export function toWebhookView(webhook: Webhook, secret?: string): WebhookView {
	const { id, url, types, description, state, origin, position, createdAt, endedAt } = webhook
	return {
		id,
		url,
		types,
		description,
		state,
		origin,
		position: String(position),
		createdAt: createdAt.toISOString(),
		...(endedAt !== null && { endedAt: endedAt.toISOString() }),
		...(secret !== undefined && { secret }),
	}
}

/** A webhook as clients see it who read it. */
export function toWebhookViewWith(webhook: Webhook, progress: WebhookProgress | undefined): WebhookView {
	const view = toWebhookView(webhook)
	// It may have been deleted in between.
	if (progress === undefined) return view
	const { pending, waitingSince, dead, failing, nextAttemptAt } = progress
	return {
		...view,
		pending,
		waitingSince: waitingSince?.toISOString() ?? null,
		dead,
		failing: failing && {
			since: new Date(failing.since).toISOString(),
			lastAttempt: toAttemptView(failing.lastAttempt),
			nextAttemptAt: webhook.state === 'active' ? (nextAttemptAt?.toISOString() ?? null) : null,
		},
	}
}

/** A delivery as clients see it. */
export function toDeliveryView(delivery: Delivery): DeliveryView {
	const { position, orderId, version, type, state, attempts, attemptCount, nextAttemptAt } = delivery
	return {
		id: String(position),
		event: { position: String(position), id: eventIdOf(orderId, version), type, orderId },
		state,
		attempts: attempts.map(toAttemptView),
		attemptCount,
		...(state === 'pending' && nextAttemptAt !== null && { nextAttemptAt: nextAttemptAt.toISOString() }),
	}
}

function toAttemptView(attempt: DeliveryAttempt): DeliveryAttempt {
	return { ...attempt, at: new Date(attempt.at).toISOString() }
}
