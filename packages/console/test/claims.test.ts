import { expect, test } from 'vitest'
import { readClaims } from '../src/page/session/claims.js'

const tokenOf = (claims: unknown) => {
	const bytes = new TextEncoder().encode(JSON.stringify(claims))
	const payload = btoa(String.fromCharCode(...bytes))
	return `header.${payload.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')}.signature`
}

test('subject, scopes and end of a token are read, in each form that issuers write', () => {
	expect(readClaims(tokenOf({ sub: 'jürgen?', scope: 'orders:manage orders:read', exp: 1_800_000_000 }))).toEqual({
		subject: 'jürgen?',
		scopes: ['orders:manage', 'orders:read'],
		expiresAt: 1_800_000_000_000,
	})
	expect(readClaims(tokenOf({ sub: 'a', scp: ['orders:manage', 'x y'], exp: 1 }))?.scopes).toEqual([
		'orders:manage',
		'x',
		'y',
	])
	expect(readClaims(tokenOf({ sub: 'a', exp: 1 }))?.scopes).toEqual([])
})

test.each([1e18, 1e300])('a token that ends after the last date, at %d, ends at the last date', (exp) => {
	const { expiresAt = 0 } = readClaims(tokenOf({ sub: 'a', exp })) ?? {}
	expect(new Date(expiresAt).toISOString()).toBe('+275760-09-13T00:00:00.000Z')
})

test.each(['', 'text', 'a.b.c', tokenOf({ sub: 'a' }), tokenOf({ exp: 1 }), tokenOf(null)])(
	'%j is no token',
	(text) => {
		expect(readClaims(text)).toBeUndefined()
	},
)
