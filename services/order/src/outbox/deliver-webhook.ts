import { backoffMs } from '@mercat/service/backoff'
import { Webhook } from 'standardwebhooks'
import { errorText } from './error-text.ts'
import type { ClaimedMessage, Deliver, Settlement } from './outbox-message.ts'

export type WebhookOptions = {
	/** `whsec_` and base64, or any other text, whose bytes are the key. */
	secret: string
	timeoutMs: number
	/** A message is dead after this number of attempts. */
	mostAttempts: number
	firstRetryMs: number
	largestRetryMs: number
}

/**
 * Posts events to one URL as CloudEvents 1.0 in JSON, with the signature of Standard Webhooks. An answer of 2xx is a
 * delivery. After 410, or after `mostAttempts`, a message is dead.
 */
export function deliverWebhook(target: string, options: WebhookOptions): Deliver {
	const webhook = options.secret.startsWith('whsec_')
		? new Webhook(options.secret)
		: new Webhook(options.secret, { format: 'raw' })

	async function deliver(message: ClaimedMessage): Promise<Settlement> {
		const { id, attempts } = message
		const failure = await post(target, message, webhook, options.timeoutMs)
		if (failure === undefined) return { id, outcome: 'delivered' }
		if (failure.final || attempts >= options.mostAttempts) return { id, outcome: 'dead', error: failure.error }
		return {
			id,
			outcome: 'retry',
			delayMs: backoffMs(attempts, options.firstRetryMs, options.largestRetryMs),
			error: failure.error,
		}
	}

	return (messages) => Promise.all(messages.map(deliver))
}

type Failure = { error: string; final: boolean }

async function post(
	target: string,
	message: ClaimedMessage,
	webhook: Webhook,
	timeoutMs: number,
): Promise<Failure | undefined> {
	const messageId = `msg_${message.orderId}_${message.version}`
	const body = JSON.stringify(toCloudEvent(messageId, message))
	const now = new Date()
	try {
		const response = await fetch(target, {
			method: 'POST',
			redirect: 'manual',
			signal: AbortSignal.timeout(timeoutMs),
			headers: {
				'content-type': 'application/cloudevents+json; charset=utf-8',
				'webhook-id': messageId,
				'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
				'webhook-signature': webhook.sign(messageId, now, body),
			},
			body,
		})
		await response.body?.cancel()
		return response.ok ? undefined : { error: `HTTP ${response.status}`, final: response.status === 410 }
	} catch (error) {
		const { cause } = error as { cause?: unknown }
		return { error: errorText(cause ?? error), final: false }
	}
}

function toCloudEvent(id: string, { orderId, type, data, createdAt }: ClaimedMessage) {
	return {
		specversion: '1.0',
		id,
		source: '/v1/orders',
		type,
		subject: orderId,
		time: createdAt.toISOString(),
		datacontenttype: 'application/json',
		data,
	}
}
