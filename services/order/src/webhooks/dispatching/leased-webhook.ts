import type { LoggedEvent } from '../../events/logged-event.ts'
import type { Attempt } from '../attempt.ts'

/** A webhook as its row was at the last statement of the process that has its lease. */
export type WebhookRow = {
	id: string
	/** `environment` for a URL of WEBHOOK_URLS. */
	origin: 'api' | 'environment'
	url: string
	/** Event types, or `*` for every type. */
	types: string[]
	state: 'active' | 'paused'
	/** The newest first. `signsUntil` is there only for a secret that another one has replaced. */
	secrets: { sealed: string; signsUntil?: string }[]
	/** Every event up to this position is settled or has a pending delivery. */
	position: number
	/** The last position that it gets; null is no end. */
	untilPosition: number | null
	/** Events since the last delivery whose first attempt has failed. */
	failuresInRow: number
	/** Whether the receiver has asked to wait: no new event is tried. */
	isHeld: boolean
	hasPending: boolean
}

/** A webhook when a process gets its lease. */
export type LeasedWebhook = WebhookRow & {
	/** Whether one new event may be tried although the receiver counts as down. */
	mayProbe: boolean
	/** Whether the outbox has pending messages of an earlier version for its URL. */
	hasOldMessages: boolean
	/** The position up to which events were deleted that it never got; null when there are none. */
	expiredTo: number | null
}

/** A pending delivery that is due. No earlier event of its order is pending. */
export type DueRetry = {
	position: number
	tries: number
	/** The time since the first attempt, by the clock of the database. */
	triedForMs: number
}

/** What is to be recorded of an event: the outcome of an attempt, or, without an attempt, that it waits. */
export type DeliveryRecord = {
	event: Pick<LoggedEvent, 'position' | 'orderId' | 'version' | 'type' | 'traceparent'>
	state: 'delivered' | 'pending' | 'dead'
	attempt?: Attempt
	/** Attempts that had failed before it. Absent when the receiver wants no more events. */
	failedBefore?: number
	/** When a pending delivery is due, from now. It waits longer while an earlier event of its order is pending. */
	delayMs: number
}

/** The outcome of a batch. */
export type Settlement = {
	records: DeliveryRecord[]
	/** Moves the position of the webhook, unless position or types have changed since the batch was read. */
	read?: { from: number; to: number; types: string[] }
	/** Whether there was a delivery. */
	hasDelivered: boolean
	/** Events whose first attempt has failed, since the last delivery of the batch. */
	failures: number
	/** How long the receiver asks to send no new event. */
	holdMs: number
	/** The URL that has answered 410, which pauses the webhook unless it has another URL by now. */
	goneUrl: string | null
	/** Whether the process goes on with the webhook. */
	keepsLease: boolean
}

/** A message of the outbox that an earlier version wrote for a URL. */
export type OldMessage = { orderId: string; version: number; isPending: boolean }
