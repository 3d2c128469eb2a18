import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { Problem } from '@mercat/rest-api/problem'
import { problemTable } from '@mercat/rest-api/problem-table'
import type { Logger } from '@mercat/service/log'
import { requestsShed } from '@mercat/service/metrics'
import { valuesOf } from '../header-values.ts'
import { observedOf, traceIdOf } from '../observed-request.ts'
import { problemBody, problemType } from '../problems/problem-handler.ts'
import { securityHeaders } from '../security-headers.ts'
import { showInFlight } from './load-gauges.ts'
import { createTurns } from './turns.ts'

export type LoadSheddingOptions = {
	/** The most requests to the API in this process at the same time. */
	mostInFlight: number
	/** The size of the largest body. A refused request with a body up to this size keeps its connection. */
	bodyLimitBytes: number
	/** Whether one connection carries requests of many clients. */
	isBehindProxy: boolean
	/** Origins of web pages that may read a refusal. `*` is every origin. */
	corsOrigins: readonly string[]
	/** What the paths of streams begin with. */
	streamPaths: readonly string[]
	isDraining(): boolean
	log: Pick<Logger, 'warn'>
}

type Connection = {
	/** The number of its requests that are not answered. */
	inFlight: number
	hasStream: boolean
}

const streamStarts = new WeakMap<ServerResponse, () => void>()

/**
 * Gives back the place of a request whose answer becomes a stream. The stream has its connection for itself: a connection
 * with another request is closed, because that request would keep a place until the stream ends.
 */
export function startStream(response: ServerResponse): void {
	streamStarts.get(response)?.()
}

const reportMs = 1_000
// Refusals in one second that are cheap enough for other requests not to notice.
const freeRefusals = 500
// Requests that one connection may send ahead (pipelining). With more, a client that reads no answers could take every
// place.
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
const exposed = ['access-control-expose-headers', 'Retry-After']

/**
 * Refuses requests to the API when too many are in flight. A refusal comes before any other work, so that it is cheap, and
 * keeps the connection, because a new one costs more.
 *
 * When there are more refusals than is cheap, connections take turns: after its answer or refusal, a connection is not read
 * for a while. To read thousands of requests only to refuse them would leave no time for the admitted ones. A new connection
 * is read at once, and so is every connection behind a proxy, where it carries requests of many clients.
 *
 * Requests for health, documentation and problem types are never refused.
 */
export function createLoadShedding(options: LoadSheddingOptions) {
	const { mostInFlight, bodyLimitBytes, isBehindProxy, corsOrigins, streamPaths, isDraining, log } = options
	const connections = new WeakMap<Socket, Connection>()
	const turns = createTurns({ room: () => mostInFlight - inFlight, overduePerSecond: freeRefusals, isDraining })
	let inFlight = 0
	let refused = 0
	showInFlight(() => inFlight)

	function report(): void {
		log.warn({ refused }, 'too many requests were under way')
		refused = 0
	}

	function connectionOf({ socket }: IncomingMessage): Connection {
		const known = connections.get(socket)
		if (known !== undefined) return known
		const connection: Connection = { inFlight: 0, hasStream: false }
		connections.set(socket, connection)
		// A response that is queued behind others does not always get `close` when its connection ends.
		socket.once('close', () => {
			inFlight -= connection.inFlight
			connection.inFlight = 0
		})
		return connection
	}

	function refuse(request: IncomingMessage, response: ServerResponse, mayStay: boolean): void {
		if (refused++ === 0) setTimeout(report, reportMs).unref()
		requestsShed.inc()
		observedOf(request).problem = overloaded
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
		// Only after Node has read the rest of this request: it resumes the socket to read it.
		if (refused > freeRefusals) request.once('close', () => refused > freeRefusals && takeTurns(request.socket))
	}

	function corsHeaders({ rawHeaders }: IncomingMessage): string[] {
		const [origin] = corsOrigins.length === 0 ? [] : valuesOf('origin', rawHeaders)
		if (origin === undefined) return []
		if (corsOrigins.includes('*')) return ['access-control-allow-origin', '*', ...exposed]
		if (!corsOrigins.includes(origin)) return []
		return ['access-control-allow-origin', origin, ...exposed, 'vary', 'Origin']
	}

	// For speed from `rawHeaders`: Node would parse all headers.
	function isSmall({ rawHeaders }: IncomingMessage): boolean {
		const [bodyBytes = 0] = valuesOf('content-length', rawHeaders)
		return Number(bodyBytes) <= bodyLimitBytes && valuesOf('transfer-encoding', rawHeaders).length === 0
	}

	// For speed: other requests need no way to leave their place early.
	function mayStream({ url = '/' }: IncomingMessage): boolean {
		return streamPaths.some((path) => url.startsWith(path))
	}

	function takeTurns(socket: Socket): void {
		if (!isBehindProxy) turns.waitFor(socket)
	}

	function letIn(request: IncomingMessage, response: ServerResponse, connection: Connection): void {
		inFlight++
		connection.inFlight++
		let hasPlace = true
		const leave = () => {
			if (!hasPlace || connection.inFlight === 0) return
			hasPlace = false
			inFlight--
			connection.inFlight--
		}
		if (mayStream(request)) {
			streamStarts.set(response, () => {
				leave()
				connection.hasStream = true
				if (connection.inFlight > 0) request.socket.destroy()
				turns.readSoon()
			})
		}
		response.on('close', () => {
			if (connection.inFlight === 0) return
			leave()
			if (!turns.areTaken()) return
			// The connection has no other request to read or to answer.
			if (connection.inFlight === 0 && request.complete) takeTurns(request.socket)
			turns.readSoon()
		})
	}

	return (handle: RequestListener): RequestListener =>
		(request, response) => {
			const connection = connectionOf(request)
			if (connection.hasStream) {
				request.socket.destroy()
				return
			}
			if (!isExempt(request)) {
				const mayStay = connection.inFlight < mostOnOneConnection
				if (inFlight >= mostInFlight || !mayStay) return refuse(request, response, mayStay)
				letIn(request, response, connection)
			}
			handle(request, response)
		}
}

const exemptPaths = ['/livez', '/readyz', '/openapi.json', '/docs', '/problems/']

// Compares the path as it is spelled: another spelling of an exempt path counts as a request to the API.
function isExempt({ url = '/' }: IncomingMessage): boolean {
	return exemptPaths.some((path) => url.startsWith(path))
}
