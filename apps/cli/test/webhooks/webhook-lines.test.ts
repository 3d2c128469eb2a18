import { expect, test } from 'vitest'
import { describeDelivery, describeWebhook } from '../../src/webhooks/webhook-lines.ts'

const orderId = '8f9327af-a615-50c9-b8a4-1e836388d3c5'
const event = { position: '17', id: `msg_${orderId}_2`, type: 'mercat.order.paid.v1', orderId }
const at = '2026-11-29T05:00:00.000Z'
const failed = { at, ms: 12, status: 500, error: 'HTTP\n500\n', answer: 'a "b"\n\u001b[31m\u009b31m\u2028' }

test('the line of a webhook of WEBHOOK_URLS says so', () => {
	const webhook = { id: orderId, url: 'https://shop.example/events', types: ['*'], description: '', createdAt: at }
	expect(describeWebhook({ ...webhook, state: 'active', origin: 'environment', position: '4' })).toBe(
		`${orderId}  active, *, tried through position 4, from WEBHOOK_URLS, to https://shop.example/events`,
	)
	expect(describeWebhook({ ...webhook, state: 'active', origin: 'environment', position: '4', endedAt: at })).toContain(
		`position 4, in WEBHOOK_URLS until ${at}, to https://shop.example/events`,
	)
})

test('the line of a delivery that is tried again has its last attempt and the time of the next one', () => {
	const attempts = [{ at, ms: 10_000, error: 'no answer within 10000 ms' }, failed]
	const delivery = { id: '17', event, state: 'pending' as const, attempts, attemptCount: 85, nextAttemptAt: at }
	expect(describeDelivery(delivery)).toBe(
		`17  pending, mercat.order.paid.v1 of order ${orderId}, 85 attempts, the last at ${at}: status 500 in 12 ms, ` +
			`HTTP 500, answer "a \\"b\\"\\n\\u001b[31m\\u009b31m\\u2028", next ${at}`,
	)
})

test('the line of a delivery that waits for another one says so', () => {
	expect(describeDelivery({ id: '17', event, state: 'pending', attempts: [], attemptCount: 0 })).toBe(
		`17  pending, mercat.order.paid.v1 of order ${orderId}, 0 attempts, waits for an earlier event of its order`,
	)
})

test('the line of a dead delivery that got no answer has the error', () => {
	const attempts = [{ at, ms: 3, error: 'connect ECONNREFUSED 10.0.0.1:443' }]
	expect(describeDelivery({ id: '17', event, state: 'dead', attempts, attemptCount: 1 })).toBe(
		`17  dead, mercat.order.paid.v1 of order ${orderId}, 1 attempt, the last at ${at}: no answer in 3 ms, ` +
			'connect ECONNREFUSED 10.0.0.1:443',
	)
})
