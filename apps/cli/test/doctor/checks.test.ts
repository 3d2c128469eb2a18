import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Metadata, status } from '@grpc/grpc-js'
import { createAuthority, writePemFiles } from '@mercat/order/testing/certificates'
import { expect, test } from 'vitest'
import { describeCallError } from '../../src/catalog/call-error.ts'
import { checkConfiguration } from '../../src/doctor/check-configuration.ts'
import { describeDatabase } from '../../src/doctor/check-database.ts'
import { checkMarket } from '../../src/doctor/check-market.ts'
import { checkOrders } from '../../src/doctor/check-orders.ts'
import { clockFault } from '../../src/doctor/clock-fault.ts'

const noon = Date.parse('2026-11-29T12:00:00Z')

test('a wrong variable is named without its value, and two that do not fit are, too', () => {
	const { isWrong, sentence } = checkConfiguration({
		CATALOG_PORT: 'hidden',
		WEBHOOK_URLS: 'https://hook.example/hidden',
	})
	expect(isWrong).toBe(true)
	expect(sentence).toContain('CATALOG_PORT must be a whole number from 0 to 65535')
	expect(sentence).toContain('WEBHOOK_SECRET is required with WEBHOOK_URLS')
	expect(sentence).not.toContain('hidden')
})

test('a wrong variable of the market is named, unless the market is left out', () => {
	const env = { JWT_SECRET: 'a secret of at least thirty-two bytes', MARKET_RETENTION: '1s=long' }
	expect(checkConfiguration(env).sentence).toContain('MARKET_RETENTION ')
	expect(checkConfiguration({ ...env, MARKET: 'false' }).isWrong).toBe(false)
})

test('a secret of its own, or keys behind a URL, are valid', () => {
	const secret = { JWT_SECRET: 'a secret of at least thirty-two bytes' }
	const keys = { JWT_JWKS_URL: 'https://login.example/keys', CATALOG_TOKEN: 'a token' }
	for (const env of [secret, keys]) {
		expect(checkConfiguration(env)).toEqual({
			subject: 'configuration',
			isWrong: false,
			sentence: 'all variables are valid',
		})
	}
})

test('a name that is almost that of a variable is told, and any other name is not', () => {
	const env = { JWT_SECRET: 'a secret of at least thirty-two bytes' }
	const near = { ORDER_PROT: '1', WEBHOOK_URL: 'x', CATALOGPORT: '2', JWT_SECERT_FILE: 'x', log_level: 'warn' }
	const { isWrong, sentence } = checkConfiguration({
		...env,
		...near,
		HOME: '/',
		HOSTNAME: 'x',
		MERCAT_TOKEN: 't',
		SHOP: 'x',
	})
	expect(isWrong).toBe(false)
	expect(sentence.split('; ')).toEqual([
		'all variables are valid',
		'ORDER_PROT is not read: is it ORDER_PORT?',
		'WEBHOOK_URL is not read: is it WEBHOOK_URLS?',
		'CATALOGPORT is not read: is it CATALOG_PORT?',
		'JWT_SECERT_FILE is not read: is it JWT_SECRET?',
		'log_level is not read: is it LOG_LEVEL?',
	])
})

test('a missing certificate of the catalog is told, because only a caller needs none', async () => {
	await using ours = await writePemFiles(await createAuthority('ours'))
	const { isWrong, sentence } = checkConfiguration({ GRPC_TLS_CA: ours.certPath })
	expect(isWrong).toBe(false)
	expect(sentence).toContain('where the catalog runs, GRPC_TLS_CERT and GRPC_TLS_KEY are required with GRPC_TLS_CA')
})

test('a catalog that answers nothing is told in a plain sentence', () => {
	const details = 'Deadline exceeded after 5.002s,name resolution: 0.001s'
	const error = Object.assign(new Error(details), { code: status.DEADLINE_EXCEEDED, details, metadata: new Metadata() })
	expect(describeCallError(error, 'dns:///catalog:50051')).toBe(
		'the catalog at catalog:50051 does not answer: nothing came in time',
	)
})

test.each([
	[200, undefined],
	[403, undefined],
	[401, /refuses tokens of this command/],
	[502, /answered a request for orders with 502: read its log/],
])('an order service that answers with %i accepts the token, or does not', async (answered, fault) => {
	const server = createServer(({ url }, response) => {
		if (url === '/livez' || url === '/readyz') response.end('{"status":"ok"}')
		else response.writeHead(answered).end('{"code":"UNKNOWN_PRODUCT","webhooks":[]}')
	}).listen(0, '127.0.0.1')
	await using _server = server
	await once(server, 'listening')
	const [{ isWrong, sentence } = { isWrong: true, sentence: '' }] = await checkOrders(
		`http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		'token',
	)
	expect(isWrong).toBe(fault !== undefined)
	if (fault !== undefined) expect(sentence).toMatch(fault)
})

const sending = { name: 'metals', configured: true, followed: true, stale: false }
const removed = { name: 'old', configured: false, followed: false, stale: true }

test.each([
	{ name: 'works', sources: [sending], said: /; its source sends prices$/ },
	{ name: 'has no sources', sources: [], said: /; it has no sources$/ },
	{ name: 'had a source that is removed', sources: [removed], said: /; it has no sources$/ },
	{ name: 'had one more source', sources: [removed, sending], said: /; its source sends prices$/ },
	{
		name: 'does not let the token see its sources',
		status: 403,
		said: /; its sources were not looked at, as MERCAT_TOKEN/,
	},
	{ name: 'refuses the token', status: 401, fault: /but it refuses tokens of this command: JWT_SECRET/ },
	{
		name: 'is not ready',
		ready: 503,
		sources: [sending],
		fault: /but it cannot apply prices: it does not reach the catalog/,
	},
	{
		name: 'has a source that sends nothing, and one that nobody follows',
		sources: [{ ...sending, stale: true }, { ...sending, name: 'oil', followed: false, stale: true }, sending],
		fault:
			/but prices stand still of the source metals \(it sends nothing\) and of oil \(nobody follows it\): read the log/,
	},
])(
	'a market that $name is told as such',
	async ({ ready = 200, status: answered = 200, sources = [], said, fault }) => {
		const server = createServer(({ url }, response) => {
			if (url === '/livez') response.end('{"status":"ok"}')
			else if (url === '/readyz') response.writeHead(ready).end()
			else response.writeHead(answered).end(JSON.stringify({ sources }))
		}).listen(0, '127.0.0.1')
		await using _server = server
		await once(server, 'listening')
		const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
		const { isWrong, sentence } = await checkMarket(url, 'token')
		expect(isWrong).toBe(fault !== undefined)
		expect(sentence).toMatch((said ?? fault) as RegExp)
	},
)

test.each([
	['a clock that agrees', noon + 50, undefined],
	['a clock that differs by less than five seconds', noon + 4_000, undefined],
	['a clock that is ahead', noon + 60_100, 'its clock is 60 s ahead of'],
	['a clock that is behind', noon - 60_000, 'its clock is 60 s behind'],
])('%s is told as such', (_name, otherMs, fault) => {
	const found = clockFault(otherMs, noon, noon + 100)
	if (fault === undefined) expect(found).toBeUndefined()
	else expect(found).toContain(fault)
})

test('a clock that tells whole seconds is not behind within its second', () => {
	expect(clockFault(noon - 5_500, noon, noon + 100)).toBeDefined()
	expect(clockFault(noon - 5_500, noon, noon + 100, 1_000)).toBeUndefined()
})

test('everything that is wrong with a database is told', () => {
	const facts = {
		serverVersion: 140_009,
		appliedMigration: 6,
		newestMigration: 6,
		clockMs: noon,
		beforeMs: noon,
		afterMs: noon,
		isWritable: false,
	}
	const { isWrong, sentence } = describeDatabase('order database', 'order', facts)
	expect([isWrong, sentence]).toEqual([
		true,
		'its server is PostgreSQL 14: use PostgreSQL 15 or later; nothing can be written: name the primary server, and the user who owns the database',
	])
})
