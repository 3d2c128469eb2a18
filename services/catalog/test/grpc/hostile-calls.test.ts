import { constants } from 'node:http2'
import { status } from '@grpc/grpc-js'
import { inventoryRpcs } from '@mercat/catalog-api/load-proto'
import { expect, test } from 'vitest'
import { longTokenFor, tokenFor } from '../start-catalog.ts'
import { frame, rawCall, robustCatalog } from './raw-call.ts'

const reserveStock = inventoryRpcs.ReserveStock.path
const catalog = robustCatalog('postgres')

test.each([
	'/mercat.catalog.v1.CatalogService/Nothing',
	'/mercat.catalog.v1.Nothing/GetProduct',
	'/mercat.catalog.v1.CatalogService/__proto__',
	'/__proto__/constructor',
	'/constructor',
	'/',
	'/../GetProduct',
	`/${'x'.repeat(10_000)}`,
])('a call of the unknown method %s is refused', async (path) => {
	expect((await rawCall(catalog, { path })).grpcStatus).toBe(status.UNIMPLEMENTED)
})

test.each(['soon', '', '1', '-1S', '1Y', '999999999S', '1e3S', '1 S', '0x1S'])(
	'a call with the grpc-timeout "%s" is refused, or answered without a timeout',
	async (timeout) => {
		const { grpcStatus, reset } = await rawCall(catalog, { headers: { 'grpc-timeout': timeout } })
		expect(grpcStatus ?? reset).toBeOneOf([
			status.OK,
			status.INTERNAL,
			status.OUT_OF_RANGE,
			status.INVALID_ARGUMENT,
			status.DEADLINE_EXCEEDED,
		])
	},
)

test.each([
	['20 days', '480H'],
	['25 days', '600H'],
	['30 days in seconds', '2592000S'],
	['49 days in minutes', '70560M'],
	['50 days', '1200H'],
	['a year', '8760H'],
	['the longest time', '99999999H'],
])('a call with a deadline in %s is served', async (_what, timeout) => {
	const { grpcStatus, reset } = await rawCall(catalog, { headers: { 'grpc-timeout': timeout } })
	expect([grpcStatus, reset]).toEqual([status.OK, undefined])
})

test('a call with a grpc-timeout of zero fails', async () => {
	const { grpcStatus, reset } = await rawCall(catalog, { headers: { 'grpc-timeout': '0n' } })
	expect([grpcStatus, reset]).toBeOneOf([
		[status.DEADLINE_EXCEEDED, undefined],
		[undefined, constants.NGHTTP2_CANCEL],
	])
})

test.each(['text/html', 'application/json', 'text/plain, application/grpc', ''])(
	'a call with the content type "%s" is refused',
	async (type) => {
		const { httpStatus, grpcStatus } = await rawCall(catalog, { headers: { 'content-type': type } })
		expect([httpStatus, grpcStatus]).toEqual([415, undefined])
	},
)

test.each(['GET', 'PUT', 'DELETE'])('a call by the HTTP method %s is refused', async (method) => {
	const outcome = await rawCall(catalog, { headers: { ':method': method }, chunks: [] })
	expect(outcome.bytes).toBe(0)
	expect(outcome.httpStatus === 200 && outcome.grpcStatus === status.OK).toBe(false)
})

test('a call with 100 KB of metadata is refused', async () => {
	const { grpcStatus } = await rawCall(catalog, { headers: { 'x-large': 'x'.repeat(100_000) } })
	expect(grpcStatus).not.toBe(status.OK)
})

test('a call with 150 pairs of metadata is refused', async () => {
	const headers = Object.fromEntries(Array.from({ length: 150 }, (_, i) => [`x-${i}`, 'x']))
	expect((await rawCall(catalog, { headers })).grpcStatus).not.toBe(status.OK)
})

test('a call with 3,000 pairs of metadata is refused', async () => {
	const headers = Object.fromEntries(Array.from({ length: 3_000 }, (_, i) => [`x-${i}`, 'x'.repeat(20)]))
	expect((await rawCall(catalog, { headers })).grpcStatus).not.toBe(status.OK)
})

test('a call whose token is in other metadata, malformed or repeated is refused', async () => {
	const token = tokenFor('stock:reserve')
	for (const headers of [
		{ 'x-authorization': `Bearer ${token}` },
		{ 'authorization-bin': Buffer.from(`Bearer ${token}`).toString('base64') },
		{ authorization: `Bearer ${token}, Bearer ${token}` },
		{ authorization: [`Bearer x`, `Bearer ${token}`] as unknown as string },
		{ authorization: `Bearer ${'x'.repeat(10_000)}` },
		{ authorization: `Basic ${token}` },
	]) {
		const outcome = await rawCall(catalog, { path: reserveStock, headers, chunks: [frame(Buffer.alloc(0))] }).catch(
			({ code }: NodeJS.ErrnoException) => code,
		)
		expect(outcome).toBeOneOf([
			expect.objectContaining({ grpcStatus: status.UNAUTHENTICATED }),
			'ERR_HTTP2_HEADER_SINGLE_VALUE',
		])
	}
})

test('a call with malformed binary metadata is refused, or answered without it', async () => {
	const { grpcStatus } = await rawCall(catalog, { headers: { 'x-odd-bin': '%%%' } })
	expect(grpcStatus).toBeOneOf([status.OK, status.INTERNAL])
})

test('a call with a token of 12 KB and spaces before it is served', async () => {
	const token = longTokenFor('stock:reserve', 9_000)
	expect(token.length).toBeGreaterThan(12_000)
	for (const authorization of [`Bearer ${token}`, `bearer  ${token}`]) {
		const chunks = [frame(Buffer.alloc(0))]
		const { grpcStatus } = await rawCall(catalog, { path: reserveStock, headers: { authorization }, chunks })
		// Signed in, and then refused because it reserves nothing.
		expect(grpcStatus).toBe(status.INVALID_ARGUMENT)
	}
})
