import { randomUUID } from 'node:crypto'
import { Problem } from '@mercat/order-api/problem'
import type { WebhookTest } from '@mercat/order-api/webhook-schemas'
import type { Budget } from '@mercat/service/budget'
import type { AttemptResult } from '../attempt.ts'
import { UnsealError } from '../secret-box.ts'
import { isWebhookId, type Webhook } from './webhook.ts'

/** An event for one webhook, with the secrets that sign it. */
export type TestMessage = { url: string; mayBePrivate: boolean; id: string; body: string; secrets: readonly string[] }

export type TestWebhookNeeds = {
	findWebhook(id: string, budget: Budget): Promise<Webhook | undefined>
	/**
	 * The secrets that sign for a webhook now.
	 *
	 * @throws UnsealError when the service lacks the key of one
	 */
	signingSecretsOf(webhook: Webhook): string[]
	/** Makes one attempt. It never rejects: each failure is a result. */
	post(message: TestMessage, signal: AbortSignal): Promise<AttemptResult>
	/** Whether a webhook that the API made may lead to a private address. */
	allowPrivateWebhooks: boolean
}

/** The type of a test event. It is no type of the log, so each webhook can get it. */
const testType = 'mercat.webhook.test.v1'
// The rest of the budget is for the answer.
const reserveMs = 200

/**
 * Sends a test event to a webhook at once, also to a paused one. The log of deliveries does not record it.
 *
 * @throws Problem WEBHOOK_NOT_FOUND; WEBHOOKS_NOT_CONFIGURED when the secret of the webhook cannot be read
 */
export function testWebhook({ findWebhook, signingSecretsOf, post, allowPrivateWebhooks }: TestWebhookNeeds) {
	function secretsOf(webhook: Webhook): string[] {
		let cause: unknown
		try {
			const secrets = signingSecretsOf(webhook)
			if (secrets.length > 0) return secrets
		} catch (error) {
			if (!(error instanceof UnsealError)) throw error
			cause = error
		}
		const detail = 'The service cannot read the secret of this webhook.'
		throw new Problem('WEBHOOKS_NOT_CONFIGURED', {}, { cause, detail })
	}

	return async (id: string, budget: Budget): Promise<WebhookTest> => {
		const webhook = isWebhookId(id) ? await findWebhook(id, budget) : undefined
		if (webhook === undefined) throw new Problem('WEBHOOK_NOT_FOUND')
		const event = testEvent(webhook)
		const { outcome, attempt } = await post(
			{
				url: webhook.url,
				mayBePrivate: allowPrivateWebhooks || webhook.origin === 'environment',
				id: event.id,
				body: JSON.stringify(event),
				secrets: secretsOf(webhook),
			},
			endOf(budget),
		)
		return { delivered: outcome === 'delivered', attempt }
	}
}

function endOf(budget: Budget): AbortSignal {
	const end = AbortSignal.timeout(Math.max(1, Math.floor(budget.remainingMs() - reserveMs)))
	return budget.signal === undefined ? end : AbortSignal.any([end, budget.signal])
}

function testEvent({ id }: Webhook) {
	return {
		specversion: '1.0',
		id: `msg_test_${randomUUID()}`,
		source: '/v1/webhooks',
		type: testType,
		subject: id,
		time: new Date().toISOString(),
		datacontenttype: 'application/json',
		data: {},
	}
}
