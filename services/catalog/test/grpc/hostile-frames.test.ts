import { once } from 'node:events'
import { type ClientHttp2Session, constants, connect as http2Connect, type OutgoingHttpHeaders } from 'node:http2'
import { connect as tcpConnect } from 'node:net'
import { gzipSync } from 'node:zlib'
import { status } from '@grpc/grpc-js'
import { catalogRpcs, inventoryRpcs } from '@mercat/catalog-api/load-proto'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { product, startTestCatalog, type TestCatalog, tokenFor } from '../start-catalog.ts'

let catalog: TestCatalog
beforeAll(async () => {
	catalog = await startTestCatalog('postgres')
	await catalog.create(product())
})
afterAll(() => catalog[Symbol.asyncDispose]())
afterEach(async () => {
	expect(await catalog.get('MUG-1')).toMatchObject({ sku: 'MUG-1' })
})

const getProduct = catalogRpcs.GetProduct.path
const createProduct = catalogRpcs.CreateProduct.path
const reserveStock = inventoryRpcs.ReserveStock.path
const good = catalogRpcs.GetProduct.requestSerialize({ sku: 'MUG-1' })

/** A message of the wire: a flag, its length, its bytes; what is given replaces what would be right. */
function frame(message: Buffer, { flag = 0, length = message.length } = {}): Buffer {
	const head = Buffer.alloc(5)
	head.writeUInt8(flag)
	head.writeUInt32BE(length, 1)
	return Buffer.concat([head, message])
}

type Outcome = { httpStatus?: number; grpcStatus?: number; reset?: number; bytes: number }
type RawCall = { path?: string; headers?: OutgoingHttpHeaders; chunks?: Buffer[]; leaveOpen?: boolean }

const patienceMs = 10_000

async function withSession<T>(use: (session: ClientHttp2Session) => Promise<T>): Promise<T> {
	const session = http2Connect(`http://${catalog.address}`)
	session.on('error', () => {})
	try {
		return await use(session)
	} finally {
		session.destroy()
	}
}

/** One call in whatever bytes, on a connection of its own, and what came of it. */
function rawCall({ path = getProduct, headers = {}, chunks = [frame(good)], leaveOpen = false }: RawCall) {
	return withSession(async (session) => {
		const stream = session.request({
			':method': 'POST',
			':path': path,
			'content-type': 'application/grpc',
			te: 'trailers',
			...headers,
		})
		const outcome: Outcome = { bytes: 0 }
		const read = (received: OutgoingHttpHeaders) => {
			if (received[':status'] !== undefined) outcome.httpStatus = Number(received[':status'])
			if (received['grpc-status'] !== undefined) outcome.grpcStatus = Number(received['grpc-status'])
		}
		stream.on('response', read).on('trailers', read)
		stream.on('data', (data: Buffer) => {
			outcome.bytes += data.length
		})
		stream.on('error', () => {})
		const timeout = setTimeout(() => stream.destroy(new Error('no answer')), patienceMs)
		for (const chunk of chunks) stream.write(chunk)
		if (!leaveOpen) stream.end()
		await new Promise((done) => stream.once('end', done).once('close', done))
		clearTimeout(timeout)
		if (stream.rstCode !== constants.NGHTTP2_NO_ERROR) outcome.reset = stream.rstCode
		stream.close()
		return outcome
	})
}

const authorization = (scope: string) => ({ authorization: `Bearer ${tokenFor(scope)}` })

test('a good call in raw frames is answered', async () => {
	expect(await rawCall({})).toMatchObject({ httpStatus: 200, grpcStatus: status.OK })
})

test('a good call in many small pieces is answered', async () => {
	const chunks = [...frame(good)].map((byte) => Buffer.from([byte]))
	expect(await rawCall({ chunks })).toMatchObject({ httpStatus: 200, grpcStatus: status.OK })
})

describe('a message is refused', () => {
	const { INTERNAL, INVALID_ARGUMENT, RESOURCE_EXHAUSTED, UNIMPLEMENTED, NOT_FOUND } = status
	test.each<[string, Buffer[], number[]]>([
		['that is not there', [], [INTERNAL, UNIMPLEMENTED, INVALID_ARGUMENT]],
		['that is empty', [frame(Buffer.alloc(0))], [INVALID_ARGUMENT]],
		['of bytes at random', [frame(Buffer.from('deadbeefcafe00ff', 'hex'))], [INTERNAL, INVALID_ARGUMENT]],
		['that ends within a field', [frame(Buffer.from([0x0a, 0x40, 0x41]))], [INTERNAL, INVALID_ARGUMENT, NOT_FOUND]],
		['of another wire type', [frame(Buffer.from([0x08, 0x01]))], [INTERNAL, INVALID_ARGUMENT]],
		['whose varint never ends', [frame(Buffer.alloc(32, 0xff))], [INTERNAL, INVALID_ARGUMENT]],
		['with groups in groups', [frame(Buffer.alloc(200_000, 0x1b))], [INTERNAL, INVALID_ARGUMENT]],
		['that is not UTF-8', [frame(Buffer.from([0x0a, 0x02, 0xc3, 0x28]))], [INVALID_ARGUMENT]],
		['that comes twice', [frame(good), frame(good)], [INTERNAL, UNIMPLEMENTED, INVALID_ARGUMENT]],
		['said to have 4 GB', [frame(good, { length: 0xffffffff })], [RESOURCE_EXHAUSTED]],
		['of 5 MB', [frame(Buffer.alloc(5 * 1024 * 1024, 0x0a))], [RESOURCE_EXHAUSTED]],
		['cut within its length', [frame(good).subarray(0, 3)], [INTERNAL, UNIMPLEMENTED, INVALID_ARGUMENT]],
		['shorter than it says', [frame(good, { length: good.length + 9 })], [INTERNAL, UNIMPLEMENTED, INVALID_ARGUMENT]],
		['in no frame at all', [Buffer.from('GET / HTTP/1.1\r\n\r\n')], [RESOURCE_EXHAUSTED, INTERNAL]],
	])('%s', async (_what, chunks, expected) => {
		const outcome = await rawCall({ chunks })
		expect(outcome.grpcStatus, JSON.stringify(outcome)).toBeOneOf(expected)
		expect(outcome.bytes).toBe(0)
	})

	// The library takes either for a message that is not compressed.
	test.each([1, 7])('with the flag %i and no encoding, or read as it is', async (flag) => {
		const { grpcStatus } = await rawCall({ chunks: [frame(good, { flag })] })
		expect(grpcStatus).toBeOneOf([status.OK, INTERNAL, UNIMPLEMENTED, INVALID_ARGUMENT])
		const garbage = await rawCall({ chunks: [frame(gzipSync(good), { flag })] })
		expect(garbage.grpcStatus).toBeOneOf([INTERNAL, UNIMPLEMENTED, INVALID_ARGUMENT])
	})

	test('that is a bomb, before it is unpacked', async () => {
		const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024))
		expect(bomb.length).toBeLessThan(100_000)
		const before = process.memoryUsage().rss
		for (let i = 0; i < 5; i++) {
			const outcome = await rawCall({ headers: { 'grpc-encoding': 'gzip' }, chunks: [frame(bomb, { flag: 1 })] })
			expect(outcome.grpcStatus).toBe(status.RESOURCE_EXHAUSTED)
		}
		expect(process.memoryUsage().rss - before).toBeLessThan(200 * 1024 * 1024)
	})

	test.each(['gzip', 'deflate', 'br', '../gzip'])(
		'that is not the %s that its encoding announces',
		async (encoding) => {
			const outcome = await rawCall({ headers: { 'grpc-encoding': encoding }, chunks: [frame(good, { flag: 1 })] })
			expect(outcome.grpcStatus).toBeOneOf([status.INTERNAL, status.UNIMPLEMENTED, status.INVALID_ARGUMENT])
		},
	)

	test('for lists without end', async () => {
		const line = Buffer.from([0x0a, 0x02, 0x1a, 0x00])
		const many = Buffer.concat(Array(100_000).fill(line))
		const outcome = await rawCall({
			path: reserveStock,
			headers: authorization('stock:reserve'),
			chunks: [frame(many)],
		})
		expect(outcome.grpcStatus).toBe(status.INVALID_ARGUMENT)
	})
})

test('a message that is compressed as it says is read', async () => {
	const outcome = await rawCall({
		headers: { 'grpc-encoding': 'gzip' },
		chunks: [frame(gzipSync(good), { flag: 1 })],
	})
	expect(outcome.grpcStatus).toBe(status.OK)
})

test('fields that are not known are passed over', async () => {
	const unknown = Buffer.from([0xf8, 0x7f, 0x01, 0xfa, 0x7f, 0x03, 0x61, 0x62, 0x63])
	const outcome = await rawCall({ chunks: [frame(Buffer.concat([unknown, good, unknown]))] })
	expect(outcome.grpcStatus).toBe(status.OK)
})

test('of a product, what is no text does not get in', async () => {
	const title = Buffer.from([0x12, 0x02, 0x61, 0x00])
	const sku = Buffer.from([0x0a, 0x03, 0x4e, 0x55, 0x4c])
	const inner = Buffer.concat([sku, title])
	const message = Buffer.concat([Buffer.from([0x0a, inner.length]), inner])
	const headers = authorization('catalog:write')
	const outcome = await rawCall({ path: createProduct, headers, chunks: [frame(message)] })
	expect(outcome.grpcStatus).toBe(status.INVALID_ARGUMENT)
})

describe('a call is refused', () => {
	test.each([
		'/mercat.catalog.v1.CatalogService/Nothing',
		'/mercat.catalog.v1.Nothing/GetProduct',
		'/mercat.catalog.v1.CatalogService/__proto__',
		'/__proto__/constructor',
		'/constructor',
		'/',
		'/../GetProduct',
		`/${'x'.repeat(10_000)}`,
	])('of a method that there is not: %s', async (path) => {
		expect((await rawCall({ path })).grpcStatus).toBe(status.UNIMPLEMENTED)
	})

	test.each(['soon', '', '1', '-1S', '1Y', '999999999S', '1e3S', '1 S', '0x1S'])(
		'with a grpc-timeout of "%s", or goes without',
		async (timeout) => {
			const { grpcStatus, reset } = await rawCall({ headers: { 'grpc-timeout': timeout } })
			expect(grpcStatus ?? reset).toBeOneOf([
				status.OK,
				status.INTERNAL,
				status.OUT_OF_RANGE,
				status.INVALID_ARGUMENT,
				status.DEADLINE_EXCEEDED,
			])
		},
	)

	test('with a grpc-timeout of nothing', async () => {
		const { grpcStatus, reset } = await rawCall({ headers: { 'grpc-timeout': '0n' } })
		expect([grpcStatus, reset]).toBeOneOf([
			[status.DEADLINE_EXCEEDED, undefined],
			[undefined, constants.NGHTTP2_CANCEL],
		])
	})

	test.each(['text/html', 'application/json', 'text/plain, application/grpc', ''])('as %s', async (type) => {
		const { httpStatus, grpcStatus } = await rawCall({ headers: { 'content-type': type } })
		expect([httpStatus, grpcStatus]).toEqual([415, undefined])
	})

	test.each(['GET', 'PUT', 'DELETE'])('by %s', async (method) => {
		const outcome = await rawCall({ headers: { ':method': method }, chunks: [] })
		expect(outcome.bytes).toBe(0)
		expect(outcome.httpStatus === 200 && outcome.grpcStatus === status.OK).toBe(false)
	})

	test('with 100 KB of metadata', async () => {
		const { grpcStatus } = await rawCall({ headers: { 'x-large': 'x'.repeat(100_000) } })
		expect(grpcStatus).not.toBe(status.OK)
	})

	test('with more pairs of metadata than anyone has to say', async () => {
		const headers = Object.fromEntries(Array.from({ length: 150 }, (_, i) => [`x-${i}`, 'x']))
		expect((await rawCall({ headers })).grpcStatus).not.toBe(status.OK)
	})

	test('with thousands of pairs of metadata', async () => {
		const headers = Object.fromEntries(Array.from({ length: 3_000 }, (_, i) => [`x-${i}`, 'x'.repeat(20)]))
		expect((await rawCall({ headers })).grpcStatus).not.toBe(status.OK)
	})

	test('whose token is in other metadata, or there twice', async () => {
		const token = tokenFor('stock:reserve')
		for (const headers of [
			{ 'x-authorization': `Bearer ${token}` },
			{ 'authorization-bin': Buffer.from(`Bearer ${token}`).toString('base64') },
			{ authorization: `Bearer ${token}, Bearer ${token}` },
			{ authorization: [`Bearer x`, `Bearer ${token}`] as unknown as string },
			{ authorization: `Bearer ${'x'.repeat(10_000)}` },
			{ authorization: `Basic ${token}` },
		]) {
			const outcome = await rawCall({ path: reserveStock, headers, chunks: [frame(Buffer.alloc(0))] }).catch(
				({ code }: NodeJS.ErrnoException) => code,
			)
			expect(outcome).toBeOneOf([
				expect.objectContaining({ grpcStatus: status.UNAUTHENTICATED }),
				'ERR_HTTP2_HEADER_SINGLE_VALUE',
			])
		}
	})

	test('with metadata that says it is binary and is not, or goes without', async () => {
		const { grpcStatus } = await rawCall({ headers: { 'x-odd-bin': '%%%' } })
		expect(grpcStatus).toBeOneOf([status.OK, status.INTERNAL])
	})
})

describe('the server bears', () => {
	test('1,024 calls at once on a connection, and no more', async () => {
		await withSession(async (session) => {
			const [settings] = await once(session, 'remoteSettings')
			expect(settings).toMatchObject({ maxConcurrentStreams: 1_024 })
		})
	})

	test('a call that never goes on', async () => {
		await withSession(async (session) => {
			const open = Array.from({ length: 50 }, () =>
				session.request({ ':method': 'POST', ':path': getProduct, 'content-type': 'application/grpc' }),
			)
			for (const stream of open) stream.on('error', () => {}).write(frame(good).subarray(0, 4))
			expect(await catalog.get('MUG-1')).toMatchObject({ sku: 'MUG-1' })
			for (const stream of open) stream.close(constants.NGHTTP2_CANCEL)
		})
	})

	test('a thousand calls that are reset at once', async () => {
		await withSession(async (session) => {
			await once(session, 'connect')
			for (let i = 0; i < 1_000 && !session.destroyed; i++) {
				const stream = session.request({ ':method': 'POST', ':path': getProduct, 'content-type': 'application/grpc' })
				stream.on('error', () => {}).write(frame(good))
				stream.close(constants.NGHTTP2_CANCEL)
			}
			expect(await catalog.get('MUG-1')).toMatchObject({ sku: 'MUG-1' })
		})
	})

	const preface = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n')
	const http2Frame = (type: number, flags: number, streamId: number, payload = Buffer.alloc(0)) => {
		const head = Buffer.alloc(9)
		head.writeUIntBE(payload.length, 0, 3)
		head.writeUInt8(type, 3)
		head.writeUInt8(flags, 4)
		head.writeUInt32BE(streamId, 5)
		return Buffer.concat([head, payload])
	}
	const settings = http2Frame(0x4, 0, 0)
	test.each<[string, Buffer[]]>([
		['an HTTP/1.1 request', [Buffer.from('GET / HTTP/1.1\r\nhost: a\r\n\r\n')]],
		['bytes at random', [Buffer.from('deadbeef'.repeat(100), 'hex')]],
		['a preface alone, and then nonsense', [preface, Buffer.alloc(1_000, 0xff)]],
		[
			'headers that go on for ever',
			[preface, settings, http2Frame(0x1, 0, 1), ...Array(20_000).fill(http2Frame(0x9, 0, 1, Buffer.alloc(64)))],
		],
		['ten thousand settings', [preface, ...Array(10_000).fill(settings)]],
		['ten thousand pings', [preface, settings, ...Array(10_000).fill(http2Frame(0x6, 0, 0, Buffer.alloc(8)))]],
		['data for a call that is not', [preface, settings, http2Frame(0x0, 0, 9, Buffer.alloc(100))]],
		['a frame longer than agreed', [preface, settings, http2Frame(0x1, 4, 1, Buffer.alloc(100_000))]],
	])('%s', async (_what, chunks) => {
		const [host = '', port] = catalog.address.split(':')
		const socket = tcpConnect({ host, port: Number(port) })
		socket.on('error', () => {}).resume()
		await once(socket, 'connect')
		socket.write(Buffer.concat(chunks))
		await Promise.race([once(socket, 'close').catch(() => {}), new Promise((waited) => setTimeout(waited, 500))])
		expect(await catalog.get('MUG-1')).toMatchObject({ sku: 'MUG-1' })
		socket.destroy()
	})
})
