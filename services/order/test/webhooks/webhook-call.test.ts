import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { eventually } from '@mercat/testing/eventually'
import { Webhook } from 'standardwebhooks'
import { describe, expect, test } from 'vitest'
import { messageTo, openCall, secret, startRawReceiver, startReceiver } from './receiver.ts'

describe('a delivery', () => {
	test('is a signed POST of the CloudEvent, to the path and query of the URL', async () => {
		await using receiver = await startReceiver((_request, response) => response.writeHead(200).end('taken'))
		await using call = openCall()
		const before = Date.now()
		const result = await call.post(messageTo(receiver.url, { body: '{"text":"ü"}' }))
		expect(result).toEqual({
			outcome: 'delivered',
			attempt: { at: expect.any(String), ms: expect.any(Number), status: 200, answer: 'taken' },
		})
		expect(new Date(result.attempt.at).getTime()).toBeGreaterThanOrEqual(before)
		const [posted] = receiver.posted
		expect(posted).toMatchObject({
			path: '/events?of=orders',
			body: '{"text":"ü"}',
			headers: { 'content-type': 'application/cloudevents+json; charset=utf-8', 'webhook-id': 'msg_7_1' },
		})
		expect(new Webhook(secret).verify(posted!.body, posted!.headers)).toEqual({ text: 'ü' })
	})

	test.each([200, 201, 202, 204, 299])('is an answer of %i', async (status) => {
		await using receiver = await startReceiver((_request, response) => response.writeHead(status).end())
		await using call = openCall()
		const { outcome, attempt } = await call.post(messageTo(receiver.url))
		expect(outcome).toBe('delivered')
		expect(attempt).toEqual({ at: expect.any(String), ms: expect.any(Number), status })
	})

	test('uses a connection of the ones before', async () => {
		await using receiver = await startReceiver((_request, response) => response.end('x'.repeat(1024)))
		await using call = openCall()
		for (let i = 0; i < 30; i++) {
			expect((await call.post(messageTo(receiver.url))).attempt.answer).toBe('x'.repeat(1024))
		}
		expect(receiver.posted).toHaveLength(30)
		// A connection is free a moment after its answer was read, so there may be a second one.
		expect(receiver.connections()).toBeLessThanOrEqual(2)
	})

	test('waits for no other delivery to the same receiver', async () => {
		let asked = 0
		await using receiver = await startReceiver((_request, response) => {
			if (++asked > 20) response.end()
		})
		await using call = openCall()
		const stop = new AbortController()
		const hanging = Array.from({ length: 20 }, () => call.post(messageTo(receiver.url), stop.signal))
		await eventually(() => expect(asked).toBe(20))
		expect((await call.post(messageTo(receiver.url))).outcome).toBe('delivered')
		stop.abort()
		await Promise.all(hanging)
	})
})

describe('the body of an answer', () => {
	test('may be slow: the delivery counts, and the connection is closed', async () => {
		await using receiver = await startReceiver((_request, response) => {
			response.writeHead(200).write('the beginning')
		})
		await using call = openCall({}, 60_000)
		const { outcome, attempt } = await call.post(messageTo(receiver.url))
		expect({ outcome, answer: attempt.answer }).toEqual({ outcome: 'delivered', answer: 'the beginning' })
		await eventually(() => expect(receiver.openConnections()).toBe(0))
	})

	test('may be endless: the delivery counts, a kilobyte is kept, and the connection is closed', async () => {
		let written = 0
		await using receiver = await startRawReceiver((socket) => {
			socket.write('HTTP/1.1 200 OK\r\n\r\n')
			const chunk = Buffer.alloc(65_536, 'x')
			const write = () => {
				if (socket.destroyed) return
				written += chunk.length
				if (socket.write(chunk)) setImmediate(write)
				else socket.once('drain', write)
			}
			write()
		})
		await using call = openCall()
		const { outcome, attempt } = await call.post(messageTo(receiver.url))
		expect({ outcome, answer: attempt.answer }).toEqual({ outcome: 'delivered', answer: 'x'.repeat(1024) })
		await eventually(() => expect(receiver.openConnections()).toBe(0))
		expect(written).toBeLessThan(20_000_000)
	})

	test('may break off: the delivery counts', async () => {
		await using receiver = await startRawReceiver((socket) => {
			socket.end('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nthe beginning')
		})
		await using call = openCall()
		const { outcome, attempt } = await call.post(messageTo(receiver.url))
		expect({ outcome, answer: attempt.answer }).toEqual({ outcome: 'delivered', answer: 'the beginning' })
	})

	test('is kept of a failure, too', async () => {
		await using receiver = await startReceiver((_request, response) => {
			response.writeHead(500).write('x'.repeat(5000))
		})
		await using call = openCall()
		const { outcome, attempt } = await call.post(messageTo(receiver.url))
		expect({ outcome, answer: attempt.answer }).toEqual({ outcome: 'failed', answer: 'x'.repeat(1024) })
	})

	test.each([
		['NUL', Buffer.from('a\0b'), 'a\uFFFDb'],
		['bytes that are no UTF-8', Buffer.from([0x61, 0xff, 0xed, 0xa0, 0x80, 0x62]), 'a\uFFFD\uFFFD\uFFFD\uFFFDb'],
		['a character that the limit cuts', Buffer.from(`${'x'.repeat(1022)}😀`), 'x'.repeat(1022)],
	])('with %s becomes a text that jsonb takes', async (_, body, expected) => {
		await using receiver = await startReceiver((_request, response) => response.end(body))
		await using call = openCall()
		expect((await call.post(messageTo(receiver.url))).attempt.answer).toBe(expected)
	})
})

describe('a receiver that does not take an event', () => {
	test.each([301, 302, 303, 307, 308])(
		'with a redirect of %i fails, and nothing is sent to the new place',
		async (status) => {
			await using other = await startReceiver((_request, response) => response.end())
			await using receiver = await startReceiver((_request, response) => {
				response.writeHead(status, { location: other.url }).end()
			})
			await using call = openCall()
			expect(await call.post(messageTo(receiver.url))).toMatchObject({
				outcome: 'failed',
				attempt: { status, error: `HTTP ${status}: a redirect is not followed` },
			})
			expect(other.connections()).toBe(0)
		},
	)

	test('with 410 is gone', async () => {
		await using receiver = await startReceiver((_request, response) => response.writeHead(410).end('no more'))
		await using call = openCall()
		expect(await call.post(messageTo(receiver.url))).toMatchObject({
			outcome: 'gone',
			attempt: { status: 410, error: 'HTTP 410', answer: 'no more' },
		})
	})

	test.each([
		['none', {}, 0, 0],
		['seconds', { 'retry-after': '120' }, 120_000, 120_000],
		['a date', { 'retry-after': new Date(Date.now() + 3_600_000).toUTCString() }, 3_500_000, 3_600_000],
		['a week', { 'retry-after': '604800' }, 86_400_000, 86_400_000],
	])('may say when to come back: %s', async (_, headers, least, most) => {
		await using receiver = await startReceiver((_request, response) => response.writeHead(503, headers).end())
		await using call = openCall()
		const result = await call.post(messageTo(receiver.url))
		if (result.outcome !== 'failed') throw new Error(`it was ${result.outcome}`)
		expect(result.attempt).toMatchObject({ status: 503, error: 'HTTP 503' })
		expect(result.retryAfterMs).toBeGreaterThanOrEqual(least)
		expect(result.retryAfterMs).toBeLessThanOrEqual(most)
	})
})

describe('an attempt without an answer', () => {
	test('ends with its time, and with its connection', async () => {
		await using receiver = await startReceiver(() => {})
		await using call = openCall({}, 300)
		const { outcome, attempt } = await call.post(messageTo(receiver.url))
		expect({ outcome, attempt }).toEqual({
			outcome: 'failed',
			attempt: { at: expect.any(String), ms: expect.any(Number), error: 'no answer within 300 ms' },
		})
		expect(attempt.ms).toBeGreaterThanOrEqual(290)
		await eventually(() => expect(receiver.openConnections()).toBe(0))
	})

	test('ends with its time when the headers of the answer come slowly', async () => {
		await using receiver = await startRawReceiver((socket) => {
			socket.write('HTTP/1.1 200 OK\r\n')
			const timer = setInterval(() => socket.write('x-more: 1\r\n'), 20)
			socket.on('close', () => clearInterval(timer))
		})
		await using call = openCall({}, 300)
		expect(await call.post(messageTo(receiver.url))).toMatchObject({
			outcome: 'failed',
			attempt: { error: 'no answer within 300 ms' },
		})
		await eventually(() => expect(receiver.openConnections()).toBe(0))
	})

	test('ends with its time when the name of the host is not resolved', async () => {
		await using call = openCall({ lookUp: () => new Promise(() => {}) }, 300)
		expect(await call.post(messageTo('http://shop.example/'))).toMatchObject({
			outcome: 'failed',
			attempt: { error: 'no answer within 300 ms' },
		})
	})

	test('ends when the headers of the answer are too large', async () => {
		await using receiver = await startRawReceiver((socket) => {
			socket.write(`HTTP/1.1 200 OK\r\nx-large: ${'x'.repeat(40_000)}`)
		})
		await using call = openCall()
		expect(await call.post(messageTo(receiver.url))).toMatchObject({
			outcome: 'failed',
			attempt: { error: 'Headers Overflow Error' },
		})
		await eventually(() => expect(receiver.openConnections()).toBe(0))
	})

	test.each([
		['nothing', ''],
		['no HTTP', 'SSH-2.0-OpenSSH\r\n'],
	])('fails when the receiver answers %s and closes', async (_, bytes) => {
		await using receiver = await startRawReceiver((socket) => socket.end(bytes))
		await using call = openCall()
		const { outcome, attempt } = await call.post(messageTo(receiver.url))
		expect(outcome).toBe('failed')
		expect(attempt.error).toMatch(/./)
		expect(attempt).not.toHaveProperty('status')
	})

	test('tells that nobody listens, at each address of the host', async () => {
		const { port } = await startReceiver(() => {}).then(async (receiver) => {
			await receiver[Symbol.asyncDispose]()
			return receiver
		})
		const addresses = [
			{ address: '127.0.0.1', family: 4 },
			{ address: '::1', family: 6 },
		]
		await using call = openCall({ lookUp: async () => addresses })
		const { outcome, attempt } = await call.post(messageTo(`http://shop.example:${port}/`))
		expect(outcome).toBe('failed')
		expect(attempt.error).toContain(`connect ECONNREFUSED 127.0.0.1:${port}`)
	})

	test('tells that the name of the host is unknown', async () => {
		await using call = openCall()
		expect(await call.post(messageTo('http://shop.example/'))).toMatchObject({
			outcome: 'failed',
			attempt: { error: 'the name is unknown' },
		})
	})
})

describe('an attempt that is stopped', () => {
	test('is aborted, and no failure of the receiver', async () => {
		await using receiver = await startReceiver(() => {})
		await using call = openCall()
		const stop = new AbortController()
		const attempts = Array.from({ length: 16 }, () => call.post(messageTo(receiver.url), stop.signal))
		await eventually(() => expect(receiver.posted).toHaveLength(16))
		stop.abort()
		for (const { outcome, attempt } of await Promise.all(attempts)) {
			expect({ outcome, error: attempt.error }).toEqual({ outcome: 'aborted', error: 'the attempt was stopped' })
		}
		await eventually(() => expect(receiver.openConnections()).toBe(0))
	})

	test('before it began sends nothing', async () => {
		await using receiver = await startReceiver((_request, response) => response.end())
		await using call = openCall()
		expect((await call.post(messageTo(receiver.url), AbortSignal.abort())).outcome).toBe('aborted')
		expect(receiver.connections()).toBe(0)
	})

	test('after the status of the answer came is a delivery', async () => {
		await using receiver = await startReceiver((_request, response) => {
			response.writeHead(200).write('the beginning')
		})
		await using call = openCall()
		const stop = new AbortController()
		const statusCame = () => setImmediate(() => stop.abort())
		subscribe('undici:request:headers', statusCame)
		try {
			expect((await call.post(messageTo(receiver.url), stop.signal)).outcome).toBe('delivered')
			expect(stop.signal.aborted).toBe(true)
		} finally {
			unsubscribe('undici:request:headers', statusCame)
		}
	})

	test('by the end of all calls is aborted', async () => {
		await using receiver = await startReceiver(() => {})
		const call = openCall()
		const attempt = call.post(messageTo(receiver.url))
		await eventually(() => expect(receiver.posted).toHaveLength(1))
		await call[Symbol.asyncDispose]()
		expect((await attempt).outcome).toBe('aborted')
		await eventually(() => expect(receiver.openConnections()).toBe(0))
	})
})
