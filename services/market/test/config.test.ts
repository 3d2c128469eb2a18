import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ConfigError } from '@mercat/service/variables'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readMarketConfig } from '../src/config.ts'

const secret = 'a-secret-that-nobody-may-ever-see-in-a-message'
const good = { DATABASE_URL: 'pglite:memory', CATALOG_ADDRESS: 'dns:///catalog:50051', JWT_SECRET: secret }

let folder: string
beforeAll(() => {
	folder = mkdtempSync(join(tmpdir(), 'mercat-config-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

function problemsOf(env: NodeJS.ProcessEnv): readonly string[] {
	try {
		readMarketConfig(env)
	} catch (error) {
		expect(error).toBeInstanceOf(ConfigError)
		return (error as ConfigError).problems
	}
	return []
}

function sourcesFile(settings: unknown): string {
	const path = join(folder, 'sources.json')
	writeFileSync(path, JSON.stringify(settings))
	return path
}

test('without sources the service has none', () => {
	expect(readMarketConfig(good)).toMatchObject({
		catalogAddress: 'dns:///catalog:50051',
		sources: [],
		retention: { ticks: 3_600_000, '1s': 86_400_000 },
	})
})

test('the REST API has its port, and its limits as those of the order service', () => {
	expect(readMarketConfig(good)).toMatchObject({
		port: 8_090,
		rateLimit: 1_200,
		requestBudgetMs: 2_000,
		corsOrigins: [],
	})
	const env = { ...good, MARKET_PORT: '0', CORS_ORIGINS: 'https://shop.example', RATE_LIMIT: '10' }
	expect(readMarketConfig(env)).toMatchObject({ port: 0, rateLimit: 10, corsOrigins: ['https://shop.example'] })
	expect(problemsOf({ ...good, MARKET_PORT: '65536', CORS_ORIGINS: 'shop.example' })).toEqual([
		'MARKET_PORT must be a whole number from 0 to 65535',
		expect.stringMatching(/^CORS_ORIGINS must be a list of origins/),
	])
})

test('the sources come from a file', () => {
	const path = sourcesFile({ sources: [{ name: 'metals', url: 'wss://metals.example' }] })
	expect(readMarketConfig({ ...good, MARKET_SOURCES: path }).sources).toMatchObject([{ name: 'metals' }])
})

test('every problem is named at once', () => {
	const path = sourcesFile({ sources: [{ name: 'metals', url: 'http://metals.example' }, { name: 'oil' }] })
	const env = { ...good, CATALOG_ADDRESS: '', MARKET_SOURCES: path, MARKET_RETENTION: '1s=1h' }
	expect(problemsOf(env)).toEqual([
		'CATALOG_ADDRESS is required',
		'MARKET_RETENTION must keep 1s for at least 2h',
		`MARKET_SOURCES ${path}: source metals: url must be a ws: or wss: URL, or { "env": "VARIABLE" } with one`,
		`MARKET_SOURCES ${path}: source oil: url is required`,
	])
})

test('a service that verifies tokens by a JWKS cannot sign its own', () => {
	const { JWT_SECRET: _, ...rest } = good
	const jwks = { ...rest, JWT_JWKS_URL: 'https://auth.example/jwks' }
	expect(problemsOf(jwks)).toEqual(['CATALOG_TOKEN is required with JWT_JWKS_URL'])
	expect(problemsOf({ ...jwks, CATALOG_TOKEN: 'token' })).toEqual([])
})

test('sales are counted only with the address of the order service', () => {
	expect(readMarketConfig(good).orderAddress).toBeUndefined()
	const env = { ...good, ORDER_ADDRESS: 'http://order:8080', EVENTS_TOKEN: 'token' }
	expect(readMarketConfig(env)).toMatchObject({ orderAddress: 'http://order:8080', eventsToken: 'token' })
	for (const ORDER_ADDRESS of ['order:8080', 'http://order:8080/v1', 'http://me:secret@order']) {
		expect(problemsOf({ ...good, ORDER_ADDRESS })).toEqual([
			'ORDER_ADDRESS must be an http: or https: URL without a path and without a password',
		])
	}
})

test('a service that verifies tokens by a JWKS cannot sign one for the log of events', () => {
	const { JWT_SECRET: _, ...rest } = good
	const jwks = {
		...rest,
		JWT_JWKS_URL: 'https://auth.example/jwks',
		CATALOG_TOKEN: 'token',
		ORDER_ADDRESS: 'http://order:8080',
	}
	expect(problemsOf(jwks)).toEqual(['EVENTS_TOKEN is required with JWT_JWKS_URL and ORDER_ADDRESS'])
	expect(problemsOf({ ...jwks, EVENTS_TOKEN: 'token' })).toEqual([])
})

test('bars of a second are kept until no late tick can come', () => {
	const path = sourcesFile({ sources: [{ name: 'metals', url: 'wss://metals.example', maxAgeS: 7_200 }] })
	const env = { ...good, MARKET_SOURCES: path }
	expect(problemsOf({ ...env, MARKET_RETENTION: '1s=2h' })).toEqual([
		'MARKET_RETENTION must keep 1s for at least an hour longer than maxAgeS of the source metals',
	])
	expect(problemsOf({ ...env, MARKET_RETENTION: '1s=3h' })).toEqual([])
})
