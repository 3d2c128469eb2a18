import { createServer, type IncomingHttpHeaders, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'

export type TestSource = AsyncDisposable & {
	origin: string
	/** The requests that came, in their order. */
	requests: { url: string; headers: IncomingHttpHeaders }[]
}

/** An HTTP server of a supplier, on a free port of this machine. */
export async function startSource(listener: RequestListener, host = '127.0.0.1'): Promise<TestSource> {
	const requests: TestSource['requests'] = []
	const server = createServer((request, response) => {
		requests.push({ url: request.url ?? '', headers: request.headers })
		listener(request, response)
	})
	await new Promise<void>((resolve) => server.listen(0, host, resolve))
	const { port } = server.address() as AddressInfo
	return {
		origin: `http://${host}:${port}`,
		requests,
		async [Symbol.asyncDispose]() {
			server.closeAllConnections()
			await new Promise((resolve) => server.close(resolve))
		},
	}
}

/** Answers with a body of a type. */
export function answer(body: string | Buffer, headers: Record<string, string> = {}): RequestListener {
	return (_request, response) => response.writeHead(200, { 'content-type': 'text/csv', ...headers }).end(body)
}
