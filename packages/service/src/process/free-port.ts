import { once } from 'node:events'
import { createServer } from 'node:net'

/** Finds a port that no process on this machine listens on. */
export async function freePort(): Promise<number> {
	const server = createServer().listen(0)
	await once(server, 'listening')
	const { port } = server.address() as { port: number }
	server.close()
	await once(server, 'close')
	return port
}
