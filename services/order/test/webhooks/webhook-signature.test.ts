import { Webhook } from 'standardwebhooks'
import { expect, test } from 'vitest'
import { newWebhookSecret, webhookSignature } from '../../src/webhooks/webhook-signature.ts'

const message = { id: 'msg_7_1', body: '{"id":"msg_7_1","name":"ü"}' }
const verify = (secret: Webhook, headers: Record<string, string>) => secret.verify(message.body, headers)

test('a message is signed with each secret, and the receiver verifies it with any of them', () => {
	const [older, newer] = [newWebhookSecret(), newWebhookSecret()]
	const headers = webhookSignature(message, [newer, older], new Date())
	expect(headers['webhook-signature']).toMatch(/^v1,[A-Za-z0-9+/]{43}= v1,[A-Za-z0-9+/]{43}=$/)
	for (const secret of [older, newer]) expect(verify(new Webhook(secret), headers)).toEqual(JSON.parse(message.body))
	expect(() => verify(new Webhook(newWebhookSecret()), headers)).toThrow('No matching signature found')
})

test('a secret that does not begin with whsec_ is a key as it stands', () => {
	const secret = 'a secret of the environment'
	const headers = webhookSignature(message, [secret], new Date())
	expect(verify(new Webhook(secret, { format: 'raw' }), headers)).toEqual(JSON.parse(message.body))
})

test('each attempt has the time at which it is made', () => {
	const secrets = [newWebhookSecret()]
	const first = webhookSignature(message, secrets, new Date('2026-11-29T05:00:00.999Z'))
	const second = webhookSignature(message, secrets, new Date('2026-11-29T06:00:00.000Z'))
	expect(first['webhook-timestamp']).toBe('1795928400')
	expect(second['webhook-timestamp']).toBe('1795932000')
	expect(second['webhook-id']).toBe(first['webhook-id'])
	expect(second['webhook-signature']).not.toBe(first['webhook-signature'])
})

test('a new secret has 32 random bytes in the form of Standard Webhooks', () => {
	const secret = newWebhookSecret()
	expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/)
	expect(newWebhookSecret()).not.toBe(secret)
})
