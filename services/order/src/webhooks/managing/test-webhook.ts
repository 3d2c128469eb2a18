import { randomUUID } from 'node:crypto'
import { isUuid } from '@mercat/catalog-api/identifiers'
import { testEventType } from '@mercat/order-api/event-types'
import type { WebhookTest } from '@mercat/order-api/webhook-schemas'
import { Problem } from '@mercat/rest-api/problem'
import type { Budget } from '@mercat/service/budget'
import { traceparentOf } from '@mercat/service/trace-context'
import type { AttemptResult } from '../attempt.ts'
import { inAttemptSpan } from '../attempt-span.ts'
import { UnsealError } from '../secret-box.ts'
import type { Webhook } from './webhook.ts'

/** An event for one webhook, with the secrets that sign it. */
export type TestMessage = {
	url: string
	mayBePrivate: boolean
	id: string
	body: string
	secrets: readonly string[]
	traceparent: string | undefined
}

export type TestWebhookNeeds = {
	findWebhook(id: string, budget: Budget): Promise<Webhook | undefined>
	/**
	 * The secrets that sign for a webhook now.
	 *
	 * @throws UnsealError when the service lacks the key of the newest
	 */
	secretsOf(webhook: Webhook, now: Date): string[]
	/** Makes one attempt. It never rejects: each failure is a result. */
	post(message: TestMessage, signal: AbortSignal | undefined, timeoutMs: number): Promise<AttemptResult>
	/** Has a receiver that counts as down tried again at once. */
	revive(id: string, budget: Budget): Promise<void>
	/** Looks for deliveries now. */
	wakeDispatcher(): void
	/** Whether a webhook that the API made may lead to a private address. */
	allowPrivateWebhooks: boolean
}

// The rest of the budget is for the answer.
const reserveMs = 200

/**
 * Sends a test event to a webhook at once, also to a paused one. The log of deliveries does not record it. When the receiver
 * takes it, and counted as down, its pending events follow at once.
 *
 * @throws Problem WEBHOOK_NOT_FOUND; WEBHOOKS_NOT_CONFIGURED when the secret of the webhook cannot be read
 */
export function testWebhook(needs: TestWebhookNeeds) {
	const { findWebhook, post, allowPrivateWebhooks } = needs

	function secretsOf(webhook: Webhook): string[] {
		let cause: unknown
		try {
			const secrets = needs.secretsOf(webhook, new Date())
			if (secrets.length > 0) return secrets
		} catch (error) {
			if (!(error instanceof UnsealError)) throw error
			cause = error
		}
		const detail = 'The service cannot read the secret of this webhook.'
		throw new Problem('WEBHOOKS_NOT_CONFIGURED', {}, { cause, detail })
	}

	return async (id: string, budget: Budget): Promise<WebhookTest> => {
		const webhook = isUuid(id) ? await findWebhook(id, budget) : undefined
		if (webhook === undefined) throw new Problem('WEBHOOK_NOT_FOUND')
		const event = testEvent(webhook)
		const message = {
			url: webhook.url,
			mayBePrivate: allowPrivateWebhooks || webhook.origin === 'environment',
			id: event.id,
			body: JSON.stringify(event),
			secrets: secretsOf(webhook),
		}
		const timeoutMs = Math.max(1, Math.floor(budget.remainingMs() - reserveMs))
		const facts = { webhookId: id, eventId: event.id, attempt: 1, traceparent: traceparentOf(budget.trace) }
		const { outcome, attempt } = await inAttemptSpan(facts, (traceparent) =>
			post({ ...message, traceparent }, budget.signal, timeoutMs),
		)
		if (outcome === 'delivered') {
			await needs.revive(id, budget)
			needs.wakeDispatcher()
		}
		return { delivered: outcome === 'delivered', attempt }
	}
}

function testEvent({ id }: Webhook) {
	return {
		specversion: '1.0',
		id: `msg_test_${randomUUID()}`,
		source: '/v1/webhooks',
		type: testEventType,
		subject: id,
		time: new Date().toISOString(),
		datacontenttype: 'application/json',
		data: {},
	}
}
