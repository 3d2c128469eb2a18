import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

export type Received = { headers: Record<string, string>; body: string }

/** A server that keeps what it receives, and answers 204 unless told otherwise. */
export async function startReceiver() {
	const received: Received[] = []
	let answer = { status: 204, body: '' }
	const server = createServer(async (request, response) => {
		received.push({ headers: request.headers as Record<string, string>, body: await text(request) })
		response.writeHead(answer.status).end(answer.body)
	})
	server.listen(0, '127.0.0.1')
	await once(server, 'listening')
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/events`,
		received,
		/** The received events of an order. */
		of: (orderId: string) => received.filter(({ body }) => JSON.parse(body).subject === orderId),
		answerWith(status: number, body = ''): void {
			answer = { status, body }
		},
		async [Symbol.asyncDispose]() {
			server.close()
			server.closeAllConnections()
			await once(server, 'close')
		},
	}
}
