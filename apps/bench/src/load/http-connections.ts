import { connect, type Socket } from 'node:net'
import type { Outcome } from './phase.ts'

type Answered = (outcome: Outcome) => void

const longestSilenceMs = 15_000

/**
 * A minimal HTTP/1.1 client. Each connection carries one request at a time; a new connection is opened when none is
 * free. The client reads only the status and the end of a response, so it costs far less CPU than a full client. The
 * overload needs this, because load generator and server share one machine.
 *
 * @param most number of open connections from which `hasRoom` returns false; `ask` itself does not enforce it
 */
export function createHttpConnections(origin: string, most = Number.POSITIVE_INFINITY) {
	const { hostname, port } = new URL(origin)
	const all = new Set<Connection>()
	const free = new Set<Connection>()

	function open(): Connection {
		const connection = openConnection(hostname, Number(port), {
			free: () => free.add(connection),
			closed() {
				all.delete(connection)
				free.delete(connection)
			},
		})
		all.add(connection)
		return connection
	}

	return {
		hasRoom: () => free.size > 0 || all.size < most,
		ask(request: string, answered: Answered): void {
			const [connection = open()] = free
			free.delete(connection)
			connection.ask(request, answered)
		},
		[Symbol.dispose](): void {
			for (const { socket } of all) socket.destroy()
		},
	}
}

type Connection = { socket: Socket; ask(request: string, answered: Answered): void }

// All connections can share it: each read copies its bytes out before the next read begins.
const readBuffer = Buffer.alloc(64 * 1024)

function openConnection(host: string, port: number, becomes: { free(): void; closed(): void }): Connection {
	let answered: Answered | undefined
	let received = ''
	const settle = (outcome: Outcome) => {
		const tell = answered
		answered = undefined
		received = ''
		tell?.(outcome)
	}
	const read = (byteCount: number, buffer: Uint8Array) => {
		// In latin1 one character is one byte, so the length of the text is comparable with content-length.
		received += (buffer as Buffer).toString('latin1', 0, byteCount)
		const answer = readAnswer(received)
		if (answer === 'endless') socket.destroy(Object.assign(new Error(), { code: 'NO_LENGTH' }))
		if (typeof answer !== 'object') return true
		if (answer.isLast) socket.end()
		else becomes.free()
		settle(answer.status)
		return true
	}
	const onread = { buffer: readBuffer, callback: read }
	const socket: Socket = connect({ host, port, noDelay: true, timeout: longestSilenceMs, onread })
	socket.on('timeout', () => socket.destroy(Object.assign(new Error(), { code: 'TIMEOUT' })))
	socket.on('error', (error: NodeJS.ErrnoException) => settle(error.code ?? error.message))
	socket.on('close', () => {
		becomes.closed()
		settle('CLOSED')
	})
	return {
		socket,
		ask(request, tell) {
			answered = tell
			socket.write(request, 'latin1')
		},
	}
}

/** Returns undefined until the response is complete, and `endless` when it has no content-length. */
function readAnswer(text: string): { status: number; isLast: boolean } | 'endless' | undefined {
	const headEnd = text.indexOf('\r\n\r\n')
	if (headEnd === -1) return undefined
	const head = text.slice(0, headEnd)
	const length = /\r\ncontent-length: (\d+)/i.exec(head)?.[1]
	if (length === undefined) return 'endless'
	if (text.length < headEnd + 4 + Number(length)) return undefined
	return { status: Number(head.slice(9, 12)), isLast: /\r\nconnection: close/i.test(head) }
}
