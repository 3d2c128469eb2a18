import { once } from 'node:events'
import { constants } from 'node:http2'
import { connect as tcpConnect } from 'node:net'
import { expect, test } from 'vitest'
import { frame, getProduct, robustCatalog, validRequest, withSession } from './raw-call.ts'

const catalog = robustCatalog('postgres')

test('a connection may have 1,024 calls at the same time', async () => {
	await withSession(catalog, async (session) => {
		const [settings] = await once(session, 'remoteSettings')
		expect(settings).toMatchObject({ maxConcurrentStreams: 1_024 })
	})
})

test('the server serves other calls while 50 calls never finish their message', async () => {
	await withSession(catalog, async (session) => {
		const open = Array.from({ length: 50 }, () =>
			session.request({ ':method': 'POST', ':path': getProduct, 'content-type': 'application/grpc' }),
		)
		for (const stream of open) stream.on('error', () => {}).write(frame(validRequest).subarray(0, 4))
		expect(await catalog.get('MUG-1')).toMatchObject({ sku: 'MUG-1' })
		for (const stream of open) stream.close(constants.NGHTTP2_CANCEL)
	})
})

test('the server serves other calls after a thousand calls were reset at once', async () => {
	await withSession(catalog, async (session) => {
		await once(session, 'connect')
		for (let i = 0; i < 1_000 && !session.destroyed; i++) {
			const stream = session.request({ ':method': 'POST', ':path': getProduct, 'content-type': 'application/grpc' })
			stream.on('error', () => {}).write(frame(validRequest))
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
	['random bytes', [Buffer.from('deadbeef'.repeat(100), 'hex')]],
	['a preface followed by nonsense', [preface, Buffer.alloc(1_000, 0xff)]],
	[
		'headers without an end',
		[preface, settings, http2Frame(0x1, 0, 1), ...Array(20_000).fill(http2Frame(0x9, 0, 1, Buffer.alloc(64)))],
	],
	['ten thousand settings frames', [preface, ...Array(10_000).fill(settings)]],
	['ten thousand pings', [preface, settings, ...Array(10_000).fill(http2Frame(0x6, 0, 0, Buffer.alloc(8)))]],
	['data for an unknown call', [preface, settings, http2Frame(0x0, 0, 9, Buffer.alloc(100))]],
	['a frame above the agreed size', [preface, settings, http2Frame(0x1, 4, 1, Buffer.alloc(100_000))]],
])('the server serves other calls after %s', async (_what, chunks) => {
	const [host = '', port] = catalog.address.split(':')
	const socket = tcpConnect({ host, port: Number(port) })
	socket.on('error', () => {}).resume()
	await once(socket, 'connect')
	socket.write(Buffer.concat(chunks))
	await Promise.race([once(socket, 'close').catch(() => {}), new Promise((waited) => setTimeout(waited, 500))])
	expect(await catalog.get('MUG-1')).toMatchObject({ sku: 'MUG-1' })
	socket.destroy()
})
