import { eventIdOf } from '../../events/event.ts'
import type { AttemptResult } from '../attempt.ts'
import { inAttemptSpan } from '../attempt-span.ts'
import type { Tried } from './delivery-record.ts'
import type { WebhookRow } from './leased-webhook.ts'

/** An event for one webhook. */
type Message = {
	url: string
	/** Whether the target may be a private address. */
	mayBePrivate: boolean
	id: string
	body: string
	secrets: string[]
	traceparent: string | undefined
}

export type PostEventNeeds = {
	/** Makes one attempt. */
	post(message: Message, signal: AbortSignal): Promise<AttemptResult>
	/** The secrets that sign for a webhook now. @throws Error when one cannot be read */
	secretsOf(webhook: WebhookRow, now: Date): string[]
}

export type PostEventOptions = {
	/** Whether webhooks of the API may be private addresses. */
	allowPrivateWebhooks: boolean
}

/** Posts events to webhooks, signed with their secrets. A secret that cannot be read is a failed attempt. */
export function createPostEvent({ post, secretsOf }: PostEventNeeds, { allowPrivateWebhooks }: PostEventOptions) {
	return async (webhook: WebhookRow, { event, tries }: Tried, signal: AbortSignal): Promise<AttemptResult> => {
		const now = new Date()
		let secrets: string[]
		try {
			secrets = secretsOf(webhook, now)
		} catch (error) {
			const attempt = { at: now.toISOString(), ms: 0, error: error instanceof Error ? error.message : String(error) }
			return { outcome: 'failed', attempt, retryAfterMs: 0 }
		}
		const id = eventIdOf(event.orderId, event.version)
		const message: Omit<Message, 'traceparent'> = {
			url: webhook.url,
			mayBePrivate: allowPrivateWebhooks || webhook.origin === 'environment',
			id,
			body: event.text,
			secrets,
		}
		const facts = { webhookId: webhook.id, eventId: id, attempt: tries + 1, traceparent: event.traceparent }
		return inAttemptSpan(facts, (traceparent) => post({ ...message, traceparent }, signal))
	}
}
