import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readCatalogConfig } from '@mercat/catalog/config'
import { startCatalog } from '@mercat/catalog/server'
import { createLog } from '@mercat/service/log'
import { ConfigError } from '@mercat/service/variables'
import { createTestDatabase } from '@mercat/testing/test-database'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readOrderConfig } from '../../src/config.ts'
import { startOrder } from '../../src/server.ts'
import { jwtSecret } from '../tokens.ts'
import { createAuthority, writePemFiles } from './certificates.ts'

type Variables = Record<string, string>

const common = { PORT: '0', JWT_SECRET: jwtSecret, LOG_LEVEL: 'silent' }
const log = createLog('test', 'silent')
const plaintext: Variables = {}

describe('TLS between the order service and the catalog', () => {
	const opened = new AsyncDisposableStack()
	let [catalogUrl, orderUrl] = ['', '']
	// Settings with a certificate of the service, of the authority of its peer or of another, and settings that trust one
	// of them.
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

	/** The statuses of an order service and a catalog that run with these settings. */
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

	test('a catalog with TLS serves only a client that trusts its authority', async () => {
		expect(await statuses(catalogTls, { ...trusting })).toEqual(served)
		expect(await statuses(catalogTls, { ...trustingAnother })).toEqual(refused)
		expect(await statuses(catalogTls, plaintext)).toEqual(refused)
	})

	test('a client with TLS refuses a catalog without TLS', async () => {
		expect(await statuses(plaintext, { ...trusting })).toEqual(refused)
	})

	test('a catalog with mTLS serves only a client with a certificate of its authority', async () => {
		const mutual = { ...catalogTls, ...trusting, GRPC_TLS_REQUIRE_CLIENT_CERT: 'true' }
		expect(await statuses(mutual, { ...trusting, ...own })).toEqual(served)
		expect(await statuses(mutual, { ...trusting })).toEqual(refused)
		expect(await statuses(mutual, { ...trusting, ...stranger })).toEqual(refused)
		expect(await statuses(mutual, plaintext)).toEqual(refused)
	})

	test('a catalog that serves other machines without TLS logs a warning', async () => {
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

describe('the TLS settings', () => {
	const opened = new AsyncDisposableStack()
	// Paths of the files of a certificate, of the key of another one, and of files without certificates.
	let [cert, key, otherKey, ca, text, missing]: string[] = []
	beforeAll(async () => {
		const authority = await createAuthority('ours')
		const own = opened.use(await writePemFiles(await authority.sign('hunter2')))
		const other = opened.use(await writePemFiles(await authority.sign('hunter2')))
		;[cert, key, otherKey] = [own.certPath, own.keyPath, other.keyPath]
		ca = opened.use(await writePemFiles(authority)).certPath
		text = join(dirname(own.certPath), 'hunter2.pem')
		missing = join(dirname(own.certPath), 'missing.pem')
		await writeFile(text, 'hunter2')
	})
	afterAll(() => opened.disposeAsync())

	const services = {
		catalog: (settings: NodeJS.ProcessEnv) =>
			readCatalogConfig({ ...common, DATABASE_URL: 'pglite:memory', ...settings }),
		order: (settings: NodeJS.ProcessEnv) =>
			readOrderConfig({ ...common, DATABASE_URL: 'pglite:memory', CATALOG_ADDRESS: 'catalog:1', ...settings }),
	}

	function messageOf(read: () => unknown): string {
		try {
			read()
		} catch (error) {
			expect(error).toBeInstanceOf(ConfigError)
			return (error as Error).message
		}
		throw new Error('the configuration was accepted')
	}

	describe.each(['catalog', 'order'] as const)('of the %s service', (service) => {
		test.each<[string, () => Variables, string[]]>([
			['a certificate without a key', () => ({ GRPC_TLS_CERT: cert! }), ['GRPC_TLS_CERT', 'GRPC_TLS_KEY']],
			['a key without a certificate', () => ({ GRPC_TLS_KEY: key! }), ['GRPC_TLS_CERT', 'GRPC_TLS_KEY']],
			['a missing file for a certificate', () => ({ GRPC_TLS_CERT: missing!, GRPC_TLS_KEY: key! }), ['GRPC_TLS_CERT']],
			['a missing file for a key', () => ({ GRPC_TLS_CERT: cert!, GRPC_TLS_KEY: missing! }), ['GRPC_TLS_KEY']],
			['text for a certificate', () => ({ GRPC_TLS_CERT: text!, GRPC_TLS_KEY: key! }), ['GRPC_TLS_CERT']],
			['text for a key', () => ({ GRPC_TLS_CERT: cert!, GRPC_TLS_KEY: text! }), ['GRPC_TLS_KEY']],
			['the key of another certificate', () => ({ GRPC_TLS_CERT: cert!, GRPC_TLS_KEY: otherKey! }), ['GRPC_TLS_KEY']],
			[
				'a missing file for an authority',
				() => ({ GRPC_TLS_CERT: cert!, GRPC_TLS_KEY: key!, GRPC_TLS_CA: missing! }),
				['GRPC_TLS_CA'],
			],
			[
				'a folder for an authority',
				() => ({ GRPC_TLS_CERT: cert!, GRPC_TLS_KEY: key!, GRPC_TLS_CA: dirname(cert!) }),
				['GRPC_TLS_CA'],
			],
			[
				'text for an authority',
				() => ({ GRPC_TLS_CERT: cert!, GRPC_TLS_KEY: key!, GRPC_TLS_CA: text! }),
				['GRPC_TLS_CA'],
			],
		])('TLS settings with %s are refused by the name of the variable', (_what, settings, names) => {
			const message = messageOf(() => services[service](settings()))
			for (const name of names) expect(message).toContain(name)
			expect(message).not.toContain('\n')
			expect(message).not.toContain('.pem')
			expect(message).not.toContain('hunter2')
		})

		test('TLS settings with valid files are accepted', () => {
			const settings = { GRPC_TLS_CERT: cert, GRPC_TLS_KEY: key, GRPC_TLS_CA: ca, GRPC_TLS_REQUIRE_CLIENT_CERT: 'true' }
			expect(services[service](settings).tls).toMatchObject({ certPath: cert, keyPath: key, caPath: ca })
		})

		test('TLS settings with missing files end the process with one line and exit code 1', async () => {
			const env = { ...common, PATH: process.env['PATH'], DATABASE_URL: 'pglite:memory', CATALOG_ADDRESS: 'catalog:1' }
			const main = fileURLToPath(import.meta.resolve(`@mercat/${service}/main`))
			const { code, stdout, stderr } = await new Promise<{ code: unknown; stdout: string; stderr: string }>((ended) => {
				execFile(
					process.execPath,
					[main],
					{ env: { ...env, GRPC_TLS_CERT: missing, GRPC_TLS_KEY: missing } },
					(error, stdout, stderr) => ended({ code: error?.code, stdout, stderr }),
				)
			})
			expect([code, stdout]).toEqual([1, ''])
			expect(stderr.trim().split('\n')).toHaveLength(1)
			expect(stderr).toContain('GRPC_TLS_CERT')
			expect(stderr).toContain('GRPC_TLS_KEY')
		})
	})

	test('an authority alone is enough for a client, and not enough for a server', () => {
		expect(services.order({ GRPC_TLS_CA: ca }).tls).toMatchObject({ caPath: ca })
		const message = messageOf(() => services.catalog({ GRPC_TLS_CA: ca }))
		expect(message).toContain('GRPC_TLS_CERT')
		expect(message).toContain('GRPC_TLS_KEY')
	})
})
