import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import {
	createTokenVerifier,
	ExpiredTokenError,
	InvalidTokenError,
	rememberIdentities,
	signToken,
	tokenRules,
} from '../../src/auth/tokens.ts'

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
	await expect(verifications(10_000, 0, 10_000 + skew - 1)).resolves.toEqual([1, 1])
	await expect(verifications(10_000, 0, 10_000 + skew)).rejects.toThrow(InvalidTokenError)
})

test('A token works until 30 s after its exp and no longer, whether it is remembered or new', async () => {
	vi.setSystemTime(Date.UTC(2030, 0))
	const issuer = { secret: 'a-secret-of-32-bytes-or-more-is-ok', issuer: 'mercat', audience: 'mercat' }
	const signed = signToken(issuer, { subject: 'ann', scope: 'orders:read', lifetimeMs: 10_000 })
	const end = Date.now() + 10_000 + skew
	const rules = tokenRules(issuer, { warn() {} })
	const identify = createTokenVerifier(rules)
	for (const time of [Date.now(), end - 1]) {
		vi.setSystemTime(time)
		expect(await identify(signed)).toMatchObject({ subject: 'ann', expiresAt: end })
		expect(await createTokenVerifier(rules)(signed)).toMatchObject({ subject: 'ann' })
	}
	for (const time of [end, end + 1_000]) {
		vi.setSystemTime(time)
		await expect(identify(signed)).rejects.toThrow(ExpiredTokenError)
		await expect(createTokenVerifier(rules)(signed)).rejects.toThrow(ExpiredTokenError)
	}
})

test('A token whose exp is in milliseconds is refused, and the error says so', async () => {
	const identify = rememberIdentities(async () => ({ sub: 'ann', exp: Date.now() + minute }))
	const refused = identify(token)
	await expect(refused).rejects.toThrow('exp is not in seconds since 1970; is it in milliseconds?')
	await expect(refused).rejects.not.toBeInstanceOf(ExpiredTokenError)
})
