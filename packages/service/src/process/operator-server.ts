import { createServer, type Server } from 'node:http'
import { collectDefaultMetrics, register } from '@prometheus-io/client'
import type { Readiness } from './readiness.ts'

/**
 * Starts the server for operators, which answers `/metrics`, `/livez` and `/readyz` on a port of its own. `/readyz` names the
 * parts that are missing.
 */
export async function startOperatorServer(
	host: string,
	port: number,
	readiness: Pick<Readiness, 'missing'>,
): Promise<AsyncDisposable & { port: number }> {
	collectDefaultMetrics()
	const server = createServer(async (request, response) => {
		if (request.url === '/metrics') {
			response.setHeader('content-type', register.contentType).end(await register.metrics())
		} else if (request.url === '/livez') {
			response.end('ok\n')
		} else if (request.url === '/readyz') {
			const missing = await readiness.missing()
			if (missing.length === 0) response.end('ok\n')
			else response.writeHead(503).end(`not ready: ${missing.join('; ')}\n`)
		} else {
			response.writeHead(404).end('not found\n')
		}
	})
	await new Promise<void>((listening, failed) => {
		server.once('error', failed)
		server.listen(port, host, listening)
	})
	return {
		port: (server.address() as { port: number }).port,
		[Symbol.asyncDispose]: () => closeServer(server),
	}
}

function closeServer(server: Server): Promise<void> {
	return new Promise((closed) => {
		server.close(() => closed())
		server.closeAllConnections()
	})
}
