import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { Problem } from '@mercat/order-api/problem'
import { problemTable } from '@mercat/order-api/problem-table'
import type { Logger } from '@mercat/service/log'
import { valuesOf } from '../header-values.ts'
import { problemBody, problemType } from '../problems/problem-handler.ts'
import { securityHeaders } from '../security-headers.ts'
import { traceIdOf } from '../trace-id.ts'
import { createTurns } from './turns.ts'

export type LoadSheddingOptions = {
	/** Requests to the API under way in this process, above which more are refused. */
	mostInFlight: number
	/** Of the largest body that a request may have: what is left unread of it is no reason to close a connection. */
	bodyLimitBytes: number
	/** Whether one connection carries the requests of many clients. */
	isBehindProxy: boolean
	corsOrigins: readonly string[]
	isDraining(): boolean
	log: Pick<Logger, 'warn'>
}

/** What one connection has under way. */
type Connection = { inFlight: number }

const reportMs = 1_000
// So many in a second cost too little for anyone to notice.
const freeRefusals = 500
// Sent ahead on one connection (pipelining); more of them could hold what is there for all by not reading an answer.
const mostOnOneConnection = 16
const overloaded = new Problem('OVERLOADED')
const { status } = problemTable[overloaded.code]
const refusalHeaders = [
	...Object.entries(securityHeaders).flat(),
	'content-type',
	problemType,
	'retry-after',
	String(overloaded.retryAfterS),
]

/**
 * Refuses requests to the API when too many are under way, before anything is done for them: a refusal must
 * cost so little that those which are under way do not notice, and leaves the client its connection, as a
 * new one would cost more. Where more are refused than is cheap, connections take turns to be read, both those
 * that were refused and those that were answered: reading thousands of requests only to refuse them would leave no
 * time for those that were let in. New connections, and all of them behind a proxy, where each carries the requests of
 * many clients, are read at once. Health, metrics and pages are never refused.
 */
export function createLoadShedding(options: LoadSheddingOptions) {
	const { mostInFlight, bodyLimitBytes, isBehindProxy, corsOrigins, isDraining, log } = options
	const connections = new WeakMap<Socket, Connection>()
	const turns = createTurns({ room: () => mostInFlight - inFlight, overduePerSecond: freeRefusals, isDraining })
	let inFlight = 0
	let refused = 0

	function report(): void {
		log.warn({ refused }, 'too many requests were under way')
		refused = 0
	}

	function connectionOf({ socket }: IncomingMessage): Connection {
		const known = connections.get(socket)
		if (known !== undefined) return known
		const connection: Connection = { inFlight: 0 }
		connections.set(socket, connection)
		// Not every response that is queued behind others learns of its connection's end.
		socket.once('close', () => {
			inFlight -= connection.inFlight
			connection.inFlight = 0
		})
		return connection
	}

	function refuse(request: IncomingMessage, response: ServerResponse, mayStay: boolean): void {
		if (refused++ === 0) setTimeout(report, reportMs).unref()
		const body = JSON.stringify(problemBody(overloaded, request.url ?? '/', traceIdOf(request)))
		const closing = mayStay && isSmall(request) && !isDraining() ? [] : ['connection', 'close']
		response.writeHead(status, [
			...refusalHeaders,
			'content-length',
			String(Buffer.byteLength(body)),
			...closing,
			...corsHeaders(request),
		])
		response.end(body)
		// Once Node has read what there still is of this request, as it would go on reading.
		if (refused > freeRefusals) request.once('close', () => refused > freeRefusals && takeTurns(request.socket))
	}

	function corsHeaders({ rawHeaders }: IncomingMessage): string[] {
		const [origin] = corsOrigins.length === 0 ? [] : valuesOf('origin', rawHeaders)
		if (origin === undefined || !corsOrigins.includes(origin)) return []
		return ['access-control-allow-origin', origin, 'access-control-expose-headers', 'Retry-After', 'vary', 'Origin']
	}

	// Looked for in the headers as they came, which costs less than having Node read them all.
	function isSmall({ rawHeaders }: IncomingMessage): boolean {
		const [bodyBytes = 0] = valuesOf('content-length', rawHeaders)
		return Number(bodyBytes) <= bodyLimitBytes && valuesOf('transfer-encoding', rawHeaders).length === 0
	}

	function takeTurns(socket: Socket): void {
		if (!isBehindProxy) turns.waitFor(socket)
	}

	function letIn(request: IncomingMessage, response: ServerResponse, connection: Connection): void {
		inFlight++
		connection.inFlight++
		response.on('close', () => {
			if (connection.inFlight === 0) return
			inFlight--
			connection.inFlight--
			if (!turns.areTaken()) return
			// Nothing else of this connection is being read or answered.
			if (connection.inFlight === 0 && request.complete) takeTurns(request.socket)
			turns.readSoon()
		})
	}

	return (handle: RequestListener): RequestListener =>
		(request, response) => {
			if (!isExempt(request)) {
				const connection = connectionOf(request)
				const mayStay = connection.inFlight < mostOnOneConnection
				if (inFlight >= mostInFlight || !mayStay) return refuse(request, response, mayStay)
				letIn(request, response, connection)
			}
			handle(request, response)
		}
}

const exemptPaths = ['/livez', '/readyz', '/openapi.json', '/docs', '/problems/']

// By the text of the path: whoever spells it otherwise is counted like anyone else.
function isExempt({ url = '/' }: IncomingMessage): boolean {
	return exemptPaths.some((path) => url.startsWith(path))
}
