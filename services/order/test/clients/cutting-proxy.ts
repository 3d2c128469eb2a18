import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse, request as send } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'

export type CuttingProxy = AsyncDisposable & {
	url: string
	/** A coming request of this method is served, and its answer is cut in the middle: the next one, or the one after `passing` more. */
	cutNext(method: string, passing?: number): void
	/** How many streams are open. */
	openStreams(): number
	cutStreams(): void
	/** How many requests of this method came. */
	count(method: string): number
}

/** A proxy in front of the service at `url`, as an unreliable network. */
export async function startCuttingProxy(url: string): Promise<CuttingProxy> {
	const toCut: { method: string; passing: number }[] = []
	const methods: (string | undefined)[] = []
	const streams = new Set<ServerResponse>()

	function takeCut(method: string): boolean {
		const first = toCut.find((one) => one.method === method)
		if (first === undefined || first.passing-- > 0) return false
		toCut.splice(toCut.indexOf(first), 1)
		return true
	}

	function pass(answer: IncomingMessage, response: ServerResponse): void {
		response.writeHead(answer.statusCode ?? 0, answer.headers).flushHeaders()
		answer.pipe(response)
		if (!answer.headers['content-type']?.startsWith('text/event-stream')) return
		streams.add(response)
		response.once('close', () => streams.delete(response))
	}

	async function cut(answer: IncomingMessage, response: ServerResponse): Promise<void> {
		const body = await buffer(answer)
		response.writeHead(answer.statusCode ?? 0, answer.headers)
		response.write(body.subarray(0, body.length / 2), () => response.destroy())
	}

	const server = createServer((request, response) => {
		const { method = '', headers } = request
		methods.push(method)
		const isCut = takeCut(method)
		const forwarded = send(new URL(request.url ?? '/', url), { method, headers }, (answer) =>
			isCut ? void cut(answer, response) : pass(answer, response),
		)
		forwarded.on('error', () => response.destroy())
		response.once('close', () => forwarded.destroy())
		request.pipe(forwarded)
	}).listen(0, '127.0.0.1')
	await once(server, 'listening')
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		cutNext: (method, passing = 0) => void toCut.push({ method, passing }),
		openStreams: () => streams.size,
		cutStreams() {
			for (const stream of streams) stream.destroy()
		},
		count: (method) => methods.filter((one) => one === method).length,
		async [Symbol.asyncDispose]() {
			const closed = once(server, 'close')
			server.close()
			server.closeAllConnections()
			await closed
		},
	}
}
