import { register } from '@mercat/service/metrics'
import { eventually } from '@mercat/testing/eventually'
import { createTestDatabase } from '@mercat/testing/test-database'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openCatalog } from '../open-catalog.ts'
import { type Services, severalTimes, startServices } from '../start-services.ts'
import { followChanges } from './follow-changes.ts'

const path = '/v1/product-changes'

describe('the connection of a stream of changes', () => {
	let services: Services
	beforeAll(async () => {
		services = await startServices('postgres', { env: { CORS_ORIGINS: 'https://shop.example' } })
	})
	afterAll(() => services[Symbol.asyncDispose]())

	test('has headers for a page of another origin, and for proxies', async () => {
		using reader = await followChanges(services.url, '', { headers: { origin: 'https://shop.example' } })
		expect(reader.headers).toMatchObject({
			'cache-control': 'no-store',
			'x-accel-buffering': 'no',
			'access-control-allow-origin': 'https://shop.example',
			connection: 'close',
		})
		await eventually(() => expect(reader.frames[0]).toEqual({ retry: '1000' }))
	})

	test('takes no place among the requests in flight, and has a gauge of its own', async () => {
		using _one = await followChanges(services.url)
		using _other = await followChanges(services.url)
		const gaugeOf = async (name: string) => (await register.getSingleMetric(name)?.get())?.values
		await eventually(async () => {
			expect(await gaugeOf('mercat_requests_in_flight')).toMatchObject([{ value: 0 }])
			expect(await gaugeOf('mercat_product_streams_open')).toMatchObject([{ value: 2 }])
			expect(await gaugeOf('mercat_streams_open')).toMatchObject([{ value: 0 }])
		})
	})

	test('tells its age while nothing changes, with an id each time', async () => {
		using reader = await followChanges(services.url, '?skus=NONE')
		await eventually(() => expect(reader.told().length).toBeGreaterThanOrEqual(3))
		const ages = reader.told().map(({ asOf }) => Date.parse(asOf ?? ''))
		expect(ages).toEqual(ages.toSorted((one, other) => one - other))
		expect(ages.at(-1)).toBeGreaterThan(ages[0] as number)
		expect(reader.told().every(({ id, changes }) => id !== undefined && changes.length === 0)).toBe(true)
	})

	test('HEAD has the headers of a stream and ends at once', async () => {
		const { status, headers } = await services.request('HEAD', path)
		expect([status, headers.get('content-type')]).toEqual([200, 'text/event-stream; charset=utf-8'])
	})

	test.each([
		['skus=not%20one', 'skus'],
		[`skus=${Array.from({ length: 101 }, (_, number) => `SKU-${number}`)}`, 'skus'],
		['skus=', 'skus'],
		['products=all', 'products'],
		['after=now', 'after'],
	])('the query %s is refused', async (query, parameter) => {
		expect(await services.get(`${path}?${query}`)).toMatchObject({
			status: 400,
			body: { code: 'INVALID_REQUEST', errors: [{ parameter }] },
		})
	})

	test('a hundred of the longest skus can be asked for, with encoded commas', async () => {
		const skus = Array.from({ length: 100 }, (_, number) => String(number).padStart(64, 'x'))
		using reader = await followChanges(services.url, `?skus=${skus.join('%2C')}`)
		expect(reader.status).toBe(200)
	})

	test('an address has at most twenty, and gets a place back when a stream is closed', async () => {
		const streams = await severalTimes(20, () => followChanges(services.url))
		using refused = await followChanges(services.url)
		expect([refused.status, Number(refused.headers['retry-after'])]).toEqual([429, 5])
		streams[7]?.[Symbol.dispose]()
		await eventually(async () => {
			using again = await followChanges(services.url)
			expect(again.status).toBe(200)
		})
		for (const each of streams) each[Symbol.dispose]()
	})
})

test('a process has at most MAX_STREAMS of changes, apart from those of events', async () => {
	await using services = await startServices('postgres', { env: { MAX_STREAMS: '1' } })
	using first = await followChanges(services.url)
	expect(first.status).toBe(200)
	const refused = await services.get(path)
	expect(refused).toMatchObject({ status: 429, body: { code: 'TOO_MANY_STREAMS' } })
})

test('a drain ends each stream within a second, with the id where its reader goes on, and each later one', async () => {
	await using services = await startServices('postgres')
	using reader = await followChanges(services.url)
	using paused = await followChanges(services.url, '', { isPaused: true })
	await reader.begun()
	await services.catalog.createProduct({ sku: 'MUG' })
	await reader.until({ sku: 'MUG', product: {} })
	const announcedAt = performance.now()
	services.announceShutdown()
	expect(await reader.untilEnded()).toBe('complete')
	expect(performance.now() - announcedAt).toBeLessThan(1_000)
	expect(reader.frames.at(-1)).toEqual({ comment: 'the service shuts down', id: reader.lastId() })
	expect(paused.status).toBe(200)
	using late = await followChanges(services.url, '', { lastEventId: reader.lastId() })
	expect(await late.untilEnded()).toBe('complete')
	expect(late.frames.at(-1)).toEqual({ comment: 'the service shuts down', id: reader.lastId() })
})

test('a stream stays open while the catalog is away, tells only comments, and misses nothing', async () => {
	await using opened = new AsyncDisposableStack()
	const database = opened.use(await createTestDatabase('postgres'))
	const services = opened.use(await startServices('postgres', { catalogDatabaseUrl: database.url }))
	using reader = await followChanges(services.url)
	await reader.begun()
	await services.catalog.createProduct({ sku: 'BEFORE' })
	await reader.until({ sku: 'BEFORE', product: {} })
	const port = Number(services.catalog.address.split(':')[1])
	await services.catalog.stop()
	const told = reader.told().length
	const comments = () => reader.frames.filter(({ comment }) => comment === 'nothing new')
	await eventually(() => expect(comments().length).toBeGreaterThanOrEqual(2))
	expect(comments().at(-1)).toEqual({ comment: 'nothing new', id: reader.told().at(-1)?.id })
	using late = await followChanges(services.url, '', { lastEventId: reader.told()[0]?.id })
	expect(late.status).toBe(200)
	await late.until({ sku: 'BEFORE', product: {} })
	{
		// Another replica has changed something meanwhile.
		await using other = await openCatalog('postgres', database.url)
		await other.createProduct({ sku: 'MEANWHILE' })
	}
	expect(reader.told().length - told).toBeLessThanOrEqual(1)
	await using again = await openCatalog('postgres', database.url, undefined, port)
	await again.createProduct({ sku: 'AFTER' })
	for (const each of [reader, late]) {
		await each.until({ sku: 'AFTER', product: {} })
		const products = each.changes().flatMap(({ product }) => product?.sku ?? [])
		expect(products).toEqual(['BEFORE', 'MEANWHILE', 'AFTER'])
	}
})

test('a service that was started anew lets readers go on from their ids', async () => {
	await using opened = new AsyncDisposableStack()
	const catalogDatabase = opened.use(await createTestDatabase('postgres'))
	const skus = Array.from({ length: 20 }, (_, number) => `SKU-${number}`)
	let lastEventId: string | undefined
	{
		await using services = await startServices('postgres', { catalogDatabaseUrl: catalogDatabase.url })
		using reader = await followChanges(services.url)
		await reader.begun()
		for (const sku of skus.slice(0, 6)) await services.catalog.createProduct({ sku })
		await reader.until({ sku: 'SKU-5', product: {} })
		// A message can tell several products. This id comes before all that are created after it.
		lastEventId = reader.told().at(-1)?.id
		for (const sku of skus.slice(6, 10)) await services.catalog.createProduct({ sku })
		await reader.until({ sku: 'SKU-9', product: {} })
	}
	await using services = await startServices('postgres', { catalogDatabaseUrl: catalogDatabase.url })
	const readers = await severalTimes(10, () => followChanges(services.url, '', { lastEventId }))
	for (const sku of skus.slice(10)) await services.catalog.createProduct({ sku })
	for (const each of readers) {
		await each.until({ sku: 'SKU-19', product: {} })
		const told = each.changes().flatMap(({ product }) => product?.sku ?? [])
		expect(told.toSorted()).toEqual([...new Set(told)].toSorted())
		expect(told.slice(-14)).toEqual(skus.slice(-14))
		await each.until({ sku: 'SKU-19', availableQuantity: 1_000 })
		each[Symbol.dispose]()
	}
})
