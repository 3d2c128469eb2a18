import { createServer, type Server, type ServerResponse } from 'node:http'
import type { Logger } from '../logging/log.ts'
import type { Readiness } from './readiness.ts'

export type OperatorServerNeeds = {
	/** The metrics in the text format of Prometheus. */
	metrics(): Promise<string>
	readiness: Pick<Readiness, 'missing'>
	log: Pick<Logger, 'error'>
}

const prometheusText = 'text/plain; version=0.0.4; charset=utf-8'

/**
 * Starts the server for operators, which answers `/metrics`, `/livez` and `/readyz` on a port of its own. `/readyz` names the
 * parts that are missing.
 */
export async function startOperatorServer(
	host: string,
	port: number,
	needs: OperatorServerNeeds,
): Promise<AsyncDisposable & { port: number }> {
	const server = createServer((request, response) => {
		answer(request.url, response, needs).catch((err) => {
			needs.log.error({ err, url: request.url }, 'a request of an operator failed')
			if (!response.headersSent) response.writeHead(500).end('failed\n')
		})
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

async function answer(url: string | undefined, response: ServerResponse, needs: OperatorServerNeeds): Promise<void> {
	switch (url) {
		case '/metrics': {
			const text = await needs.metrics()
			response.setHeader('content-type', prometheusText).end(text)
			return
		}
		case '/livez':
			response.end('ok\n')
			return
		case '/readyz': {
			const missing = await needs.readiness.missing()
			if (missing.length === 0) response.end('ok\n')
			else response.writeHead(503).end(`not ready: ${missing.join('; ')}\n`)
			return
		}
		default:
			response.writeHead(404).end('not found\n')
	}
}

function closeServer(server: Server): Promise<void> {
	return new Promise((closed) => {
		server.close(() => closed())
		server.closeAllConnections()
	})
}
