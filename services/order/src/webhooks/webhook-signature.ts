import { randomBytes } from 'node:crypto'
import { Webhook } from 'standardwebhooks'

const secretPrefix = 'whsec_'
const secretBytes = 32

/** A new secret in the form of Standard Webhooks. */
export function newWebhookSecret(): string {
	return secretPrefix + randomBytes(secretBytes).toString('base64')
}

/**
 * The headers that prove where a message comes from, as Standard Webhooks has them, with one signature for each secret.
 *
 * @param secrets at least one; `whsec_` and base64, or any other text, whose bytes are the key
 * @param now the time of this attempt, because receivers refuse old signatures
 */
export function webhookSignature(message: { id: string; body: string }, secrets: readonly string[], now: Date) {
	const signatures = secrets.map((secret) => signer(secret).sign(message.id, now, message.body))
	return {
		'webhook-id': message.id,
		'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
		'webhook-signature': signatures.join(' '),
	}
}

function signer(secret: string): Webhook {
	return secret.startsWith(secretPrefix) ? new Webhook(secret) : new Webhook(secret, { format: 'raw' })
}
