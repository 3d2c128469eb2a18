import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { signToken } from '@mercat/service/tokens'
import { eventually } from '@mercat/testing/eventually'
import { runMercat } from '@mercat/testing/run-mercat'
import { expect, test } from 'vitest'
import { createWebhooksClient } from '../../src/webhooks/webhooks-client.ts'
import { copyDatabases } from '../audit/audit-databases.ts'
import { useHealthyShop } from '../audit/use-healthy-shop.ts'
import { readResult, startSystem } from './start-system.ts'

const healthy = useHealthyShop()
// fetch refuses port 1 by itself.
const nothingRuns = ['--catalog', '127.0.0.1:2', '--orders', 'http://127.0.0.1:2', '--market', 'http://127.0.0.1:2']

test('mercat doctor finds nothing wrong with two services that work', async () => {
	await using system = await startSystem()
	const database = expect.stringMatching(
		/^ok: PostgreSQL \d+ can be written, its schema has the version \d+, and its clock agrees with this machine's$/,
	)
	expect(await system.doctor()).toEqual({
		exitCode: 0,
		stderr: '',
		lines: {
			configuration: 'ok: all variables are valid',
			'catalog database': database,
			'order database': database,
			'catalog service': expect.stringMatching(/^ok: 127\.0\.0\.1:\d+ serves, and accepts tokens of this command$/),
			'order service': expect.stringMatching(
				/^ok: http:\S+\d can write its database, reaches the catalog, and accepts tokens of this command; the catalog accepts its token$/,
			),
			webhooks: 'ok: there are none',
			'market service': 'ok: it is left out, because MARKET is false',
		},
	})
})

test('mercat doctor looks at a market, and says which of its sources sends nothing', async () => {
	await using system = await startSystem()
	const market = await system.startMarket()
	expect((await system.doctor({}, market)).lines).toMatchObject({
		'market database': expect.stringMatching(/^ok: PostgreSQL \d+ can be written, its schema has the version \d+/),
		'market service': expect.stringMatching(
			/^ok: http:\S+\d can write its database, reaches the catalog, and accepts tokens of this command; it has no sources$/,
		),
	})
	const folder = mkdtempSync(join(tmpdir(), 'mercat-doctor-'))
	const file = join(folder, 'sources.json')
	const silent = { name: 'metals', url: 'ws://127.0.0.1:2/', allowPrivate: true, staleAfterS: 1 }
	writeFileSync(file, JSON.stringify({ sources: [silent] }))
	const withSource = await system.startMarket({ MARKET_SOURCES: file })
	rmSync(folder, { recursive: true })
	await eventually(async () => {
		const { exitCode, lines } = await system.doctor({}, withSource)
		expect(exitCode).toBe(1)
		expect(lines['market service']).toMatch(/^WRONG: .+ answers, but prices stand still of the source metals /)
	})
})

test('mercat doctor says that the catalog does not answer, and that the order service cannot place orders', async () => {
	await using system = await startSystem()
	await system.stopCatalog()
	const { exitCode, lines } = await system.doctor()
	expect(exitCode).toBe(1)
	expect(lines).toMatchObject({
		'catalog database': expect.stringMatching(/^ok: /),
		'catalog service': expect.stringMatching(
			/^WRONG: the catalog at \S+ does not answer: .+; start it, or name its address/,
		),
		'order service': expect.stringMatching(/^WRONG: .+ it cannot place orders: it does not reach the catalog/),
	})
})

test('mercat doctor says that JWT_SECRET differs from that of the services', async () => {
	await using system = await startSystem()
	const { exitCode, lines } = await system.doctor({ JWT_SECRET: 'the secret of some other services' })
	expect(exitCode).toBe(1)
	expect(lines).toMatchObject({
		'catalog service': expect.stringMatching(/^WRONG: .+ refuses the token: .*JWT_SECRET/),
		'order service': expect.stringMatching(/^WRONG: .+ refuses tokens of this command: JWT_SECRET/),
	})
})

test('mercat doctor says that the catalog drains, and not that it should be started', async () => {
	await using system = await startSystem()
	system.drainCatalog()
	const { lines } = await system.doctor()
	expect(lines['catalog service']).toMatch(
		/^WRONG: \S+ answers, but does not serve: it is shutting down, or cannot write/,
	)
	expect(lines['catalog service']).not.toContain('start it')
})

test('mercat doctor says that the catalog refuses the token of the order service', async () => {
	await using system = await startSystem({ CATALOG_TOKEN: 'not a token' })
	const { exitCode, lines } = await system.doctor()
	expect(exitCode).toBe(1)
	expect(lines).toMatchObject({
		'catalog service': expect.stringMatching(/^ok: /),
		'order service': expect.stringMatching(
			/^WRONG: .+ the catalog refuses its calls: CATALOG_TOKEN of the order service must/,
		),
	})
})

test('mercat doctor says which webhook fails, since when and why', async () => {
	await using system = await startSystem()
	const issuer = { secret: system.secret, issuer: 'mercat', audience: 'mercat' }
	const scope = 'webhooks:manage catalog:write orders:write'
	const token = signToken(issuer, { subject: 'alice', scope, lifetimeMs: 86_400_000 })
	const webhook = { url: 'http://127.0.0.1:2/events', types: ['*'] }
	const client = createWebhooksClient({ url: system.orders, token })
	const { id } = await client.create(webhook)
	await system.placeOrder(token)
	await eventually(
		async () => {
			const { deliveries } = await client.deliveries(id, { state: 'pending', pageSize: 1 })
			expect(deliveries[0]?.attempts.length).toBeGreaterThan(0)
		},
		{ interval: 100 },
	)
	const { exitCode, lines } = await system.doctor()
	expect(exitCode).toBe(1)
	expect(lines['webhooks']).toMatch(
		new RegExp(
			`^WRONG: ${id} to ${webhook.url} fails since \\S+Z, 1 delivery pending, the last attempt: no answer .+: mend the receiver`,
		),
	)
})

test('mercat doctor does not claim what a token without the scopes cannot show', async () => {
	await using system = await startSystem()
	const issuer = { secret: system.secret, issuer: 'mercat', audience: 'mercat' }
	const MERCAT_TOKEN = signToken(issuer, { subject: 'alice', scope: 'orders:read', lifetimeMs: 86_400_000 })
	const { lines } = await system.doctor({ MERCAT_TOKEN })
	expect(lines).toMatchObject({
		'order service': expect.stringMatching(
			/^ok: .+; whether the catalog accepts its token was not tried, as MERCAT_TOKEN lacks/,
		),
		webhooks: expect.stringMatching(/^ok: they were not looked at: FORBIDDEN: .*webhooks:manage/),
	})
})

test('mercat doctor names the form that the URL of a database must have, and not what it has', async () => {
	const { lines } = readResult(await runMercat(['doctor', '--order-db', 'mysql://root:hidden@db/x', ...nothingRuns]))
	expect(lines['order database']).toBe('WRONG: --order-db must be a postgres: or pglite: URL')
})

test('mercat doctor says which schema is too old, and which is too new', async () => {
	await using copy = await copyDatabases(healthy.urls, {
		catalog: [
			'update schema_version set version = version + 90 where version = (select max(version) from schema_version)',
		],
		order: ['delete from schema_version where version = (select max(version) from schema_version)'],
	})
	const databases = ['--catalog-db', copy.urls.catalog, '--order-db', copy.urls.order]
	const { lines } = readResult(await runMercat(['doctor', ...databases, ...nothingRuns]))
	expect(lines).toMatchObject({
		'catalog database': expect.stringMatching(
			/^WRONG: its schema has the version 9\d, and this version of Mercat knows only \d: use the version/,
		),
		'order database': expect.stringMatching(
			/^WRONG: its schema has the version \d, and this version of Mercat needs \d: start the order service/,
		),
	})
})

test('mercat doctor says what is missing where nothing was started', async () => {
	const folder = mkdtempSync(join(tmpdir(), 'mercat-doctor-'))
	const result = readResult(await runMercat(['doctor', ...nothingRuns], { DATA_DIR: folder }))
	rmSync(folder, { recursive: true })
	expect(result).toMatchObject({
		exitCode: 1,
		lines: {
			configuration: expect.stringMatching(/^ok: .+ the development secret, which is public: set JWT_SECRET/),
			'catalog database': expect.stringMatching(/^WRONG: \S+ there is no embedded database: start Mercat here first/),
			'order database': expect.stringMatching(/^WRONG: \S+ there is no embedded database: start Mercat here first/),
			'market database': expect.stringMatching(/^WRONG: \S+ there is no embedded database: start Mercat here first/),
			'catalog service': expect.stringMatching(/^WRONG: .+ does not answer/),
			'order service': expect.stringMatching(/^WRONG: http:\S+ does not answer \(.*ECONNREFUSED.*\): start it/),
			'market service': expect.stringMatching(
				/^WRONG: http:\S+ does not answer .+, or set MARKET=false if there is none$/,
			),
		},
	})
})
