import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createOutage } from '../src/outage.ts'
import { DatabaseUnavailableError } from '../src/statements/errors.ts'

beforeEach(() => {
	vi.useFakeTimers({ toFake: ['performance'] })
})
afterEach(() => {
	vi.useRealTimers()
})

test('An outage has one begin and one end, although some statements succeed in between', () => {
	const seen: unknown[] = []
	const outage = createOutage({
		onUnavailable: ({ cause }) => seen.push(cause),
		onAvailable: (end) => seen.push(end),
	})
	outage.succeeded()
	for (let second = 0; second < 5; second++) {
		outage.failed(new DatabaseUnavailableError(`failure ${second}`))
		vi.advanceTimersByTime(1_000)
		outage.succeeded()
	}
	expect(seen).toEqual(['failure 0'])
	vi.advanceTimersByTime(2_000)
	for (let count = 0; count < 3; count++) outage.succeeded()
	expect(seen).toEqual(['failure 0', { failures: 5, lastedMs: 5_000 }])
	outage.failed(new DatabaseUnavailableError('again'))
	expect(seen.at(-1)).toBe('again')
})
