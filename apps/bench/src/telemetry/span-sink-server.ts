import { createServer, type Server } from 'node:http'

/** Takes every body that is posted to it, as a collector does, and drops it. `GET` tells the number of bytes. */
export function createSpanSinkServer(): Server {
	let bytes = 0
	return createServer({ keepAliveTimeout: 600_000 }, (request, response) => {
		if (request.method !== 'POST') {
			response.end(String(bytes))
			return
		}
		request.on('data', (chunk: Buffer) => {
			bytes += chunk.length
		})
		// An empty message says that the collector has taken all spans.
		request.once('end', () => response.writeHead(200, { 'content-type': 'application/x-protobuf' }).end())
	})
}
