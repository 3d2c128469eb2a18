import { expect, test, vi } from 'vitest'
import { CommandError } from '../../src/command/command-error.ts'
import { keepMarket } from '../../src/start/keep-market.ts'

type End = (error: CommandError, isRefusal: boolean) => void

/** Keeps a market whose processes the test ends itself. */
function keep() {
	const ends: End[] = []
	const warnings: string[] = []
	let addresses = 0
	const kept = keepMarket(
		{
			fork(onUnexpectedEnd) {
				ends.push(onUnexpectedEnd)
				return { address: Promise.resolve('127.0.0.1:1'), stop: async () => undefined, kill() {} }
			},
			listens: () => addresses++,
			warn: (sentence) => warnings.push(sentence),
		},
		{ firstBackoffMs: 1, largestBackoffMs: 2 },
	)
	return { kept, ends, warnings, addresses: () => addresses }
}

test('a market that ends again and again is started again each time, with a warning', async () => {
	const { ends, warnings, addresses } = keep()
	for (let starts = 1; starts <= 3; starts++) {
		await vi.waitFor(() => expect([ends.length, addresses()]).toEqual([starts, starts]))
		ends.at(-1)?.(new CommandError('the market service ended: SIGKILL'), false)
	}
	expect(warnings).toEqual(
		Array(3).fill('the market service ended: SIGKILL; it starts again in 1 s, and orders go on without it'),
	)
})

test('a market that cannot start is left out', async () => {
	const { kept, ends, warnings } = keep()
	ends[0]?.(new CommandError('the market service cannot start: listen EADDRINUSE'), true)
	expect(warnings).toEqual([
		'the market service cannot start: listen EADDRINUSE; it is left out, and orders go on without it',
	])
	expect(await kept.stop()).toBeUndefined()
	expect(ends).toHaveLength(1)
})

test('a market that was stopped while it waited for its next start is not started', async () => {
	const { kept, ends } = keep()
	ends[0]?.(new CommandError('the market service ended: SIGKILL'), false)
	await kept.stop()
	// Later timers than that of the next start.
	await new Promise((resolve) => setTimeout(resolve, 10))
	expect(ends).toHaveLength(1)
})
