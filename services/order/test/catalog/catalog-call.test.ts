import { randomUUID } from 'node:crypto'
import { createCatalogClients } from '@mercat/catalog-api/client'
import { createBudget } from '@mercat/service/budget'
import { createLog } from '@mercat/service/log'
import { register } from '@mercat/service/metrics'
import { openTracing } from '@mercat/service/open-tracing'
import { newTraceContext, readTraceparent, traceparentOf } from '@mercat/service/trace-context'
import { startSpan, type TraceContext } from '@mercat/service/tracing'
import { eventually } from '@mercat/testing/eventually'
import { type OtlpCollector, startOtlpCollector } from '@mercat/testing/otlp-collector'
import { readSamples, readValue } from '@mercat/testing/read-samples'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createCatalogClient } from '../../src/catalog/catalog-client.ts'
import { readOrderConfig } from '../../src/config.ts'
import { failWith, goodReserveStock, type HostileCatalog, startHostileCatalog } from '../hostile-catalog.ts'
import { jwtSecret, token } from '../tokens.ts'

const method = 'mercat.catalog.v1.InventoryService/ReserveStock'

let catalog: HostileCatalog
beforeAll(async () => {
	catalog = await startHostileCatalog()
})
afterAll(() => catalog[Symbol.asyncDispose]())

type Client = ReturnType<typeof createCatalogClient>

let client: Client
let clients: ReturnType<typeof createCatalogClients>
beforeEach(() => {
	catalog.reserveStock = goodReserveStock
	catalog.traceparents = []
	clients = createCatalogClients(`dns:///${catalog.address}`)
	client = createCatalogClient({
		clients,
		token: () => token('service:order', 'stock:reserve'),
		requestBudgetMs: 2_000,
	})
})
afterEach(() => clients.close())

/** Reserves stock for one order. Resolves also when that fails. */
async function reserve(
	trace?: TraceContext,
	{ budgetMs = 2_000, signal }: { budgetMs?: number; signal?: AbortSignal } = {},
) {
	const request = { orderId: randomUUID(), holdMs: 1_000, items: [{ sku: 'A', quantity: 1 }], createOnly: false }
	await client.reserveStock([request], createBudget(budgetMs, { trace, signal })).catch(() => {})
}

function failOnce(error: Error): void {
	let isFirst = true
	catalog.reserveStock = (request) => {
		const reply = isFirst ? error : goodReserveStock(request)
		isFirst = false
		return reply
	}
}

/** The value of a metric with these labels; 0 before it has one. */
async function metric(name: string, labels: Record<string, string>): Promise<number> {
	return readValue(readSamples(await register.metrics()), name, labels) ?? 0
}

describe('the spans of a call', () => {
	let collector: OtlpCollector
	let tracing: AsyncDisposable
	beforeEach(async () => {
		collector = await startOtlpCollector()
		const { tracing: config } = readOrderConfig({
			JWT_SECRET: jwtSecret,
			DATABASE_URL: 'pglite:memory',
			CATALOG_ADDRESS: catalog.address,
			...collector.env,
		})
		if (config === undefined) throw new Error('the collector is not named')
		tracing = openTracing('test', config, { log: createLog('test', 'silent') }, { shutdownTimeoutMs: 10_000 })
	})
	afterEach(async () => {
		await tracing[Symbol.asyncDispose]()
		await collector[Symbol.asyncDispose]()
	})

	/** The attempts that the process has made, all of which have ended. */
	async function attempts() {
		await tracing[Symbol.asyncDispose]()
		return collector.spans
	}

	test('an attempt has a span of the kind CLIENT under the span of its request, and the catalog gets its traceparent', async () => {
		const { context } = startSpan('request')
		await reserve(context)
		const [attempt, ...more] = await attempts()
		const [host, port] = catalog.address.split(':')
		expect(more).toEqual([])
		expect(attempt).toMatchObject({ name: method, kind: 'CLIENT', status: 'UNSET' })
		expect(traceparentOf(context)).toContain(`${attempt?.traceId}-${attempt?.parentSpanId}`)
		expect(attempt?.attributes).toEqual({
			'rpc.system.name': 'grpc',
			'rpc.method': method,
			'rpc.status_code': 'OK',
			'server.address': host,
			'server.port': Number(port),
			'mercat.attempt': 1,
		})
		expect(catalog.traceparents).toEqual([`00-${attempt?.traceId}-${attempt?.spanId}-01`])
	})

	test('a call that is repeated has a span for each attempt, and the first one has the error', async () => {
		failOnce(failWith(14))
		await reserve(startSpan('request').context)
		const [first, second] = await attempts()
		expect(first?.attributes).toMatchObject({
			'rpc.status_code': 'UNAVAILABLE',
			'error.type': 'UNAVAILABLE',
			'mercat.attempt': 1,
		})
		expect(first?.status).toBe('ERROR')
		expect(second?.attributes).toMatchObject({ 'rpc.status_code': 'OK', 'mercat.attempt': 2 })
		expect(second?.status).toBe('UNSET')
		expect(new Set(catalog.traceparents).size).toBe(2)
	})

	test('an attempt that the client did not wait for has the status CANCELLED', async () => {
		const leaving = new AbortController()
		catalog.reserveStock = (request) => {
			leaving.abort()
			return goodReserveStock(request)
		}
		await reserve(startSpan('request').context, { signal: leaving.signal })
		expect(await attempts()).toMatchObject([{ attributes: { 'rpc.status_code': 'CANCELLED' } }])
	})

	test('a status without a name is UNKNOWN', async () => {
		catalog.reserveStock = () => failWith(99)
		await reserve(startSpan('request').context)
		expect(await attempts()).toMatchObject([{ attributes: { 'rpc.status_code': 'UNKNOWN' } }])
	})

	test('a call of a trace that is not sampled has no span, and the catalog is told so', async () => {
		const unsampled = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00'
		await reserve(readTraceparent(unsampled))
		expect(await attempts()).toEqual([])
		expect(catalog.traceparents).toEqual([unsampled])
	})

	test('a call that belongs to no trace has no span and no traceparent', async () => {
		await reserve()
		expect(await attempts()).toEqual([])
		expect(catalog.traceparents).toEqual([undefined])
	})

	test('a command that belongs to a trace has a span', async () => {
		await client.commitReservations([randomUUID()], startSpan('relay').context)
		expect(await attempts()).toMatchObject([{ name: 'mercat.catalog.v1.InventoryService/CommitReservations' }])
	})
})

test('without an SDK the catalog gets the trace of the request', async () => {
	const trace = newTraceContext()
	await reserve(trace)
	expect(catalog.traceparents).toEqual([traceparentOf(trace)])
})

describe('the metrics', () => {
	const count = (status: string) =>
		metric('rpc_client_call_duration_seconds_count', {
			rpc_system_name: 'grpc',
			rpc_method: method,
			rpc_status_code: status,
			...(status !== 'OK' && { error_type: status }),
		})

	test('count each attempt of a call with its status', async () => {
		failOnce(failWith(14))
		const before = { ok: await count('OK'), failed: await count('UNAVAILABLE') }
		await reserve()
		await reserve()
		expect(await count('OK')).toBe(before.ok + 2)
		expect(await count('UNAVAILABLE')).toBe(before.failed + 1)
	})

	test('have one series for all statuses without a name', async () => {
		const before = await count('UNKNOWN')
		for (const code of [99, 100, 101]) {
			catalog.reserveStock = () => failWith(code)
			await reserve()
		}
		expect(await count('UNKNOWN')).toBe(before + 3)
	})

	test('show the breaker as closed, then open, then half open, then closed again', async () => {
		const states = async () =>
			Promise.all(['closed', 'half_open', 'open'].map((state) => metric('mercat_breaker_state', { state })))
		await reserve()
		expect(await states()).toEqual([1, 0, 0])
		catalog.reserveStock = () => failWith(14)
		for (let call = 0; call < 10; call++) await reserve()
		expect(await states()).toEqual([0, 0, 1])
		const { promise: answered, resolve: answer } = Promise.withResolvers<number[]>()
		catalog.reserveStock = (request) => {
			void states().then(answer)
			return goodReserveStock(request)
		}
		const calls = catalog.calls
		await eventually(async () => {
			await reserve()
			expect(catalog.calls).toBeGreaterThan(calls)
		})
		expect(await answered).toEqual([0, 1, 0])
		expect(await states()).toEqual([1, 0, 0])
	})

	test('show the state of the channel', async () => {
		const state = (name: string) => metric('mercat_catalog_channel_state', { state: name })
		expect([await state('idle'), await state('ready')]).toEqual([1, 0])
		await reserve()
		expect([await state('idle'), await state('ready')]).toEqual([0, 1])
		clients.close()
		expect([await state('ready'), await state('shutdown')]).toEqual([0, 1])
	})
})
