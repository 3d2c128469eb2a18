import { once } from 'node:events'
import { onTestFinished } from 'vitest'
import { WebSocket } from 'ws'

/** Subscribes to an exchange, and keeps the texts that come. */
export async function subscribe(url: string, after?: number) {
	const texts: string[] = []
	const socket = new WebSocket(after === undefined ? url : `${url}?after=${after}`)
	socket.on('message', (data) => texts.push(String(data)))
	onTestFinished(() => socket.terminate())
	await once(socket, 'open')
	return {
		socket,
		texts,
		messages: () => texts.map((text) => JSON.parse(text) as { seq: number; snapshot?: true; ticks: { sku: string }[] }),
	}
}
