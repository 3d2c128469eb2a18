import { connect, createServer, type Socket } from 'node:net'

/** A proxy of a port that breaks its first connection after `breakAfterAnswerBytes` bytes of the answer. */
export async function startBreakableProxy(targetPort: number, breakAfterAnswerBytes: number) {
	let connections = 0
	let dropsAnswers = false
	const sockets = new Set<Socket>()
	const server = createServer((client) => {
		const isFirst = ++connections === 1
		const target = connect(targetPort, '127.0.0.1')
		let answered = 0
		target.on('data', (chunk) => {
			answered += chunk.length
			if (isFirst && answered > breakAfterAnswerBytes) client.destroy()
			else if (!dropsAnswers) client.write(chunk)
		})
		client.on('data', (chunk) => void target.write(chunk))
		for (const [socket, other] of [
			[client, target],
			[target, client],
		] as const) {
			sockets.add(socket)
			socket.on('error', () => {}).on('close', () => other.destroy())
		}
	})
	await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
	return {
		port: (server.address() as { port: number }).port,
		connections: () => connections,
		/** From now on no answer comes through. */
		dropAnswers() {
			dropsAnswers = true
		},
		async [Symbol.asyncDispose]() {
			for (const socket of sockets) socket.destroy()
			await new Promise((closed) => server.close(closed))
		},
	}
}
