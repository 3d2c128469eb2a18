import { randomUUID } from 'node:crypto'
import type { RequestListener } from 'node:http'
import { describe, expect, test } from 'vitest'
import type { LoggedEvent } from '../../src/events/logged-event.ts'
import { inAttemptSpan } from '../../src/webhooks/attempt-span.ts'
import type { WebhookRow } from '../../src/webhooks/dispatching/leased-webhook.ts'
import { createPostEvent } from '../../src/webhooks/dispatching/post-event.ts'
import { collectSpans } from '../collect-spans.ts'
import { traceId, traceparent } from '../order-write.ts'
import { openCall, secret, startReceiver } from './receiver.ts'

const webhookId = randomUUID()
const orderId = randomUUID()
const unsampled = traceparent.replace(/01$/, '00')

/** Posts one event to a receiver that answers as `listener` does. Returns the headers that came. */
async function deliver(listener: RequestListener, event: Partial<LoggedEvent>, tries = 0) {
	await using receiver = await startReceiver(listener)
	await using call = openCall()
	const postEvent = createPostEvent({ post: call.post, secretsOf: () => [secret] }, { allowPrivateWebhooks: true })
	const webhook = { id: webhookId, url: receiver.url, origin: 'api' } as WebhookRow
	const logged = { orderId, version: 2, text: '{}', ...event } as LoggedEvent
	const result = await postEvent(webhook, { event: logged, tries }, new AbortController().signal)
	return { result, url: receiver.url, headers: receiver.posted[0]?.headers }
}

const taking: RequestListener = (_request, response) => response.writeHead(204).end()

describe('an attempt to deliver an event to a webhook', () => {
	test('is a span in the trace of the transition, and the receiver may go on with it', async () => {
		await using collected = await collectSpans()
		const { headers, url } = await deliver(taking, { traceparent }, 2)
		const span = await collected.until(({ spans }) => spans.at(0))
		expect(span).toMatchObject({
			name: `deliver ${webhookId}`,
			kind: 'CLIENT',
			traceId,
			parentSpanId: '00f067aa0ba902b7',
			status: 'UNSET',
			attributes: {
				'mercat.webhook.id': webhookId,
				'mercat.event.id': `msg_${orderId}_2`,
				'mercat.attempt': 3,
				'http.request.method': 'POST',
				'http.response.status_code': 204,
			},
		})
		expect(headers?.traceparent).toBe(`00-${traceId}-${span.spanId}-01`)
		const { port, pathname } = new URL(url)
		for (const part of [port, pathname, '127.0.0.1'])
			expect(JSON.stringify(Object.values(span.attributes))).not.toContain(part)
	})

	test.each<[string, RequestListener, string]>([
		['an error of the receiver', (_request, response) => response.writeHead(503).end(), '503'],
		['a connection that is cut', (_request, response) => response.destroy(), 'failed'],
	])('is a failed span after %s', async (_title, listener, errorType) => {
		await using collected = await collectSpans()
		await deliver(listener, { traceparent })
		const span = await collected.until(({ spans }) => spans.at(0))
		expect(span).toMatchObject({ status: 'ERROR', attributes: { 'error.type': errorType } })
	})

	test('is a failed span when it ends with an error', async () => {
		await using collected = await collectSpans()
		const facts = { webhookId, eventId: 'msg', attempt: 1, traceparent }
		const broken = () => Promise.reject(new TypeError('broken'))
		await expect(inAttemptSpan(facts, broken)).rejects.toThrow('broken')
		const span = await collected.until(({ spans }) => spans.at(0))
		expect(span).toMatchObject({ status: 'ERROR', attributes: { 'error.type': 'TypeError' } })
	})

	test('is no span when the trace is not sampled or there is none, and the receiver gets the trace as it is', async () => {
		await using collected = await collectSpans()
		expect((await deliver(taking, { traceparent: unsampled })).headers?.traceparent).toBe(unsampled)
		expect((await deliver(taking, {})).headers).not.toHaveProperty('traceparent')
		await collected.finish()
		expect(collected.spans).toEqual([])
	})

	test('has the trace of the transition for the receiver when no spans are made', async () => {
		expect((await deliver(taking, { traceparent })).headers?.traceparent).toBe(traceparent)
	})
})
