import { gzipSync } from 'node:zlib'
import { status } from '@grpc/grpc-js'
import { catalogRpcs, inventoryRpcs } from '@mercat/catalog-api/load-proto'
import { expect, test } from 'vitest'
import { authorization, frame, rawCall, robustCatalog, validRequest } from './raw-call.ts'

const createProduct = catalogRpcs.CreateProduct.path
const reserveStock = inventoryRpcs.ReserveStock.path
const catalog = robustCatalog('postgres')

test('a valid call in raw frames is answered', async () => {
	expect(await rawCall(catalog, {})).toMatchObject({ httpStatus: 200, grpcStatus: status.OK })
})

test('a valid call in one-byte chunks is answered', async () => {
	const chunks = [...frame(validRequest)].map((byte) => Buffer.from([byte]))
	expect(await rawCall(catalog, { chunks })).toMatchObject({ httpStatus: 200, grpcStatus: status.OK })
})

const { INTERNAL, INVALID_ARGUMENT, RESOURCE_EXHAUSTED, UNIMPLEMENTED, NOT_FOUND } = status
test.each<[string, Buffer[], number[]]>([
	['that is missing', [], [INTERNAL, UNIMPLEMENTED, INVALID_ARGUMENT]],
	['that is empty', [frame(Buffer.alloc(0))], [INVALID_ARGUMENT]],
	['of random bytes', [frame(Buffer.from('deadbeefcafe00ff', 'hex'))], [INTERNAL, INVALID_ARGUMENT]],
	['that ends within a field', [frame(Buffer.from([0x0a, 0x40, 0x41]))], [INTERNAL, INVALID_ARGUMENT, NOT_FOUND]],
	['with another wire type', [frame(Buffer.from([0x08, 0x01]))], [INTERNAL, INVALID_ARGUMENT]],
	['whose varint never ends', [frame(Buffer.alloc(32, 0xff))], [INTERNAL, INVALID_ARGUMENT]],
	['with nested groups', [frame(Buffer.alloc(200_000, 0x1b))], [INTERNAL, INVALID_ARGUMENT]],
	['that is not UTF-8', [frame(Buffer.from([0x0a, 0x02, 0xc3, 0x28]))], [INVALID_ARGUMENT]],
	['that comes twice', [frame(validRequest), frame(validRequest)], [INTERNAL, UNIMPLEMENTED, INVALID_ARGUMENT]],
	['that claims 4 GB', [frame(validRequest, { length: 0xffffffff })], [RESOURCE_EXHAUSTED]],
	['of 5 MB', [frame(Buffer.alloc(5 * 1024 * 1024, 0x0a))], [RESOURCE_EXHAUSTED]],
	[
		'that ends within its length field',
		[frame(validRequest).subarray(0, 3)],
		[INTERNAL, UNIMPLEMENTED, INVALID_ARGUMENT],
	],
	[
		'that is shorter than its length field says',
		[frame(validRequest, { length: validRequest.length + 9 })],
		[INTERNAL, UNIMPLEMENTED, INVALID_ARGUMENT],
	],
	['without a frame', [Buffer.from('GET / HTTP/1.1\r\n\r\n')], [RESOURCE_EXHAUSTED, INTERNAL]],
])('a message %s is refused', async (_what, chunks, expected) => {
	const outcome = await rawCall(catalog, { chunks })
	expect(outcome.grpcStatus, JSON.stringify(outcome)).toBeOneOf(expected)
	expect(outcome.bytes).toBe(0)
})

// grpc-js takes both flags for a message that is not compressed.
test.each([1, 7])(
	'a message with the flag %i but no encoding is refused or read as it is, and garbage is refused',
	async (flag) => {
		const { grpcStatus } = await rawCall(catalog, { chunks: [frame(validRequest, { flag })] })
		expect(grpcStatus).toBeOneOf([status.OK, INTERNAL, UNIMPLEMENTED, INVALID_ARGUMENT])
		const garbage = await rawCall(catalog, { chunks: [frame(gzipSync(validRequest), { flag })] })
		expect(garbage.grpcStatus).toBeOneOf([INTERNAL, UNIMPLEMENTED, INVALID_ARGUMENT])
	},
)

test('a decompression bomb is refused before it is unpacked', async () => {
	const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024))
	expect(bomb.length).toBeLessThan(100_000)
	const before = process.memoryUsage().rss
	for (let i = 0; i < 5; i++) {
		const outcome = await rawCall(catalog, { headers: { 'grpc-encoding': 'gzip' }, chunks: [frame(bomb, { flag: 1 })] })
		expect(outcome.grpcStatus).toBe(status.RESOURCE_EXHAUSTED)
	}
	expect(process.memoryUsage().rss - before).toBeLessThan(200 * 1024 * 1024)
})

test.each(['gzip', 'deflate', 'br', '../gzip'])(
	'a message that is not in its announced encoding %s is refused',
	async (encoding) => {
		const outcome = await rawCall(catalog, {
			headers: { 'grpc-encoding': encoding },
			chunks: [frame(validRequest, { flag: 1 })],
		})
		expect(outcome.grpcStatus).toBeOneOf([status.INTERNAL, status.UNIMPLEMENTED, status.INVALID_ARGUMENT])
	},
)

test('a message with a list of 100,000 elements is refused', async () => {
	const line = Buffer.from([0x0a, 0x02, 0x1a, 0x00])
	const many = Buffer.concat(Array(100_000).fill(line))
	const outcome = await rawCall(catalog, {
		path: reserveStock,
		headers: authorization('stock:reserve'),
		chunks: [frame(many)],
	})
	expect(outcome.grpcStatus).toBe(status.INVALID_ARGUMENT)
})

test('a message in its announced encoding is read', async () => {
	const outcome = await rawCall(catalog, {
		headers: { 'grpc-encoding': 'gzip' },
		chunks: [frame(gzipSync(validRequest), { flag: 1 })],
	})
	expect(outcome.grpcStatus).toBe(status.OK)
})

test('unknown fields are ignored', async () => {
	const unknown = Buffer.from([0xf8, 0x7f, 0x01, 0xfa, 0x7f, 0x03, 0x61, 0x62, 0x63])
	const outcome = await rawCall(catalog, { chunks: [frame(Buffer.concat([unknown, validRequest, unknown]))] })
	expect(outcome.grpcStatus).toBe(status.OK)
})

test('a product with a control character in its title is refused', async () => {
	const title = Buffer.from([0x12, 0x02, 0x61, 0x00])
	const sku = Buffer.from([0x0a, 0x03, 0x4e, 0x55, 0x4c])
	const inner = Buffer.concat([sku, title])
	const message = Buffer.concat([Buffer.from([0x0a, inner.length]), inner])
	const headers = authorization('catalog:write')
	const outcome = await rawCall(catalog, { path: createProduct, headers, chunks: [frame(message)] })
	expect(outcome.grpcStatus).toBe(status.INVALID_ARGUMENT)
})
