import { eventIdOf } from '../../events/event.ts'
import type { LoggedEvent } from '../../events/logged-event.ts'
import type { AttemptResult } from '../attempt.ts'
import type { WebhookRow } from './leased-webhook.ts'

type Message = { url: string; mayBePrivate: boolean; id: string; body: string; secrets: readonly string[] }

export type PostEventNeeds = {
	/** Makes one attempt. */
	post(message: Message, signal: AbortSignal): Promise<AttemptResult>
	/** @throws Error when the secret cannot be read */
	unseal(sealed: string, webhookId: string): string
}

export type PostEventOptions = {
	/** Signs what is sent to the URLs of the environment. */
	webhookSecret?: string
	/** Whether webhooks of the API may be private addresses. */
	allowPrivateWebhooks: boolean
}

/** Posts events to webhooks, signed with their secrets. A secret that cannot be read is a failed attempt. */
export function createPostEvent(
	{ post, unseal }: PostEventNeeds,
	{ webhookSecret = '', allowPrivateWebhooks }: PostEventOptions,
) {
	function secretsOf({ id, origin, secrets }: WebhookRow, now: Date): string[] {
		if (origin === 'environment') return [webhookSecret]
		const signing = secrets.filter(({ signsUntil }) => signsUntil === undefined || new Date(signsUntil) > now)
		return signing.map(({ sealed }) => unseal(sealed, id))
	}

	return async (webhook: WebhookRow, event: LoggedEvent, signal: AbortSignal): Promise<AttemptResult> => {
		const now = new Date()
		try {
			const message: Message = {
				url: webhook.url,
				mayBePrivate: allowPrivateWebhooks || webhook.origin === 'environment',
				id: eventIdOf(event.orderId, event.version),
				body: event.text,
				secrets: secretsOf(webhook, now),
			}
			return await post(message, signal)
		} catch (error) {
			const attempt = { at: now.toISOString(), ms: 0, error: error instanceof Error ? error.message : 'unknown error' }
			return { outcome: 'failed', attempt, retryAfterMs: 0 }
		}
	}
}
