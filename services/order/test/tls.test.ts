import { readCatalogConfig } from '@mercat/catalog/config'
import { startCatalog } from '@mercat/catalog/server'
import { createTestDatabase } from '@mercat/database/testing/test-database'
import { createLog } from '@mercat/service/log'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readOrderConfig } from '../src/config.ts'
import { startOrder } from '../src/server.ts'
import { createAuthority, writePemFiles } from './certificates.ts'
import { jwtSecret } from './start-services.ts'

type Variables = Record<string, string>

const common = { PORT: '0', JWT_SECRET: jwtSecret, LOG_LEVEL: 'silent' }
const log = createLog('test', 'silent')
const plaintext: Variables = {}

describe('between order service and catalog', () => {
	const opened = new AsyncDisposableStack()
	let [catalogUrl, orderUrl] = ['', '']
	// The settings of a service with a certificate; trusting the peer's authority, or another.
	let catalogTls: Variables
	let [own, stranger]: Variables[] = []
	let [trusting, trustingAnother]: Variables[] = []

	beforeAll(async () => {
		catalogUrl = opened.use(await createTestDatabase('postgres')).url
		orderUrl = opened.use(await createTestDatabase('postgres')).url
		const [ours, theirs] = await Promise.all([createAuthority('ours'), createAuthority('theirs')])
		const settings = async (signed: Parameters<typeof writePemFiles>[0]) => {
			const { certPath, keyPath } = opened.use(await writePemFiles(signed))
			return { GRPC_TLS_CERT: certPath, GRPC_TLS_KEY: keyPath }
		}
		catalogTls = await settings(await ours.sign('catalog'))
		own = await settings(await ours.sign('order'))
		stranger = await settings(await theirs.sign('order'))
		trusting = { GRPC_TLS_CA: opened.use(await writePemFiles(ours)).certPath }
		trustingAnother = { GRPC_TLS_CA: opened.use(await writePemFiles(theirs)).certPath }
	})
	afterAll(() => opened.disposeAsync())

	/** What the order service answers that reads the catalog over a connection with these settings. */
	async function statuses(catalogSettings: Variables, orderSettings: Variables) {
		await using running = new AsyncDisposableStack()
		const catalogConfig = readCatalogConfig({ ...common, DATABASE_URL: catalogUrl, ...catalogSettings })
		const catalog = running.adopt(await startCatalog(catalogConfig, log), ({ close }) => close())
		const orderConfig = readOrderConfig({
			...common,
			DATABASE_URL: orderUrl,
			CATALOG_ADDRESS: `127.0.0.1:${catalog.address.port}`,
			REQUEST_BUDGET_MS: '5000',
			...orderSettings,
		})
		const order = running.adopt(await startOrder(orderConfig, log), ({ close }) => close())
		const get = async (path: string) => (await fetch(`http://127.0.0.1:${order.address.port}${path}`)).status
		return { products: await get('/v1/products'), readyz: await get('/readyz') }
	}

	const served = { products: 200, readyz: 200 }
	const refused = { products: 503, readyz: 503 }

	test('TLS serves whoever trusts the authority of the catalog, and nobody else', async () => {
		expect(await statuses(catalogTls, { ...trusting })).toEqual(served)
		expect(await statuses(catalogTls, { ...trustingAnother })).toEqual(refused)
		expect(await statuses(catalogTls, plaintext)).toEqual(refused)
	})

	test('a client that expects TLS does not talk to a catalog without', async () => {
		expect(await statuses(plaintext, { ...trusting })).toEqual(refused)
	})

	test('mTLS serves clients with a certificate of the authority, and nobody else', async () => {
		const mutual = { ...catalogTls, ...trusting, GRPC_TLS_REQUIRE_CLIENT_CERT: 'true' }
		expect(await statuses(mutual, { ...trusting, ...own })).toEqual(served)
		expect(await statuses(mutual, { ...trusting })).toEqual(refused)
		expect(await statuses(mutual, { ...trusting, ...stranger })).toEqual(refused)
		expect(await statuses(mutual, plaintext)).toEqual(refused)
	})

	test('a catalog that serves beyond this machine without TLS says so', async () => {
		const warnings = async (settings: Variables) => {
			const warned: unknown[] = []
			const listening = Object.assign(createLog('test', 'silent'), {
				warn: (...words: unknown[]) => warned.push(words),
			})
			const config = readCatalogConfig({ ...common, DATABASE_URL: catalogUrl, ...settings })
			await (await startCatalog(config, listening)).close()
			return warned.length
		}
		expect(await warnings({ HOST: '0.0.0.0' })).toBe(1)
		expect(await warnings({ HOST: '0.0.0.0', ...catalogTls })).toBe(0)
		expect(await warnings({ HOST: '127.0.0.1' })).toBe(0)
	})
})
