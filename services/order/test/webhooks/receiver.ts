import { once } from 'node:events'
import { createServer as createHttpServer, type RequestListener } from 'node:http'
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from 'node:net'
import { text } from 'node:stream/consumers'
import { addressRefusal } from '@mercat/service/target-address'
import { createWebhookCall, type WebhookCallNeeds, type WebhookMessage } from '../../src/webhooks/webhook-call.ts'

export type Posted = { path: string; headers: Record<string, string>; body: string }

export const secret = `whsec_${Buffer.alloc(24, 7).toString('base64')}`

/** An event for a receiver on this machine, which the guard of addresses would refuse. */
export function messageTo(url: string, changes: Partial<WebhookMessage> = {}): WebhookMessage {
	return { url, mayBePrivate: true, id: 'msg_7_1', body: '{"id":"msg_7_1"}', secrets: [secret], ...changes }
}

/** Calls that resolve no name, unless a test brings a resolver. */
export function openCall(needs: Partial<WebhookCallNeeds> = {}, timeoutMs?: number) {
	const unknown = () => Promise.reject(new Error('the name is unknown'))
	return createWebhookCall({ resolve: unknown, lookUp: unknown, addressRefusal, ...needs }, { timeoutMs })
}

/** A receiver that answers as `listener` does, and keeps what was posted. */
export async function startReceiver(listener: RequestListener, host = '127.0.0.1') {
	const posted: Posted[] = []
	const server = createHttpServer(async (request, response) => {
		const body = await text(request)
		posted.push({ path: request.url ?? '', headers: request.headers as Record<string, string>, body })
		listener(request, response)
	})
	return { ...(await listen(server, host)), posted }
}

/** A receiver that speaks bytes. `listener` is called once the request has begun to come. */
export async function startRawReceiver(listener: (socket: Socket) => void, host = '127.0.0.1') {
	return listen(
		createTcpServer((socket) => {
			socket.on('error', () => {})
			socket.once('data', () => listener(socket))
		}),
		host,
	)
}

async function listen(server: Server, host: string) {
	const sockets = new Set<Socket>()
	let connections = 0
	server.on('connection', (socket: Socket) => {
		connections++
		sockets.add(socket)
		socket.on('close', () => sockets.delete(socket))
	})
	server.listen(0, host)
	await once(server, 'listening')
	const { port } = server.address() as AddressInfo
	return {
		port,
		url: `http://${host.includes(':') ? `[${host}]` : host}:${port}/events?of=orders`,
		/** All connections so far. */
		connections: () => connections,
		/** The connections that are open. */
		openConnections: () => sockets.size,
		async [Symbol.asyncDispose]() {
			server.close()
			for (const socket of sockets) socket.destroy()
			await once(server, 'close')
		},
	}
}
