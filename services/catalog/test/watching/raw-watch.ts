import { type ClientHttp2Stream, connect, type IncomingHttpHeaders } from 'node:http2'
import { catalogRpcs } from '@mercat/catalog-api/load-proto'
import type { WatchProductsRequest } from '@mercat/catalog-api/messages/WatchProductsRequest'
import type { WatchProductsResponse__Output as Response } from '@mercat/catalog-api/messages/WatchProductsResponse'
import { frame } from '../grpc/raw-call.ts'
import type { TestCatalog } from '../start-catalog.ts'

const { path, requestSerialize, responseDeserialize } = catalogRpcs.WatchProducts

export type UnreadWatch = Disposable & {
	stream: ClientHttp2Stream
	/** Reads all to the end. Returns the responses, and the status. */
	readAll(): Promise<{ messages: Response[]; code: number }>
}

/** Opens a stream of changes on a connection of its own, and does not read it. A client of grpc-js reads megabytes ahead. */
export function watchUnread({ address }: TestCatalog, request: WatchProductsRequest): UnreadWatch {
	const session = connect(`http://${address}`)
	session.on('error', () => {})
	const stream = session.request({
		':method': 'POST',
		':path': path,
		'content-type': 'application/grpc',
		te: 'trailers',
	})
	stream.on('error', () => {})
	let code = -1
	stream.on('trailers', (trailers: IncomingHttpHeaders) => {
		code = Number(trailers['grpc-status'])
	})
	stream.end(frame(requestSerialize(request)))
	return {
		stream,
		async readAll() {
			const bytes = Buffer.concat(await stream.toArray())
			const messages: Response[] = []
			for (let at = 0; at + 5 <= bytes.length; ) {
				const end = at + 5 + bytes.readUInt32BE(at + 1)
				messages.push(responseDeserialize(bytes.subarray(at + 5, end)))
				at = end
			}
			return { messages, code }
		},
		[Symbol.dispose]: () => session.destroy(),
	}
}
