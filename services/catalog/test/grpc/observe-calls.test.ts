import { randomUUID } from 'node:crypto'
import { type ServiceError, status } from '@grpc/grpc-js'
import { callUnary } from '@mercat/catalog-api/client'
import { catalogRpcs, inventoryRpcs } from '@mercat/catalog-api/load-proto'
import { openDatabase } from '@mercat/database/database'
import { createLog } from '@mercat/service/log'
import { register } from '@mercat/service/metrics'
import { eventually } from '@mercat/testing/eventually'
import { createTestDatabase } from '@mercat/testing/test-database'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { inventoryCalls, reservationOf } from '../inventory-calls.ts'
import { metric } from '../metric.ts'
import { product, startCatalogOn, startTestCatalog, type TestCatalog, tokenFor, upserts } from '../start-catalog.ts'
import { rawCall } from './raw-call.ts'

type Line = { msg: string; level: string; method: string; code: string; ms: number; [member: string]: unknown }

const traceId = '0af7651916cd43dd8448eb211c80319c'
const traceparent = `00-${traceId}-b7ad6b7169203331-00`
const reserver = { timeoutMs: 60_000, token: tokenFor('stock:reserve') }

let lines: Line[]
const logAt = (level: string) => createLog('catalog', level, { write: (text) => void lines.push(JSON.parse(text)) })
const calls = () => lines.filter(({ msg }) => msg === 'call')

let catalog: TestCatalog
beforeAll(async () => {
	lines = []
	catalog = await startTestCatalog('postgres', { log: logAt('info') })
})
afterAll(() => catalog[Symbol.asyncDispose]())
beforeEach(() => {
	lines = []
})

describe('the line of a call', () => {
	test('has the method, the status, the time and the trace of the caller', async () => {
		await callUnary(catalog.catalog, catalogRpcs.SearchProducts, {}, { timeoutMs: 60_000, traceparent })
		expect(calls()).toEqual([
			{
				level: 'info',
				time: expect.any(String),
				service: 'catalog',
				msg: 'call',
				method: 'mercat.catalog.v1.CatalogService/SearchProducts',
				code: 'OK',
				ms: expect.any(Number),
				traceId,
			},
		])
	})

	test('has a trace id of its own when the caller sends none', async () => {
		await callUnary(catalog.catalog, catalogRpcs.SearchProducts, {}, { timeoutMs: 60_000 })
		await callUnary(catalog.catalog, catalogRpcs.SearchProducts, {}, { timeoutMs: 60_000 })
		const ids = calls().map((line) => line['traceId'])
		expect(ids).toEqual([expect.stringMatching(/^[0-9a-f]{32}$/), expect.stringMatching(/^[0-9a-f]{32}$/)])
		expect(new Set(ids).size).toBe(2)
	})

	test('has the reason of a call that failed', async () => {
		await catalog.get('NONE').catch(() => {})
		expect(calls()).toMatchObject([{ code: 'NOT_FOUND', reason: 'PRODUCT_NOT_FOUND' }])
	})

	test('has the number of the skus that were asked for', async () => {
		await catalog.batchGet(['NONE', 'NEITHER']).catch(() => {})
		expect(calls()).toMatchObject([{ code: 'NOT_FOUND', skus: 2 }])
	})

	test('has the number of the messages of a stream', async () => {
		await catalog.import([{ upserts: upserts([product()]) }, { upserts: [] }])
		await eventually(() => expect(calls()).toMatchObject([{ code: 'OK', messages: 2 }]))
	})

	test('is in the log for every order of a reservation, its sale and its release, and says which were refused', async () => {
		const inventory = inventoryCalls(catalog)
		const sku = await inventory.stocked(5)
		const [kept, refused] = [reservationOf({ [sku]: 2 }), reservationOf({ [sku]: 9, NONE: 1 })]
		lines = []
		await inventory.reserveAll([kept, refused])
		await inventory.commit(kept.orderId, refused.orderId)
		await inventory.release(kept.orderId)
		const about = (orderId: string) => calls().filter((line) => JSON.stringify(line).includes(orderId))
		const orderIds = [kept.orderId, refused.orderId]
		expect(about(refused.orderId)).toMatchObject([
			{ orderIds, refused: { [refused.orderId]: 'PRODUCT_NOT_FOUND' }, skus: 2 },
			{ orderIds, refused: { [refused.orderId]: 'RESERVATION_NOT_FOUND' } },
		])
		expect(about(kept.orderId)).toMatchObject([
			{ method: 'mercat.catalog.v1.InventoryService/ReserveStock', code: 'OK' },
			{ method: 'mercat.catalog.v1.InventoryService/CommitReservations', code: 'OK' },
			{ method: 'mercat.catalog.v1.InventoryService/ReleaseReservations', code: 'OK', orderIds: [kept.orderId] },
		])
		expect(about(kept.orderId)[2]).not.toHaveProperty('refused')
	})

	test('comes with a line of the fault that has the orders, too', async () => {
		await using database = await createTestDatabase('postgres')
		await using broken = await startCatalogOn(database.url, { log: logAt('info') })
		await using sql = await openDatabase(database.url)
		await sql.query('alter table stock rename to lost')
		const reservation = reservationOf({ MUG: 1 })
		await expect(inventoryCalls(broken).reserve(reservation)).rejects.toThrow()
		expect(lines.find(({ msg }) => msg === 'rpc failed')).toMatchObject({ orderIds: [reservation.orderId] })
	})

	test('has no id that is none, and 256 ids at most', async () => {
		const ids = Array.from({ length: 300 }, () => randomUUID() as string)
		const request = { orderIds: ['x'.repeat(10_000), ...ids] }
		await callUnary(catalog.catalog, inventoryRpcs.ReleaseReservations, request, reserver).catch(() => {})
		const [line] = calls()
		expect(line).toMatchObject({ code: 'INVALID_ARGUMENT', reason: 'INVALID_REQUEST' })
		expect(line?.['orderIds']).toEqual(ids.slice(0, 255))
	})

	test('is missing for health checks and unknown methods', async () => {
		await catalog.isServing()
		await rawCall(catalog, { path: '/mercat.catalog.v1.CatalogService/Nothing' })
		expect(lines).toEqual([])
	})

	test.each([
		['REQUEST_LOG is false', 'info', { REQUEST_LOG: 'false' }],
		['the level of the log is warn', 'warn', {}],
	])('is missing when %s', async (_what, level, env) => {
		await using quiet = await startTestCatalog('postgres', { env, log: logAt(level) })
		await quiet.search({})
		expect(calls()).toEqual([])
	})
})

describe('the metrics', () => {
	const count = (method: string, code: string, error?: { error_type: string }) =>
		metric('rpc_server_call_duration_seconds_count', {
			rpc_system_name: 'grpc',
			rpc_method: method,
			rpc_status_code: code,
			...error,
		})

	test('count calls by method and status', async () => {
		const method = 'mercat.catalog.v1.CatalogService/GetProduct'
		const before = [await count(method, 'OK'), await count(method, 'NOT_FOUND')]
		await catalog.create(product({ sku: 'COUNTED' }))
		await catalog.get('COUNTED')
		for (let call = 0; call < 2; call++) await catalog.get('NONE').catch(() => {})
		expect([await count(method, 'OK'), await count(method, 'NOT_FOUND')]).toEqual([before[0]! + 1, before[1]! + 2])
	})

	test('name the type of an error of the server', async () => {
		const method = 'mercat.catalog.v1.CatalogService/GetProduct'
		const late = () => count(method, 'DEADLINE_EXCEEDED', { error_type: 'DEADLINE_EXCEEDED' })
		const before = await late()
		await rawCall(catalog, { headers: { 'grpc-timeout': '0n' } })
		await eventually(async () => expect(await late()).toBe(before + 1))
	})

	test('have no series for unknown methods', async () => {
		const series = async () =>
			(await register.metrics()).split('\n').filter((line) => line.startsWith('rpc_server_call_duration_seconds_count'))
		const before = await series()
		for (let call = 0; call < 20; call++) {
			await rawCall(catalog, { path: `/mercat.catalog.v1.CatalogService/${randomUUID()}` })
			await rawCall(catalog, { path: `/${randomUUID()}/GetProduct` })
		}
		expect((await series()).length).toBe(before.length)
	})

	test('count the calls that were refused because too many were under way', async () => {
		const before = await metric('mercat_requests_shed_total')
		const ask = () =>
			callUnary(catalog.catalog, catalogRpcs.SearchProducts, { query: 'mug' }, { timeoutMs: 60_000 }).then(
				() => status.OK,
				({ code }: ServiceError) => code,
			)
		const codes = await Promise.all(Array.from({ length: 400 }, ask))
		const refused = codes.filter((code) => code === status.RESOURCE_EXHAUSTED).length
		expect(refused).toBeGreaterThan(0)
		expect(await metric('mercat_requests_shed_total')).toBe(before + refused)
	})
})
