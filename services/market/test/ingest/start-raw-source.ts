import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { type WebSocket, WebSocketServer } from 'ws'

export type RawSource = AsyncDisposable & {
	url: string
	/** The URL of each connection that came. */
	asked: string[]
	sockets: WebSocket[]
}

/** A WebSocket server that does what a test tells it, on a free port of this machine. */
export async function startRawSource(onConnection: (socket: WebSocket, index: number) => void): Promise<RawSource> {
	const asked: string[] = []
	const sockets: WebSocket[] = []
	const server = new WebSocketServer({ host: '127.0.0.1', port: 0 })
	server.on('connection', (socket, request) => {
		asked.push(request.url ?? '')
		sockets.push(socket)
		onConnection(socket, sockets.length - 1)
	})
	await once(server, 'listening')
	return {
		url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}/`,
		asked,
		sockets,
		async [Symbol.asyncDispose]() {
			for (const socket of sockets) socket.terminate()
			await new Promise((resolve) => server.close(resolve))
		},
	}
}

/** A message with one tick, as JSON. */
export function rawMessage(seq: number, facts: Record<string, unknown> = {}): string {
	return JSON.stringify({
		seq,
		ticks: [{ sku: 'MUG-1', price: 1_290, currency: 'EUR', at: 1_764_500_000_000 }],
		...facts,
	})
}
