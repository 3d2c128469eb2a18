import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import { createDataLineCounter } from './data-lines.ts'

export type StreamOptions = {
	/** Of the order service: `http://HOST:PORT` */
	origin: string
	/** The value of the `authorization` header. */
	authorization: string
	/** The path of the stream, with its query. */
	path: string
	/** Whether it reads what arrives. The other end of a stream that is never read must wait. */
	reads: boolean
}

export type Stream = Disposable & {
	/** The number of events that it has read. */
	events(): number
	/** Whether the server has ended it. Unknown, and so false, while it does not read. */
	hasEnded(): boolean
}

/**
 * Opens a stream of server-sent events.
 *
 * @throws Error with the status when the answer is not 200
 */
export async function openStream({ origin, authorization, path, reads }: StreamOptions): Promise<Stream> {
	const asked = request(`${origin}${path}`, {
		agent: false,
		headers: { accept: 'text/event-stream', authorization },
	})
	asked.end()
	const [response] = (await once(asked, 'response')) as [IncomingMessage]
	if (response.statusCode !== 200) {
		asked.destroy()
		throw new Error(`GET ${path} answered ${response.statusCode}`)
	}
	const lines = createDataLineCounter()
	let hasEnded = false
	// Without a listener of `data`, Node stops to read from the socket.
	if (reads) response.on('data', lines.add)
	response.on('close', () => {
		hasEnded = true
	})
	// The end of the stream is counted, whatever its reason.
	response.on('error', () => {})
	asked.on('error', () => {})
	return {
		events: lines.count,
		hasEnded: () => hasEnded,
		[Symbol.dispose]() {
			asked.destroy()
		},
	}
}
