import { type ClientHttp2Session, connect } from 'node:http2'
import { catalogRpcs } from '@mercat/catalog-api/load-proto'
import type { WatchProductsRequest } from '@mercat/catalog-api/messages/WatchProductsRequest'

export type WatchOptions = {
	address: string
	request: WatchProductsRequest
	/** Is called with each message. Without it, nothing is read, and the catalog must wait. */
	read?: ((message: Buffer) => void) | undefined
	/** Is called when the stream is over, unless it was disposed of, with the status of gRPC if there is one. */
	ended(status: string | undefined): void
}

const prefixBytes = 5

/** Calls WatchProducts over a connection of its own, without the gRPC library: hundreds of watchers share a process. */
export function openWatch({ address, request, read, ended }: WatchOptions): Disposable {
	const session: ClientHttp2Session = connect(`http://${address}`)
	let isOver = false
	let status: string | undefined
	const { path, requestSerialize } = catalogRpcs.WatchProducts
	const stream = session.request({
		':method': 'POST',
		':path': path,
		'content-type': 'application/grpc',
		te: 'trailers',
	})
	stream.end(inFrame(requestSerialize(request)))
	const noteStatus = (headers: Record<string, unknown>) => {
		if (typeof headers['grpc-status'] === 'string') status = headers['grpc-status']
	}
	stream.on('response', noteStatus)
	stream.on('trailers', noteStatus)
	// Without a listener of `data`, Node stops to read.
	if (read) stream.on('data', createFrameReader(read))
	const end = () => {
		if (isOver) return
		isOver = true
		session.destroy()
		ended(status)
	}
	stream.on('close', end)
	session.on('close', end)
	// The end is told, whatever its reason.
	stream.on('error', () => {})
	session.on('error', () => {})
	return {
		[Symbol.dispose]() {
			isOver = true
			session.destroy()
		},
	}
}

function inFrame(message: Buffer): Buffer {
	const frame = Buffer.alloc(prefixBytes + message.length)
	frame.writeUInt32BE(message.length, 1)
	message.copy(frame, prefixBytes)
	return frame
}

/** Puts messages together from chunks of any size. */
function createFrameReader(read: (message: Buffer) => void) {
	let rest: Buffer = Buffer.alloc(0)
	return (chunk: Buffer) => {
		rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
		while (rest.length >= prefixBytes) {
			const end = prefixBytes + rest.readUInt32BE(1)
			if (rest.length < end) return
			read(rest.subarray(prefixBytes, end))
			rest = rest.subarray(end)
		}
	}
}
