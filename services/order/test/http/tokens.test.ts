import { createHmac, generateKeyPairSync, sign } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newCustomer, orderOf, type Services, startServices } from '../start-services.ts'
import { jwtSecret, token } from '../tokens.ts'

let services: Services
beforeAll(async () => {
	services = await startServices('postgres')
})
afterAll(() => services[Symbol.asyncDispose]())

const nowS = Math.floor(Date.now() / 1000)
const claims = {
	sub: 'alice',
	iss: 'mercat',
	aud: 'mercat',
	iat: nowS,
	exp: nowS + 3600,
	scope: 'orders:read orders:write',
}

const encode = (part: unknown) =>
	Buffer.from(typeof part === 'string' ? part : JSON.stringify(part)).toString('base64url')

/** A token with any content, signed with HMAC unless a signature is given. */
function forge(
	payload: unknown,
	{ header = {}, secret = jwtSecret as string, hash = 'sha256', signature = '' } = {},
): string {
	const content = `${encode({ alg: 'HS256', typ: 'JWT', ...header })}.${encode(payload)}`
	return `${content}.${signature || createHmac(hash, secret).update(content).digest('base64url')}`
}

const without = (claim: string) => ({ ...claims, [claim]: undefined })
const good = forge(claims)
const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })

function changedLast(text: string): string {
	const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
	// The lowest bits of the last of 43 characters are no part of the 32 bytes, and decoders ignore them.
	return text.slice(0, -1) + alphabet[alphabet.indexOf(text.at(-1) as string) ^ 1]
}

test('a valid token signs in, whatever the case of the word Bearer and the number of spaces', async () => {
	expect(await services.get('/v1/orders', { token: good })).toMatchObject({ status: 200 })
	for (const authorization of [`bearer ${good}`, `BEARER  ${good}`, `Bearer    ${good}`]) {
		expect(await services.get('/v1/orders', { headers: { authorization } })).toMatchObject({ status: 200 })
	}
})

describe('a request without one valid token', () => {
	const none: Record<string, string | undefined> = {
		'no line': undefined,
		'an empty value': '',
		'the scheme Basic': `Basic ${Buffer.from('alice:secret').toString('base64')}`,
		'no scheme': good,
		'no token': 'Bearer ',
		'a tab after the scheme': `Bearer\t${good}`,
		'two tokens': `Bearer ${good} ${good}`,
		'a comma': `Bearer ${good}, Bearer ${good}`,
		'another scheme': `Token ${good}`,
	}
	test.each(Object.entries(none))('an Authorization header with %s gets 401', (_what, authorization) =>
		expectUnauthenticated(authorization === undefined ? {} : { authorization }, 'missing'),
	)

	const tokens: Record<string, string> = {
		'alg none': `${encode({ alg: 'none' })}.${encode(claims)}.`,
		'alg nOnE and a signature': forge(claims, { header: { alg: 'nOnE' } }),
		'an empty signature': `${good.split('.').slice(0, 2).join('.')}.`,
		'two parts': good.split('.').slice(0, 2).join('.'),
		'four parts': `${good}.a`,
		'another secret': forge(claims, { secret: 'x'.repeat(32) }),
		'an empty secret': forge(claims, { secret: '' }),
		HS512: forge(claims, { header: { alg: 'HS512' }, hash: 'sha512' }),
		ES256: forge(claims, {
			header: { alg: 'ES256' },
			signature: sign('sha256', Buffer.from('x'), privateKey).toString('base64url'),
		}),
		'a key of its own': forge(claims, { header: { jwk: { kty: 'oct', k: 'eA' } }, secret: 'x' }),
		'the name of another key': forge(claims, { header: { kid: '../../dev/null' }, secret: '' }),
		'an unknown critical extension': forge(claims, { header: { crit: ['b64'], b64: false } }),
		'another issuer': forge({ ...claims, iss: 'mercat2' }),
		'no issuer': forge(without('iss')),
		'another audience': forge({ ...claims, aud: 'other' }),
		'no audience': forge(without('aud')),
		'no exp': forge(without('exp')),
		'exp as text': forge({ ...claims, exp: String(nowS + 3600) }),
		'exp in milliseconds': forge({ ...claims, exp: (nowS + 3600) * 1000 }),
		'exp null': forge({ ...claims, exp: null }),
		'nbf to come': forge({ ...claims, nbf: nowS + 120 }),
		'iat to come': forge({ ...claims, iat: nowS + 120 }),
		'no sub': forge(without('sub')),
		'sub a number': forge({ ...claims, sub: 7 }),
		'sub an object': forge({ ...claims, sub: { id: 'alice' } }),
		'sub empty': forge({ ...claims, sub: '' }),
		'sub with a blank': forge({ ...claims, sub: 'alice smith' }),
		'sub with NUL': forge({ ...claims, sub: 'alice\u0000' }),
		'sub not ASCII': forge({ ...claims, sub: 'älice' }),
		'sub of 129': forge({ ...claims, sub: 'a'.repeat(129) }),
		'scope a number': forge({ ...claims, scope: 1 }),
		'scope null': forge({ ...claims, scope: null }),
		'scope a list with a number': forge({ ...claims, scope: ['orders:read', 1] }),
		'scope a list of lists': forge({ ...claims, scope: [['orders:read']] }),
		'scp an object': forge({ ...claims, scp: {} }),
		'more than 12 KB': forge({ ...claims, note: 'x'.repeat(9_216) }),
		'a payload that is no object': forge('alice'),
		'a payload that is null': forge('null'),
		'a payload that is no JSON': forge('{"sub":'),
		padding: `${good}=`,
		'an altered last character': changedLast(good),
		'an altered payload': good.replace(/\.[^.]+\./, `.${encode({ ...claims, sub: 'bob' })}.`),
	}
	test.each(Object.entries(tokens))('a token with %s gets 401', (_what, text) =>
		expectUnauthenticated({ authorization: `Bearer ${text}` }, 'invalid'),
	)

	const past = { ...claims, exp: nowS - 31 }
	test('a token that has expired, and is valid otherwise, gets 401 and is told so', () =>
		expectUnauthenticated({ authorization: `Bearer ${forge(past)}` }, 'expired'))

	test.each([
		['signed with another secret', forge(past, { secret: 'x'.repeat(32) })],
		['of another issuer', forge({ ...past, iss: 'mercat2' })],
		['of another audience', forge({ ...past, aud: 'other' })],
		['without a customer', forge({ ...past, sub: '' })],
		['with a wrong scope', forge({ ...past, scope: 1 })],
		['altered', forge(past).replace(/\.[^.]+\./, `.${encode({ ...past, sub: 'bob' })}.`)],
	])('an expired token that is %s is not told that it has expired', (_what, text) =>
		expectUnauthenticated({ authorization: `Bearer ${text}` }, 'invalid'),
	)

	test('a token in the query gets 401', async () => {
		const answer = await services.get(`/v1/orders?access_token=${good}`)
		expect(answer).toMatchObject({ status: 401, body: { code: 'UNAUTHENTICATED' } })
	})

	test('two Authorization headers get 401', async () => {
		const line = `authorization: Bearer ${good}\r\n`
		const other = `authorization: Bearer ${token('mallory')}\r\n`
		const answer = await services.exchange(`GET /v1/orders HTTP/1.1\r\nhost: test\r\n${line}${other}\r\n`)
		expect(answer).toMatchObject({ status: 401, body: { code: 'UNAUTHENTICATED' } })
	})

	const refusals = {
		missing: {
			challenge: 'Bearer',
			detail:
				'The request must have one `Authorization: Bearer …` header with one token. `GET /problems/unauthenticated` tells where a token comes from.',
		},
		invalid: {
			challenge: 'Bearer error="invalid_token", error_description="The token is not valid"',
			detail: 'The token is not valid. `GET /problems/unauthenticated` tells where a token comes from.',
		},
		expired: {
			challenge: 'Bearer error="invalid_token", error_description="The token has expired"',
			detail: 'The token has expired. Get a fresh one and send the request again.',
		},
	}

	async function expectUnauthenticated(headers: Record<string, string>, why: keyof typeof refusals): Promise<void> {
		const { challenge, detail } = refusals[why]
		const first = await services.get('/v1/orders', { headers })
		const again = await services.get('/v1/orders', { headers })
		for (const { status, headers, body } of [first, again]) {
			expect(status).toBe(401)
			expect(headers.get('www-authenticate')).toBe(challenge)
			expect(body).toEqual({
				type: '/problems/unauthenticated',
				title: 'A valid token is required',
				status: 401,
				detail,
				instance: '/v1/orders',
				code: 'UNAUTHENTICATED',
				traceId: body.traceId,
			})
		}
	}
})

describe('scopes', () => {
	const id = '6f1c0f3e-5e0b-5c52-9f3a-4d1f5b1f7a51'
	test.each([
		['GET', '/v1/orders', 'orders:read'],
		['GET', `/v1/orders/${id}`, 'orders:read'],
		['POST', '/v1/orders', 'orders:write'],
	])('a token without the scope for %s %s gets 403 and the name of the scope %s', async (method, path, scope) => {
		const body = method === 'POST' ? orderOf('A') : undefined
		for (const others of ['', `${scope}X`, scope.toUpperCase(), `x,${scope}`, 'orders: read write', 'orders:*', '*']) {
			const answer = await services.request(method, path, { token: token(newCustomer(), others), body })
			expect(answer).toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } })
			expect(answer.body.detail).toContain(scope)
		}
	})

	test('the token and its scope are checked before the body is read', async () => {
		const answer = await services.request('POST', '/v1/orders', {
			token: token(newCustomer(), 'orders:read'),
			body: '{',
		})
		expect(answer.status).toBe(403)
		expect(await services.request('POST', '/v1/orders', { body: '{' })).toMatchObject({ status: 401 })
	})
})

test('a token of 12 KB signs in', async () => {
	const large = forge({ ...claims, note: 'x'.repeat(9_000) })
	expect(large.length).toBeGreaterThan(12_000)
	expect(await services.get('/v1/orders', { token: large })).toMatchObject({ status: 200 })
})

test.each([
	{ scope: 'orders:read' },
	{ scope: ['orders:read', 'orders:write'] },
	{ scp: 'email orders:read' },
	{ scp: ['email', 'orders:read'] },
	{ scope: 'email', scp: ['orders:read'] },
])('the claims %j permit to read orders', async (scopes) => {
	const text = forge({ ...without('scope'), ...scopes })
	expect(await services.get('/v1/orders', { token: text })).toMatchObject({ status: 200 })
})
