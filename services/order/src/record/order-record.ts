import type { EventType } from '@mercat/order-api/event-types'
import type { WebhookView } from '@mercat/order-api/webhook-schemas'
import type { Order } from '../order/order.ts'
import type { MessageState } from '../outbox/outbox-message.ts'
import type { Attempt } from '../webhooks/attempt.ts'

// Times are texts as PostgreSQL writes them into a document: with the offset of the session.

/** A message of the order in the outbox. */
export type RecordedMessage = {
	id: number
	version: number
	destination: string
	type: string
	state: MessageState
	attempts: number
	createdAt: string
	nextAttemptAt: string
	settledAt: string | null
	lastError: string | null
}

/** An event of the order. Without a position it waits for the writer of the log. */
export type RecordedEvent = { position: number | null; version: number; type: EventType; loggedAt: string | null }

/** What became of an event of the order at a webhook, or that the webhook is still to get it. */
export type RecordedDelivery = {
	webhookId: string
	url: string
	webhookState: WebhookView['state']
	position: number
	version: number
	state: 'pending' | 'delivered' | 'dead'
	/** The last ten, the oldest first. */
	attempts: Attempt[]
	/** How many attempts there were. */
	attemptCount: number
	/** Null when it is not pending, waits for an earlier event of its order, or was not tried yet. */
	nextAttemptAt: string | null
}

/** All that the order database has about an order. */
export type OrderRecord = {
	order: Order
	messages: RecordedMessage[]
	/** In the order of their versions. */
	events: RecordedEvent[]
	/** In the order of their positions. */
	deliveries: RecordedDelivery[]
}
