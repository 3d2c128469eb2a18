import { expect, test } from 'vitest'
import { createRetryingFetch, type Retry } from '../src/calling/retrying-fetch.ts'
import { NoAnswerError } from '../src/problems/no-answer-error.ts'

type Step = { status: number; retryAfter?: string } | 'cut' | 'silent'

const order = { method: 'POST', headers: { 'idempotency-key': 'k' }, body: '{"items":[]}' }

/** A client whose requests are answered by `steps`, the last of which repeats. Waits take no time, but their clock goes on. */
function openClient(steps: Step[], options: { budgetMs?: number; attemptMs?: number } = {}) {
	let clock = 0
	const sent: { key: string | null; body: string }[] = []
	const retries: Retry[] = []
	const fetch = createRetryingFetch(
		{
			async fetch(request, { signal }) {
				sent.push({ key: request.headers.get('idempotency-key'), body: await request.text() })
				const step = steps[Math.min(sent.length, steps.length) - 1]
				if (step === 'cut') throw new TypeError('fetch failed')
				if (step === undefined || step === 'silent') {
					signal.throwIfAborted()
					return await new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
				}
				const headers = step.retryAfter === undefined ? undefined : { 'retry-after': step.retryAfter }
				return new Response('{}', { status: step.status, ...(headers && { headers }) })
			},
			async pause(ms, signal) {
				signal.throwIfAborted()
				clock += ms
			},
			now: () => clock,
		},
		{ budgetMs: 60_000, attemptMs: 5_000, ...options, onRetry: (retry) => retries.push(retry) },
	)
	const send = async (path = '/v1/orders', init: RequestInit = order) =>
		(await fetch(new Request(`http://shop.test${path}`, init))).status
	const waits = () => retries.map(({ waitMs }) => waitMs)
	return { send, sent, waits, outcomes: () => retries.map(({ outcome }) => outcome) }
}

test('an answer that is final comes at once', async () => {
	for (const status of [201, 400, 401, 404, 409, 422, 501]) {
		const { send, sent } = openClient([{ status }])
		expect(await send()).toBe(status)
		expect(sent).toHaveLength(1)
	}
})

test('every attempt has the same key and body', async () => {
	const { send, sent } = openClient([{ status: 500 }, 'cut', { status: 502 }, { status: 201 }])
	expect(await send()).toBe(201)
	expect(sent).toHaveLength(4)
	expect(new Set(sent.map((one) => JSON.stringify(one)))).toEqual(new Set(['{"key":"k","body":"{\\"items\\":[]}"}']))
})

test('the wait is the one that the server asks for', async () => {
	const refusals = [
		{ status: 429, retryAfter: '7' },
		{ status: 503, retryAfter: '2' },
	]
	const { send, waits } = openClient([...refusals, { status: 201 }])
	expect(await send()).toBe(201)
	expect(waits()).toEqual([7_000, 2_000])
})

test('without a Retry-After the wait doubles, and its upper half is random', async () => {
	const { send, waits } = openClient([{ status: 408 }, 'cut', { status: 504 }, { status: 200 }])
	expect(await send()).toBe(200)
	for (const [index, wait] of waits().entries()) {
		expect(wait).toBeGreaterThanOrEqual(500 * 2 ** index)
		expect(wait).toBeLessThanOrEqual(1_000 * 2 ** index)
	}
})

test('an answer that asks for a longer wait than is left of the budget comes at once', async () => {
	const { send, sent } = openClient([{ status: 503, retryAfter: '61' }])
	expect(await send()).toBe(503)
	expect(sent).toHaveLength(1)
})

test('when the budget is used up, the last answer counts', async () => {
	const { send, waits } = openClient([{ status: 503, retryAfter: '9' }], { budgetMs: 30_000 })
	expect(await send()).toBe(503)
	expect(waits()).toEqual([9_000, 9_000, 9_000])
})

test('without an answer the error tells how often was asked, and why', async () => {
	const { send } = openClient(['cut'], { budgetMs: 3_000 })
	const error: NoAnswerError = await send().then(
		() => expect.unreachable(),
		(reason) => reason,
	)
	expect(error).toBeInstanceOf(NoAnswerError)
	expect(error.attempts).toBeGreaterThanOrEqual(2)
	expect(error.message).toMatch(/^no answer to POST \/v1\/orders, asked \d times; it may have been done$/)
	expect(error.cause).toEqual(new TypeError('fetch failed'))
})

test('an attempt without an answer in time is followed by another one', async () => {
	const { send, outcomes } = openClient(['silent', { status: 201 }], { attemptMs: 5 })
	expect(await send()).toBe(201)
	expect(outcomes()).toEqual([new Error('no answer within 5 ms')])
})

test.each(['/v1/webhooks', '/shop/v1/webhooks/c2e61526/rotate-secret'])(
	'%s is not repeated when it may have been done',
	async (path) => {
		for (const step of [{ status: 500 }, { status: 503, retryAfter: '1' }] as const) {
			const { send, sent } = openClient([step, { status: 201 }])
			expect(await send(path, { method: 'POST' })).toBe(step.status)
			expect(sent).toHaveLength(1)
		}
		await expect(openClient(['cut']).send(path, { method: 'POST' })).rejects.toThrow(NoAnswerError)
		const { send } = openClient([{ status: 429, retryAfter: '1' }, { status: 201 }])
		expect(await send(path, { method: 'POST' })).toBe(201)
	},
)

test('a caller who leaves gets the reason of its signal, and nothing more is sent', async () => {
	const leaving = new AbortController()
	const { send, sent } = openClient(['silent'])
	const sending = send('/v1/orders', { ...order, signal: leaving.signal })
	leaving.abort(new Error('the page was closed'))
	await expect(sending).rejects.toThrow('the page was closed')
	expect(sent.length).toBeLessThanOrEqual(1)
})

test('a stream is handed over as it begins', async () => {
	const piece = new TextEncoder().encode(': hello\n\n')
	const body = new ReadableStream({ start: (controller) => controller.enqueue(piece) })
	const fetch = createRetryingFetch(
		{
			fetch: async () => new Response(body, { headers: { 'content-type': 'text/event-stream' } }),
			pause: () => expect.unreachable(),
			now: () => 0,
		},
		{ budgetMs: 1_000, attemptMs: 500 },
	)
	const response = await fetch(new Request('http://shop.test/v1/events'))
	const { value } = (await response.body?.getReader().read()) ?? {}
	expect(new TextDecoder().decode(value)).toBe(': hello\n\n')
})
