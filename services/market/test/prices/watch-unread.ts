import { connect } from 'node:http2'
import { marketRpcs } from '@mercat/market-api/load-proto'
import type { WatchPricesRequest } from '@mercat/market-api/messages/WatchPricesRequest'
import { inShort } from './watch-bars.ts'

const { path, requestSerialize, responseDeserialize } = marketRpcs.WatchPrices

/** Opens a stream of bars on a connection of its own, and does not read it yet. A client of grpc-js reads megabytes ahead. */
export function watchUnread(address: string, request: WatchPricesRequest) {
	const session = connect(`http://${address}`)
	session.on('error', () => {})
	const headers = { ':method': 'POST', ':path': path, 'content-type': 'application/grpc', te: 'trailers' }
	const stream = session.request(headers)
	stream.on('error', () => {})
	const message = requestSerialize(request)
	const head = Buffer.alloc(5)
	head.writeUInt32BE(message.length, 1)
	stream.end(Buffer.concat([head, message]))

	return {
		/** Reads from now on. The bars are in short. */
		readOn(): { bars: string[] } {
			const bars: string[] = []
			let rest: Buffer = Buffer.alloc(0)
			stream.on('data', (data: Buffer) => {
				rest = Buffer.concat([rest, data])
				while (rest.length >= 5 && rest.length >= 5 + rest.readUInt32BE(1)) {
					const end = 5 + rest.readUInt32BE(1)
					bars.push(...responseDeserialize(rest.subarray(5, end)).bars.map(inShort))
					rest = rest.subarray(end)
				}
			})
			return { bars }
		},
		[Symbol.dispose]: () => session.destroy(),
	}
}
