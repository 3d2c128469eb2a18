import { createHmac, generateKeyPairSync, type JsonWebKey, type KeyObject, sign as signBytes } from 'node:crypto'
import { createServer, type RequestListener } from 'node:http'
import { inspect } from 'node:util'
import { createLog } from '@mercat/service/log'
import { createTokenVerifier, InvalidTokenError, tokenRules } from '@mercat/service/tokens'
import { eventually } from '@mercat/testing/eventually'
import { createTestDatabase } from '@mercat/testing/test-database'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { readOrderConfig } from '../../src/config.ts'
import { startOrder } from '../../src/server.ts'

type Algorithm = 'RS256' | 'ES256' | 'EdDSA'
type KeyPair = { publicKey: KeyObject; privateKey: KeyObject }

const keys: Record<Algorithm, KeyPair> = {
	RS256: generateKeyPairSync('rsa', { modulusLength: 2048 }),
	ES256: generateKeyPairSync('ec', { namedCurve: 'P-256' }),
	EdDSA: generateKeyPairSync('ed25519'),
}
const algorithms = Object.keys(keys) as Algorithm[]
const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 })

const nowS = Math.floor(Date.now() / 1000)
const claims = { sub: 'alice', iss: 'mercat', aud: 'mercat', exp: nowS + 3600, scope: 'orders:read' }

const encode = (part: unknown) => Buffer.from(JSON.stringify(part)).toString('base64url')

function toJwk({ publicKey }: KeyPair, kid: string): JsonWebKey & { kid: string } {
	return { ...publicKey.export({ format: 'jwk' }), kid }
}

/** A token signed with `alg`. The given members replace members of its header. */
function signed(
	alg: Algorithm,
	{ header = {}, key = keys[alg].privateKey, payload = claims as object, hash = 'sha256' } = {},
): string {
	const content = `${encode({ alg, kid: alg, ...header })}.${encode(payload)}`
	const digest = key.asymmetricKeyType === 'ed25519' ? null : hash
	return `${content}.${signBytes(digest, Buffer.from(content), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`
}

/** A token signed with HMAC, with any bytes as its secret. */
function signedWithSecret(secret: string | Buffer, header: object): string {
	const content = `${encode({ alg: 'HS256', ...header })}.${encode(claims)}`
	return `${content}.${createHmac('sha256', secret).update(content).digest('base64url')}`
}

/** A server whose answer a test may change. `asked` counts its requests. */
async function startIssuer(listener: RequestListener) {
	const issuer = { url: '', asked: 0, listener, [Symbol.asyncDispose]: close }
	const server = createServer((request, response) => {
		issuer.asked++
		issuer.listener(request, response)
	})
	await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
	issuer.url = `http://127.0.0.1:${(server.address() as { port: number }).port}/jwks.json`
	async function close(): Promise<void> {
		server.closeAllConnections()
		await new Promise((closed) => server.close(closed))
	}
	return issuer
}

const publish =
	(...jwks: object[]): RequestListener =>
	(_request, response) => {
		response.setHeader('content-type', 'application/json').end(JSON.stringify({ keys: jwks }))
	}
const publishAll = publish(
	...algorithms.map((alg) => toJwk(keys[alg], alg)),
	{ kty: 'oct', kid: 'shared', k: Buffer.alloc(32, 'x').toString('base64url') },
	{ ...toJwk(keys.RS256, 'for encryption'), use: 'enc' },
)

describe('an order service with a JWKS', () => {
	const opened = new AsyncDisposableStack()
	let issuer: Awaited<ReturnType<typeof startIssuer>>
	let elsewhere: Awaited<ReturnType<typeof startIssuer>>
	let url: string
	beforeAll(async () => {
		issuer = opened.use(await startIssuer(publishAll))
		elsewhere = opened.use(await startIssuer(publish(toJwk(stranger, 'RS256'))))
		const database = opened.use(await createTestDatabase('postgres'))
		const config = readOrderConfig({
			PORT: '0',
			DATABASE_URL: database.url,
			CATALOG_ADDRESS: '127.0.0.1:1',
			CATALOG_TOKEN: 'none',
			JWT_JWKS_URL: issuer.url,
			LOG_LEVEL: 'silent',
			RATE_LIMIT: '0',
		})
		const { address } = opened.adopt(await startOrder(config, createLog('test', 'silent')), ({ close }) => close())
		url = `http://127.0.0.1:${address.port}/v1/orders`
	})
	afterAll(() => opened.disposeAsync())

	const statusFor = async (token: string) =>
		(
			await fetch(url, { headers: { authorization: `Bearer ${token}` } }).then(async (response) => {
				await response.arrayBuffer()
				return response
			})
		).status

	test.each(algorithms)('a service with a JWKS accepts a token signed with %s', async (alg) => {
		expect(await statusFor(signed(alg))).toBe(200)
	})

	const pem = (alg: Algorithm) => keys[alg].publicKey.export({ type: 'spki', format: 'pem' }).toString()
	const der = (alg: Algorithm) => keys[alg].publicKey.export({ type: 'spki', format: 'der' })
	const attacks: [string, () => string][] = [
		...algorithms.flatMap((alg): [string, () => string][] => [
			[`HS256 with the public key of ${alg}`, () => signedWithSecret(pem(alg), { kid: alg })],
			[`HS256 with the public key of ${alg} after a line feed`, () => signedWithSecret(`\n${pem(alg)}`, { kid: alg })],
			[`HS256 with the public key of ${alg}, trimmed`, () => signedWithSecret(pem(alg).trim(), { kid: alg })],
			[`HS256 with the public key of ${alg} as DER`, () => signedWithSecret(der(alg), { kid: alg })],
			[
				`the key of ${alg} for another algorithm`,
				() => signed(alg, { header: { kid: alg === 'RS256' ? 'ES256' : 'RS256' } }),
			],
			[`no kid with ${alg}`, () => signed(alg, { header: { kid: undefined } })],
		]),
		['a secret that the JWKS lists', () => signedWithSecret(Buffer.alloc(32, 'x'), { kid: 'shared' })],
		['a key for encryption', () => signed('RS256', { header: { kid: 'for encryption' } })],
		['RS512 by the key of RS256', () => signed('RS256', { header: { alg: 'RS512' }, hash: 'sha512' })],
		['alg none with a kid', () => `${encode({ alg: 'none', kid: 'RS256' })}.${encode(claims)}.AA`],
		[
			'r = s = 0',
			() => `${encode({ alg: 'ES256', kid: 'ES256' })}.${encode(claims)}.${Buffer.alloc(64).toString('base64url')}`,
		],
		['five parts', () => `${signed('RS256')}.AA.AA`],
		['the key of a stranger', () => signed('RS256', { key: stranger.privateKey })],
		['jwk', () => signed('RS256', { header: { jwk: toJwk(stranger, 'RS256') }, key: stranger.privateKey })],
		['jku', () => signed('RS256', { header: { jku: elsewhere.url }, key: stranger.privateKey })],
		['x5u', () => signed('RS256', { header: { x5u: elsewhere.url }, key: stranger.privateKey })],
		['x5c', () => signed('RS256', { header: { x5c: ['AAAA'] }, key: stranger.privateKey })],
		...[
			'../../../../dev/null',
			"' union select 'x'--",
			'http://127.0.0.1/jwks.json',
			'x'.repeat(3_000),
			'__proto__',
			'constructor',
			'',
			7,
			['RS256'],
			{ toString: 'RS256' },
			null,
		].map((kid): [string, () => string] => [
			`kid ${JSON.stringify(kid).slice(0, 40)}`,
			() => signed('RS256', { header: { kid }, key: stranger.privateKey }),
		]),
		['crit', () => signed('RS256', { header: { crit: ['b64'], b64: false } })],
		['another issuer', () => signed('ES256', { payload: { ...claims, iss: 'other' } })],
		['another audience', () => signed('ES256', { payload: { ...claims, aud: 'other' } })],
		['no sub', () => signed('EdDSA', { payload: { ...claims, sub: undefined } })],
		['no exp', () => signed('EdDSA', { payload: { ...claims, exp: undefined } })],
		['exp past', () => signed('RS256', { payload: { ...claims, exp: nowS - 31 } })],
		['nbf to come', () => signed('RS256', { payload: { ...claims, nbf: nowS + 120 } })],
	]
	test.each(attacks)('a service with a JWKS refuses a token with %s', async (_what, forge) => {
		expect(await statusFor(forge())).toBe(401)
		expect(await statusFor(signed('ES256'))).toBe(200)
	})

	test('a service with a JWKS asks only its issuer for keys, and not for each token', () => {
		expect(elsewhere.asked).toBe(0)
		expect(issuer.asked).toBeLessThanOrEqual(2)
	})
})

describe('the keys of a JWKS', () => {
	const now = performance.now.bind(performance)
	let aheadMs = 0
	const laterBy = (ms: number) => {
		aheadMs += ms
	}
	beforeAll(() => {
		vi.spyOn(performance, 'now').mockImplementation(() => now() + aheadMs)
	})
	afterAll(() => {
		vi.restoreAllMocks()
	})
	const opened: AsyncDisposable[] = []
	afterEach(async () => {
		for (const each of opened.splice(0)) await each[Symbol.asyncDispose]()
	})

	async function start(listener: RequestListener) {
		const issuer = await startIssuer(listener)
		opened.push(issuer)
		const warnings: unknown[][] = []
		const log = Object.assign(createLog('test', 'silent'), { warn: (...words: unknown[]) => warnings.push(words) })
		const verify = createTokenVerifier(tokenRules({ jwksUrl: issuer.url, issuer: 'mercat', audience: 'mercat' }, log))
		// Every token is different, so that no cache of tokens answers.
		let serial = 0
		const signsIn = (alg: Algorithm, header: object = {}) =>
			verify(signed(alg, { header, payload: { ...claims, serial: serial++ } })).then(
				() => true,
				(error) => {
					expect(error).toBeInstanceOf(InvalidTokenError)
					return false
				},
			)
		return { issuer, signsIn, warnings }
	}

	test('the keys are fetched once for many tokens at the same time', async () => {
		const { issuer, signsIn } = await start(publishAll)
		expect(await Promise.all(Array.from({ length: 50 }, () => signsIn('ES256')))).not.toContain(false)
		expect(issuer.asked).toBe(1)
	})

	test('a new key is found, and the key that it replaces is refused', async () => {
		const { issuer, signsIn } = await start(publish(toJwk(keys.RS256, 'old')))
		expect(await signsIn('RS256', { kid: 'old' })).toBe(true)
		issuer.listener = publish(toJwk(keys.ES256, 'new'))
		laterBy(31_000)
		expect(await signsIn('ES256', { kid: 'new' })).toBe(true)
		expect(await signsIn('RS256', { kid: 'old' })).toBe(false)
		expect(issuer.asked).toBe(2)
	})

	test('a withdrawn key is refused within a quarter of an hour, even when no token has a new key', async () => {
		const { issuer, signsIn } = await start(publishAll)
		expect(await signsIn('RS256')).toBe(true)
		issuer.listener = publish(toJwk(keys.ES256, 'ES256'))
		laterBy(15 * 60_000)
		await eventually(async () => expect(await signsIn('RS256')).toBe(false))
		expect(await signsIn('ES256')).toBe(true)
	})

	test('tokens with unknown keys cause two fetches a minute at most', async () => {
		const { issuer, signsIn } = await start(publishAll)
		expect(await signsIn('ES256')).toBe(true)
		for (let minute = 0; minute < 3; minute++) {
			for (let i = 0; i < 100; i++) expect(await signsIn('ES256', { kid: `unknown ${i}` })).toBe(false)
			expect(issuer.asked).toBeLessThanOrEqual(1 + 2 * minute)
			laterBy(60_000)
		}
		expect(await signsIn('ES256')).toBe(true)
	})

	const broken: [string, RequestListener][] = [
		['500', (_request, response) => response.writeHead(500).end()],
		['nothing', (request) => request.socket.destroy()],
		['HTML', (_request, response) => response.end('<html>')],
		['null', (_request, response) => response.end('null')],
		['no keys', (_request, response) => response.end('{"keys":7}')],
		['half of the keys', (_request, response) => response.writeHead(200, { 'content-length': 100 }).write('{"keys":[')],
		['10 MB', (_request, response) => response.end(`{"keys":[]${' '.repeat(10_485_760)}}`)],
		['a redirect', (_request, response) => response.writeHead(302, { location: '/other.json' }).end()],
	]
	test.each(broken)('known keys are used on while the issuer answers with %s', async (_what, listener) => {
		const { issuer, signsIn } = await start(publishAll)
		expect(await signsIn('RS256')).toBe(true)
		issuer.listener = (request, response) =>
			request.url === '/jwks.json' ? listener(request, response) : publishAll(request, response)
		laterBy(31_000)
		expect(await signsIn('RS256', { kid: 'unknown' })).toBe(false)
		for (const alg of algorithms) expect(await signsIn(alg)).toBe(true)
		expect(issuer.asked).toBe(2)
	})

	test.each(broken)('the keys are fetched within seconds after a first answer with %s', async (_what, listener) => {
		const { issuer, signsIn } = await start((request, response) =>
			request.url === '/jwks.json' ? listener(request, response) : publishAll(request, response),
		)
		expect(await signsIn('RS256')).toBe(false)
		expect(await signsIn('RS256')).toBe(false)
		expect(issuer.asked).toBe(1)
		issuer.listener = publishAll
		laterBy(5_000)
		expect(await signsIn('RS256')).toBe(true)
	})

	test.each(broken)(
		'each failed fetch is logged once, without a token, when the issuer answers with %s',
		async (_what, listener) => {
			const { signsIn, warnings } = await start((request, response) =>
				request.url === '/jwks.json' ? listener(request, response) : publishAll(request, response),
			)
			await Promise.all(Array.from({ length: 20 }, () => signsIn('RS256')))
			await signsIn('RS256')
			expect(warnings).toEqual([[{ err: expect.any(Error) }, expect.any(String)]])
			laterBy(5_000)
			await signsIn('RS256')
			expect(warnings).toHaveLength(2)
			expect(inspect(warnings, { depth: 9 })).not.toContain(signed('RS256').split('.')[0])
		},
	)

	test('a successful fetch is not logged', async () => {
		const { signsIn, warnings } = await start(publishAll)
		expect(await signsIn('RS256')).toBe(true)
		expect(await signsIn('RS256', { kid: 'unknown' })).toBe(false)
		expect(warnings).toEqual([])
	})

	test.each([
		['of an unknown type', { kty: 'AKP', kid: 'post-quantum', pub: 'AAAA' }],
		['that is incomplete', { kty: 'RSA', kid: 'broken', n: 7 }],
		['that is null', null],
		['without a name', { ...toJwk(keys.RS256, ''), kid: undefined }],
	])('the keys are used when the JWKS has another one %s', async (_what, odd) => {
		const { signsIn } = await start(publish(odd as object, toJwk(keys.ES256, 'ES256')))
		expect(await signsIn('ES256')).toBe(true)
	})
})
