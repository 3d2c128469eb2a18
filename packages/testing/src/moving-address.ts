import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

export type MovingAddress = AsyncDisposable & {
	/** The URL of a server, with this address in place of its own. */
	of(url: string): string
	/** Leads new connections to another server. Open connections stay with theirs. */
	moveTo(url: string): void
}

/** An address that leads to the server of `url`, and that can be moved: the name of the primary in a cluster. */
export async function startMovingAddress(url: string): Promise<MovingAddress> {
	const portOf = (other: string) => Number(new URL(other).port)
	let targetPort = portOf(url)
	const sockets = new Set<Socket>()
	const server = createServer({ noDelay: true }, (client) => {
		const target = connect({ port: targetPort, host: '127.0.0.1', noDelay: true })
		for (const [socket, peer] of [
			[client, target],
			[target, client],
		] as const) {
			sockets.add(socket)
			socket.on('error', () => {})
			socket.on('close', () => {
				sockets.delete(socket)
				peer.destroy()
			})
		}
		client.pipe(target).pipe(client)
	}).listen(0, '127.0.0.1')
	await once(server, 'listening')
	const { port } = server.address() as AddressInfo
	return {
		of(other) {
			const moved = new URL(other)
			moved.port = String(port)
			return moved.href
		},
		moveTo(other) {
			targetPort = portOf(other)
		},
		async [Symbol.asyncDispose]() {
			const closed = once(server, 'close')
			server.close()
			for (const socket of sockets) socket.destroy()
			await closed
		},
	}
}
