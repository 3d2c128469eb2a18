import { expect, test, vi } from 'vitest'
import { openEventStream } from '../../src/events/readers/event-stream.ts'

test('a stream whose read waits its turn still sends a comment every 5 s', () => {
	vi.useFakeTimers({ toFake: ['performance'] })
	const written: string[] = []
	const stream = openEventStream(
		{
			readLog: () => new Promise(() => {}),
			turns: { wait: (turn) => void turn() },
			last: () => 10,
			onError: () => {},
		},
		{ after: 0, filter: { customerId: 'ann' }, expiresAt: Date.now() + 60_000, unreadMs: 50_000 },
		{
			write: (text, done) => {
				written.push(String(text))
				done()
			},
			end: () => {},
			destroy: () => {},
		},
	)
	for (let second = 0; second < 12; second++) {
		vi.advanceTimersByTime(1_000)
		stream.check()
	}
	vi.useRealTimers()
	expect(written.length).toBeGreaterThanOrEqual(3)
})
