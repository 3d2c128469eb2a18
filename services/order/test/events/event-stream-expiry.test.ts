import { createPacedTurns } from '@mercat/rest-service/paced-turns'
import { eventually } from '@mercat/testing/eventually'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { openEventStream } from '../../src/events/readers/event-stream.ts'

beforeEach(() => {
	vi.useFakeTimers({ toFake: ['Date'] })
})
afterEach(() => {
	vi.useRealTimers()
})

/** A stream over a log that gets an event at each position up to `last`. */
function startStream(expiresAt: number) {
	const texts: string[] = []
	let last = 0
	const stream = openEventStream(
		{
			async readLog({ after }) {
				const event = { position: after + 1, orderId: 'o', version: 1, type: 'mercat.order.placed.v1', text: '{}' }
				return { events: [event as never], readTo: after + 1 }
			},
			turns: createPacedTurns({ bytesPerSecond: 1024 * 1024 }),
			last: () => last,
			onError: expect.unreachable,
		},
		{ after: 0, filter: {}, expiresAt, unreadMs: 60_000 },
		{
			write(text, written) {
				texts.push(String(text))
				setImmediate(written)
			},
			end: (text) => texts.push(text),
			destroy() {},
		},
	)
	return {
		texts,
		grow() {
			last++
			stream.wake()
		},
	}
}

test('a stream sends no event after its token has expired, and ends at the next event', async () => {
	const expiresAt = Date.now() + 10_000
	const { texts, grow } = startStream(expiresAt)
	vi.setSystemTime(expiresAt - 5_000)
	grow()
	await eventually(() => expect(texts).toHaveLength(2), { interval: 50 })
	expect(texts[1]).toContain('id: 1')
	vi.setSystemTime(expiresAt)
	grow()
	await eventually(() => expect(texts).toHaveLength(3), { interval: 50 })
	expect(texts[2]).toContain('the token has expired')
	expect(texts[2]).not.toContain('event:')
	expect(texts[2]).toContain('id: 1')
})
