import { randomUUID } from 'node:crypto'
import { status } from '@grpc/grpc-js'
import { type OtlpCollector, startOtlpCollector } from '@mercat/testing/otlp-collector'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { product, startTestCatalog, type TestCatalog, tokenFor, tokenWith, upserts } from '../start-catalog.ts'
import { frame, getProduct, rawCall } from './raw-call.ts'

const traceId = '0af7651916cd43dd8448eb211c80319c'
const callerId = 'b7ad6b7169203331'
const sampled = { traceparent: `00-${traceId}-${callerId}-01` }
const unsampled = { traceparent: `00-${traceId}-${callerId}-00` }
const withToken = (scope: string) => ({ authorization: `Bearer ${tokenFor(scope)}` })

let collector: OtlpCollector
let catalog: TestCatalog
beforeEach(async () => {
	collector = await startOtlpCollector()
	catalog = await startTestCatalog('postgres', { env: { ...collector.env, OTEL_BSP_SCHEDULE_DELAY: '60000' } })
	await catalog.create(product())
})
afterEach(async () => {
	await catalog[Symbol.asyncDispose]()
	await collector[Symbol.asyncDispose]()
})

/** The spans of the calls and of their work. Stops the catalog, which sends all spans that it has. */
async function spans() {
	await catalog[Symbol.asyncDispose]()
	return collector.spans.filter(({ name }) => !name.endsWith('CreateProduct')).filter(({ kind }) => kind !== 'CLIENT')
}

test('a call has a span of the kind SERVER under the span of its caller, and its work is under that', async () => {
	await rawCall(catalog, { headers: sampled })
	const [host, port] = catalog.address.split(':')
	const found = await spans()
	const server = found.find(({ kind }) => kind === 'SERVER')
	expect(server).toMatchObject({
		name: getProduct.slice(1),
		traceId,
		parentSpanId: callerId,
		status: 'UNSET',
		attributes: {
			'rpc.system.name': 'grpc',
			'rpc.method': 'mercat.catalog.v1.CatalogService/GetProduct',
			'rpc.status_code': 'OK',
			'server.address': host,
			'server.port': Number(port),
		},
	})
	expect(server?.attributes).not.toHaveProperty('error.type')
	expect(found.find(({ name }) => name === 'batch find products')).toMatchObject({
		traceId,
		parentSpanId: server?.spanId,
	})
})

test('a call that its caller is to blame for has its status and its reason, and no error', async () => {
	const request = frame(Buffer.concat([Buffer.from([0x0a, 0x04]), Buffer.from('NONE')]))
	expect(await rawCall(catalog, { headers: sampled, chunks: [request] })).toMatchObject({
		grpcStatus: status.NOT_FOUND,
	})
	const server = (await spans()).find(({ kind }) => kind === 'SERVER')
	expect(server?.status).toBe('UNSET')
	expect(server?.attributes).toMatchObject({ 'rpc.status_code': 'NOT_FOUND', 'mercat.reason': 'PRODUCT_NOT_FOUND' })
	expect(server?.attributes).not.toHaveProperty('error.type')
})

test('a call whose deadline has passed is an error of the server', async () => {
	await rawCall(catalog, { headers: { ...sampled, 'grpc-timeout': '0n' } })
	const server = (await spans()).find(({ kind }) => kind === 'SERVER')
	expect(server?.status).toBe('ERROR')
	expect(server?.attributes).toMatchObject({
		'rpc.status_code': 'DEADLINE_EXCEEDED',
		'error.type': 'DEADLINE_EXCEEDED',
	})
})

test('a call of a trace that the order service does not sample has no span, also for a method that anyone may call', async () => {
	await rawCall(catalog, { headers: { ...unsampled, ...withToken('stock:reserve') } })
	expect(await spans()).toEqual([])
})

describe('With a sampler that samples no trace of its own', () => {
	const never = { OTEL_TRACES_SAMPLER: 'parentbased_always_off' }

	test.each<[string, Record<string, string>, number]>([
		['no token', {}, 0],
		['the token of a customer', withToken('orders:read orders:write'), 0],
		[
			'a token of another issuer',
			{ authorization: `Bearer ${tokenWith({ scope: 'stock:reserve' }, randomUUID())}` },
			0,
		],
		['a token for the catalog', withToken('stock:reserve'), 1],
	])(
		'a call with %s and the flag of a sampled trace has a span only if the token is for the catalog',
		async (_what, headers, count) => {
			await using quiet = await startTestCatalog('pglite', { env: { ...collector.env, ...never } })
			await rawCall(quiet, { headers: { ...sampled, ...headers } })
			await quiet[Symbol.asyncDispose]()
			expect(collector.spans.filter(({ kind }) => kind === 'SERVER')).toHaveLength(count)
		},
	)
})

test.each([
	['no traceparent', {}],
	['a traceparent that is none', { traceparent: '00-0-0-01' }],
	['two traceparents', { traceparent: [sampled.traceparent, sampled.traceparent] }],
])('a call with %s begins a trace', async (_what, headers) => {
	await rawCall(catalog, { headers })
	const server = (await spans()).find(({ kind }) => kind === 'SERVER')
	expect(server?.parentSpanId).toBeUndefined()
	expect(server?.traceId).toMatch(/^(?!0af7651916)[0-9a-f]{32}$/)
})

test('an import has one span for its stream, and none for each message', async () => {
	await catalog.import([{ upserts: upserts([product()]) }, { upserts: upserts([product({ sku: 'CUP' })]) }])
	expect((await spans()).filter(({ kind }) => kind === 'SERVER')).toMatchObject([
		{ name: 'mercat.catalog.v1.CatalogService/ImportProducts', attributes: { 'rpc.status_code': 'OK' } },
	])
})

test('an import whose token lacks the scope has the status PERMISSION_DENIED', async () => {
	await catalog.import([{ upserts: [] }], tokenFor('stock:reserve')).catch(() => {})
	expect(await spans()).toMatchObject([{ status: 'UNSET', attributes: { 'rpc.status_code': 'PERMISSION_DENIED' } }])
})

test('health checks, reflection and unknown methods have no spans', async () => {
	expect(await catalog.isServing()).toBe(true)
	const reflection = '/grpc.reflection.v1.ServerReflection/ServerReflectionInfo'
	// The names of all services are asked for.
	const listServices = frame(Buffer.from([0x3a, 0x01, 0x2a]))
	const { bytes } = await rawCall(catalog, { path: reflection, headers: sampled, chunks: [listServices] })
	expect(bytes).toBeGreaterThan(0)
	const unknown = { path: `/mercat.catalog.v1.CatalogService/${randomUUID()}`, headers: sampled }
	expect((await rawCall(catalog, unknown)).grpcStatus).toBe(status.UNIMPLEMENTED)
	expect(await spans()).toEqual([])
})
