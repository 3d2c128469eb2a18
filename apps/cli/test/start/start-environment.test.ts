import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readCatalogConfig } from '@mercat/catalog/config'
import { readMarketConfig } from '@mercat/market/config'
import { readOrderConfig } from '@mercat/order/config'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { catalogEnvironment, marketEnvironment, orderEnvironment } from '../../src/start/start-environment.ts'
import { readStartSettings } from '../../src/start/start-settings.ts'

let parent: string
let dataDir: string
beforeEach(() => {
	parent = mkdtempSync(join(tmpdir(), 'mercat-environment-'))
	dataDir = join(parent, 'new', 'data')
})
afterEach(() => rmSync(parent, { recursive: true }))

/** The configuration that the order service has under `mercat start`. */
function configUnder(env: NodeJS.ProcessEnv) {
	const own = { DATA_DIR: dataDir, ...env }
	return readOrderConfig(orderEnvironment(readStartSettings(own), { catalog: '127.0.0.1:1' }, own))
}

/** The environment that the market has under `mercat start`. */
function marketUnder(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
	const own = { DATA_DIR: dataDir, ...env }
	return marketEnvironment(readStartSettings(own), { catalog: '127.0.0.1:1', orders: '127.0.0.1:2' }, own)
}

test('mercat start makes a key for secrets once, and nobody else may read it', () => {
	const { secretsKeys } = configUnder({})
	expect(secretsKeys).toHaveLength(1)
	expect(readFileSync(join(dataDir, 'secrets-key'), 'utf8').trim()).toBe(secretsKeys[0])
	expect(statSync(join(dataDir, 'secrets-key')).mode & 0o777).toBe(0o600)
	expect(configUnder({ SECRETS_KEY: '', SECRETS_KEY_FILE: '' }).secretsKeys).toEqual(secretsKeys)
})

test('mercat start makes another key in another folder', () => {
	const { secretsKeys } = configUnder({})
	expect(configUnder({ DATA_DIR: join(parent, 'other') }).secretsKeys).not.toEqual(secretsKeys)
})

test('mercat start uses the key that SECRETS_KEY or SECRETS_KEY_FILE gives', () => {
	const file = configUnder({}).secretsKeys
	const own = 'a-key-of-32-bytes-is-long-enough'
	expect(configUnder({ SECRETS_KEY: own }).secretsKeys).toEqual([own])
	const given = { DATA_DIR: join(parent, 'other'), SECRETS_KEY_FILE: join(dataDir, 'secrets-key') }
	expect(configUnder(given).secretsKeys).toEqual(file)
})

test('mercat start permits webhooks to this machine unless told otherwise', () => {
	expect(configUnder({}).allowPrivateWebhooks).toBe(true)
	expect(configUnder({ WEBHOOK_ALLOW_PRIVATE: 'false' }).allowPrivateWebhooks).toBe(false)
})

test('mercat start serves the console unless told otherwise', () => {
	expect(configUnder({}).console).toBe(true)
	expect(configUnder({ CONSOLE: 'false' }).console).toBe(false)
})

test('mercat start gives METRICS_PORT to the order service, and the next two ports to the catalog and the market', () => {
	const portsUnder = (env: NodeJS.ProcessEnv) => {
		const catalog = catalogEnvironment(readStartSettings({ DATA_DIR: dataDir, ...env }), env)
		const market = readMarketConfig(marketUnder(env))
		return [configUnder(env).metricsPort, readCatalogConfig(catalog).metricsPort, market.metricsPort]
	}
	expect(portsUnder({ METRICS_PORT: '9464' })).toEqual([9464, 9465, 9466])
	expect(portsUnder({})).toEqual([undefined, undefined, undefined])
	expect(() => portsUnder({ METRICS_PORT: '65534' })).toThrow('METRICS_PORT must be a whole number from 0 to 65533')
})

test('mercat start tells the market where the others are, whatever the environment says', () => {
	const given = { CATALOG_ADDRESS: 'elsewhere:1', ORDER_ADDRESS_FILE: '/none', MARKET_PORT: '1234', PORT: '1' }
	expect(marketUnder(given)).toMatchObject({
		CATALOG_ADDRESS: '127.0.0.1:1',
		ORDER_ADDRESS: 'http://127.0.0.1:2',
		DATABASE_URL: `pglite:${join(dataDir, 'market')}`,
		MARKET_PORT: '1234',
		MARKET_GRPC_PORT: '50052',
	})
	expect(marketUnder(given)).not.toHaveProperty('ORDER_ADDRESS_FILE')
})

test('mercat start lets pages of the console call the market, besides those that CORS_ORIGINS has', () => {
	const console = 'http://127.0.0.1:2,http://localhost:2'
	expect(marketUnder({})['CORS_ORIGINS']).toBe(`${console},`)
	expect(marketUnder({ CORS_ORIGINS: 'https://shop.example' })['CORS_ORIGINS']).toBe(`${console},https://shop.example`)
	expect(marketUnder({ CORS_ORIGINS: '*' })['CORS_ORIGINS']).toBe('*')
})

test('mercat start tells the order service where the market is, unless told otherwise or without a market', () => {
	const urlUnder = (env: NodeJS.ProcessEnv, market?: string) => {
		const settings = readStartSettings({ DATA_DIR: dataDir, ...env })
		return orderEnvironment(settings, { catalog: '127.0.0.1:1', market }, env)['MARKET_URL']
	}
	expect(urlUnder({}, '127.0.0.1:3')).toBe('http://127.0.0.1:3')
	expect(urlUnder({ MARKET_URL: 'https://market.example' }, '127.0.0.1:3')).toBe('https://market.example')
	expect(urlUnder({})).toBeUndefined()
})
