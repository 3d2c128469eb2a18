import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { Client, credentials, Metadata, type ServiceError, status } from '@grpc/grpc-js'
import { errorDetails } from '@mercat/catalog-api/errors'
import { openDatabase } from '@mercat/database/database'
import { eventually } from '@mercat/testing/eventually'
import { createTestDatabase } from '@mercat/testing/test-database'
import getPort from 'get-port'
import { afterEach, describe, expect, test } from 'vitest'
import { waitForLocks } from '../catalog-database.ts'
import { product, startCatalogOn, startTestCatalog, type TestCatalog, tokenFor, upserts } from '../start-catalog.ts'
import { withSession } from './raw-call.ts'

const shuttingDown = { code: status.UNAVAILABLE, reason: 'SHUTTING_DOWN' }
const clients: Client[] = []
afterEach(() => {
	for (const client of clients.splice(0)) client.close()
})

/** Opens a stream both ways of raw bytes. It tells of the first message that it gets, and of its end. */
function openStream({ address }: Pick<TestCatalog, 'address'>, path: string, request?: Buffer, scope?: string) {
	const metadata = new Metadata()
	if (scope !== undefined) metadata.set('authorization', `Bearer ${tokenFor(scope)}`)
	const client = new Client(address, credentials.createInsecure())
	clients.push(client)
	const bytes = (message: Buffer) => message
	const call = client.makeBidiStreamRequest(path, bytes, bytes, metadata)
	if (request !== undefined) call.write(request)
	const answered = Promise.withResolvers<void>()
	call.on('data', () => answered.resolve())
	const ended = new Promise<{ code: number; reason?: string | undefined; retryDelayMs?: number | undefined }>((end) => {
		call.on('error', (error: ServiceError) => end({ code: error.code, ...errorDetails(error) }))
		call.on('end', () => end({ code: status.OK }))
	})
	return { call, answered: answered.promise, ended }
}

const watchPath = '/grpc.health.v1.Health/Watch'
function openWatch(catalog: Pick<TestCatalog, 'address'>) {
	const watch = openStream(catalog, watchPath, Buffer.alloc(0))
	watch.call.end()
	return watch
}

// A HealthCheckResponse with the status NOT_SERVING.
const notServing = Buffer.from([0x08, 0x02])
// A ServerReflectionRequest with an empty list_services.
const listServices = Buffer.from([0x3a, 0x00])
const importPath = '/mercat.catalog.v1.CatalogService/ImportProducts'

describe('a shutdown ends', () => {
	test.each(['v1', 'v1alpha'])('an idle stream of reflection %s', async (version) => {
		await using catalog = await startTestCatalog('postgres')
		const path = `/grpc.reflection.${version}.ServerReflection/ServerReflectionInfo`
		const stream = openStream(catalog, path, listServices)
		await stream.answered
		await catalog.stop()
		expect(await stream.ended).toMatchObject(shuttingDown)
	})

	test('a watch of the health, after it has told that the catalog does not serve', async () => {
		await using catalog = await startTestCatalog('postgres')
		const watch = openWatch(catalog)
		await watch.answered
		const messages: Buffer[] = []
		watch.call.on('data', (message: Buffer) => messages.push(message))
		await catalog.stop()
		expect(await watch.ended).toMatchObject(shuttingDown)
		expect(messages).toEqual([notServing])
	})

	test('an import whose requests are all answered', async () => {
		await using catalog = await startTestCatalog('postgres')
		const stream = openStream(catalog, importPath, Buffer.alloc(0), 'catalog:write')
		await stream.answered
		await catalog.stop()
		expect(await stream.ended).toMatchObject(shuttingDown)
	})

	test('an import that is at work, after the answer to its request', async () => {
		await using testDatabase = await createTestDatabase('postgres')
		await using catalog = await startCatalogOn(testDatabase.url)
		await using database = await openDatabase(testDatabase.url)
		const metadata = new Metadata()
		metadata.set('authorization', `Bearer ${tokenFor('catalog:write')}`)
		const call = catalog.catalog.importProducts(metadata)
		const responses: unknown[] = []
		call.on('data', (response) => responses.push(response))
		const ended = once(call, 'error').catch((error) => [error])
		const stopped = await database.transaction(async (transaction) => {
			await transaction.query('lock table product')
			call.write({ upserts: upserts([product()]) })
			await waitForLocks(database, 1)
			return { promise: catalog.stop() }
		})
		await stopped.promise
		const [error] = (await ended) as [ServiceError]
		expect({ code: error.code, ...errorDetails(error) }).toMatchObject(shuttingDown)
		expect(responses).toMatchObject([{ createdCount: 1 }])
	})

	test('the connection of a call that never sends its request', async () => {
		await using catalog = await startTestCatalog('postgres')
		await withSession(catalog, async (session) => {
			const headers = { 'content-type': 'application/grpc', te: 'trailers' }
			const stream = session.request({ ':method': 'POST', ':path': watchPath, ...headers })
			stream.on('error', () => {})
			stream.write(Buffer.from([0]))
			await catalog.get('MUG-1').catch(() => {})
			await catalog.stop()
			await eventually(() => expect(session.destroyed).toBe(true))
		})
	})
})

describe('of the streams that anyone may open', () => {
	test('256 are served at a time, one more is OVERLOADED, and imports keep their places', async () => {
		await using catalog = await startTestCatalog('postgres')
		const watches = Array.from({ length: 256 }, () => openWatch(catalog))
		await Promise.all(watches.map(({ answered }) => answered))
		const refused = { code: status.RESOURCE_EXHAUSTED, reason: 'OVERLOADED', retryDelayMs: 1_000 }
		expect(await openWatch(catalog).ended).toMatchObject(refused)
		expect(await catalog.import([{ upserts: upserts([product()]) }])).toMatchObject([{ createdCount: 1 }])

		watches[0]?.call.cancel()
		await eventually(async () => {
			const another = openWatch(catalog)
			expect(await Promise.race([another.answered, another.ended])).toBe(undefined)
		})
	})
})

test('of the streams of ImportProducts 64 are served at a time, and one more is OVERLOADED', async () => {
	await using catalog = await startTestCatalog('postgres')
	const open = () => openStream(catalog, importPath, Buffer.alloc(0), 'catalog:write')
	await Promise.all(Array.from({ length: 64 }, open).map(({ answered }) => answered))
	expect(await open().ended).toMatchObject({ reason: 'OVERLOADED', retryDelayMs: 1_000 })
})

describe('the process of the catalog', () => {
	function startProcess(port: number): ChildProcess & { lines: string[] } {
		const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url))
		const env = {
			PATH: process.env['PATH'],
			PORT: String(port),
			DATABASE_URL: 'pglite:memory',
			JWT_SECRET: 'x'.repeat(32),
		}
		const child = spawn(process.execPath, [main], { env, stdio: ['ignore', 'pipe', 'pipe'] })
		const lines: string[] = []
		for (const output of [child.stdout, child.stderr]) {
			createInterface(output).on('line', (line) => lines.push(line))
		}
		return Object.assign(child, { lines })
	}

	test('exits with 0 when it is stopped while streams are open, and a second one cannot listen beside it', async () => {
		const port = await getPort()
		const child = startProcess(port)
		const exited = once(child, 'exit')
		await eventually(() => expect(child.lines.join()).toContain('"msg":"listening"'))
		const watch = openWatch({ address: `127.0.0.1:${port}` })
		await watch.answered

		const second = startProcess(port)
		expect(await once(second, 'close')).toEqual([1, null])
		expect(second.lines.at(-1)).toContain('EADDRINUSE')
		expect(second.lines.join()).not.toContain('"msg":"listening"')

		child.kill('SIGTERM')
		expect(await exited).toEqual([0, null])
		expect(await watch.ended).toMatchObject(shuttingDown)
	})
})
