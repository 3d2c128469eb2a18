import { type ClientHttp2Session, constants, connect as http2Connect, type OutgoingHttpHeaders } from 'node:http2'
import { catalogRpcs } from '@mercat/catalog-api/load-proto'
import type { Engine } from '@mercat/testing/test-database'
import { afterEach, beforeAll, expect } from 'vitest'
import { sharedCatalog } from '../shared-catalog.ts'
import { product, type TestCatalog, tokenFor } from '../start-catalog.ts'

export const getProduct = catalogRpcs.GetProduct.path

/** A request for the product MUG-1. */
export const validRequest: Buffer = catalogRpcs.GetProduct.requestSerialize({ sku: 'MUG-1' })

/** A catalog with the product MUG-1, which must still be served after every test. */
export function robustCatalog(engine: Engine): TestCatalog {
	const catalog = sharedCatalog(engine)
	beforeAll(async () => {
		await catalog.create(product())
	})
	afterEach(async () => {
		expect(await catalog.get('MUG-1')).toMatchObject({ sku: 'MUG-1' })
	})
	return catalog
}

export function authorization(scope: string) {
	return { authorization: `Bearer ${tokenFor(scope)}` }
}

/** A message on the wire: its flag, its length, its bytes. The options replace the right flag and length. */
export function frame(message: Buffer, { flag = 0, length = message.length } = {}): Buffer {
	const head = Buffer.alloc(5)
	head.writeUInt8(flag)
	head.writeUInt32BE(length, 1)
	return Buffer.concat([head, message])
}

type RawOutcome = { httpStatus?: number; grpcStatus?: number; reset?: number; bytes: number }
type RawCall = { path?: string; headers?: OutgoingHttpHeaders; chunks?: Buffer[] }

const patienceMs = 60_000

/** Gives `use` an HTTP/2 connection of its own. */
export async function withSession<T>(
	{ address }: TestCatalog,
	use: (session: ClientHttp2Session) => Promise<T>,
): Promise<T> {
	const session = http2Connect(`http://${address}`)
	session.on('error', () => {})
	try {
		return await use(session)
	} finally {
		session.destroy()
	}
}

/** Makes one call of raw bytes on a connection of its own, and returns its outcome. */
export function rawCall(
	catalog: TestCatalog,
	{ path = getProduct, headers = {}, chunks = [frame(validRequest)] }: RawCall,
): Promise<RawOutcome> {
	return withSession(catalog, async (session) => {
		const stream = session.request({
			':method': 'POST',
			':path': path,
			'content-type': 'application/grpc',
			te: 'trailers',
			...headers,
		})
		const outcome: RawOutcome = { bytes: 0 }
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
		stream.end()
		await new Promise((done) => stream.once('end', done).once('close', done))
		clearTimeout(timeout)
		if (stream.rstCode !== constants.NGHTTP2_NO_ERROR) outcome.reset = stream.rstCode
		stream.close()
		return outcome
	})
}
