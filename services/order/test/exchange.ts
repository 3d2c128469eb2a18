import { once } from 'node:events'
import { connect } from 'node:net'

export type RawAnswer = {
	status: number
	headers: Headers
	text: string
	/** Whether the server ended the connection after its first answer. */
	closed: boolean
}

// Node itself answers a request without all of its headers after a minute.
const patienceMs = 30_000

/** Sends the chunks over a new connection, and returns the first answer. */
export async function exchange(port: number, chunks: (string | Buffer)[]): Promise<RawAnswer> {
	const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true })
	// A server that has answered may close the connection before the last chunk.
	socket.on('error', () => {})
	await once(socket, 'connect')
	const received: Buffer[] = []
	const ended = Promise.withResolvers<boolean>()
	socket.on('data', (data: Buffer) => {
		received.push(data)
		const answer = parseAnswer(Buffer.concat(received))
		if (answer && answer.headers.get('connection') !== 'close') ended.resolve(false)
	})
	socket.once('end', () => ended.resolve(true)).once('close', () => ended.resolve(true))
	const timeout = setTimeout(() => ended.reject(new Error('the server did not answer')), patienceMs)
	try {
		for (const chunk of chunks) if (socket.writable) socket.write(chunk, 'latin1')
		const closed = await ended.promise
		const answer = parseAnswer(Buffer.concat(received))
		if (answer === undefined) throw new Error(`not an answer: ${JSON.stringify(Buffer.concat(received).toString())}`)
		return { ...answer, closed }
	} finally {
		clearTimeout(timeout)
		socket.destroy()
	}
}

function parseAnswer(bytes: Buffer): Omit<RawAnswer, 'closed'> | undefined {
	const text = bytes.toString()
	const end = text.indexOf('\r\n\r\n')
	if (end < 0) return undefined
	const [statusLine = '', ...lines] = text.slice(0, end).split('\r\n')
	const headers = new Headers(lines.map((line) => line.split(/: ?(.*)/, 2) as [string, string]))
	const body = Buffer.from(text.slice(end + 4))
	if (body.length < Number(headers.get('content-length') ?? 0)) return undefined
	return { status: Number(statusLine.split(' ')[1]), headers, text: body.toString() }
}
