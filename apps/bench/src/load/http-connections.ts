import { connect, type Socket } from 'node:net'
import type { Outcome } from './phase.ts'

type Answered = (outcome: Outcome) => void

const longestSilenceMs = 15_000

/**
 * HTTP/1.1 connections, each with one request under way, that are opened when none is free. It reads no
 * more of an answer than where it ends, and so costs a fraction of a real client: who offers more
 * than a server can take, on the server's machine, must be far cheaper than the server.
 *
 * @param most connections that are open at the same time, for those who ask whether there is room
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

// What is read is taken out of it before anything else is read into it.
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
		// One character is one byte, so that lengths can be compared.
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

/** Undefined until the whole answer is there; endless without a length, which is more than is read here. */
function readAnswer(text: string): { status: number; isLast: boolean } | 'endless' | undefined {
	const headEnd = text.indexOf('\r\n\r\n')
	if (headEnd === -1) return undefined
	const head = text.slice(0, headEnd)
	const length = /\r\ncontent-length: (\d+)/i.exec(head)?.[1]
	if (length === undefined) return 'endless'
	if (text.length < headEnd + 4 + Number(length)) return undefined
	return { status: Number(head.slice(9, 12)), isLast: /\r\nconnection: close/i.test(head) }
}
