import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { rememberIdentities } from '../../src/auth/tokens.ts'

const token = 'e30.e30.AAAA'
const minute = 60_000
const skew = 30_000

beforeEach(() => {
	vi.useFakeTimers({ toFake: ['Date'] })
})
afterEach(() => {
	vi.useRealTimers()
})

/** Identifies a token that is valid for `validMs` at each of the times. Returns how often it was verified by then. */
async function verifications(validMs: number, ...times: number[]): Promise<number[]> {
	const start = Date.now()
	let verified = 0
	const identify = rememberIdentities(async () => {
		verified++
		return { sub: 'ann', exp: Math.floor((start + validMs) / 1000) }
	})
	const counts: number[] = []
	for (const time of times) {
		vi.setSystemTime(start + time)
		expect(await identify(token)).toMatchObject({ subject: 'ann' })
		counts.push(verified)
	}
	return counts
}

test('A token is verified once a minute', async () => {
	expect(await verifications(60 * minute, 0, minute - 1, minute, 2 * minute - 1, 2 * minute)).toEqual([1, 1, 2, 2, 3])
})

test('A remembered token is verified again after it expires', async () => {
	vi.setSystemTime(Date.UTC(2030, 0))
	expect(await verifications(10_000, 0, 10_000 + skew - 1, 10_000 + skew)).toEqual([1, 1, 2])
})
