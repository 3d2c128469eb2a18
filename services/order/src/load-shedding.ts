import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { Logger } from '@mercat/service/log'
import { valuesOf } from './header-values.ts'
import { problemBody, problemType } from './problem-handler.ts'
import { Problem, problemTable } from './problems.ts'
import { securityHeaders } from './security-headers.ts'
import { traceIdOf } from './trace-id.ts'

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

const reportMs = 1_000
// A little longer than clients are told to wait, and well within the budget that an order has afterwards.
const longestUnreadMs = 1_250
const sweepMs = 50
// Answers come by the batch, which may be half of what is under way. Below this, nobody is waiting for a turn.
const shareOfFlood = 1 / 4
// So many in a second cost too little for anyone to notice.
const freeRefusals = 500
const overloaded = new Problem('OVERLOADED')
const { status } = problemTable[overloaded.code]
const retryAfterS = overloaded.retryAfterS ?? 1
const refusalHeaders = [
	...Object.entries(securityHeaders).flat(),
	'content-type',
	problemType,
	'retry-after',
	String(retryAfterS),
]

/**
 * Refuses requests to the API when too many are under way, before anything is done for them: a refusal must
 * cost so little that those which are under way do not notice, and leaves the client its connection, as a
 * new one would cost more. In a flood, connections take turns: one that was answered is not read on until one
 * for each that waits before it was, or until its client was to come again anyway. Reading thousands of requests only
 * to refuse them would leave no time for those that were let in. Behind a proxy, whose connections carry the requests
 * of many, all are read. Health, metrics and pages are never refused.
 */
export function createLoadShedding(options: LoadSheddingOptions) {
	const { mostInFlight, bodyLimitBytes, isBehindProxy, corsOrigins, isDraining, log } = options
	let inFlight = 0
	let refused = 0
	/** Connections that wait to be read, and since when: whose turn is next comes first. */
	const unread = new Map<Socket, number>()
	let isSweepDue = false

	function report(): void {
		log.warn({ refused }, 'too many requests were under way')
		refused = 0
	}

	function refuse(request: IncomingMessage, response: ServerResponse): void {
		if (refused++ === 0) setTimeout(report, reportMs).unref()
		const body = JSON.stringify(problemBody(overloaded, request.url ?? '/', traceIdOf(request)))
		const connection = isSmall(request) && !isDraining() ? [] : ['connection', 'close']
		response.writeHead(status, [
			...refusalHeaders,
			'content-length',
			String(Buffer.byteLength(body)),
			...connection,
			...corsHeaders(request),
		])
		response.end(body)
		// Once Node has read what there still is of this request, as it would go on reading.
		if (refused > freeRefusals && !isBehindProxy) request.once('close', () => leaveUnread(request.socket))
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

	function leaveUnread(socket: Socket): void {
		if (unread.has(socket)) return
		socket.pause()
		unread.set(socket, performance.now())
		sweepSoon()
	}

	function sweepSoon(): void {
		if (isSweepDue || unread.size === 0) return
		isSweepDue = true
		setTimeout(readOverdue, sweepMs).unref()
	}

	function readOverdue(): void {
		isSweepDue = false
		const overdueSince = performance.now() - longestUnreadMs
		for (const [socket, since] of unread) {
			if (since > overdueSince) break
			read(socket)
		}
		sweepSoon()
	}

	function read(socket: Socket): void {
		unread.delete(socket)
		socket.resume()
	}

	function leave(socket: Socket): void {
		inFlight--
		const isFloodOver = inFlight < shareOfFlood * mostInFlight
		if (unread.size > 0 && !isFloodOver) leaveUnread(socket)
		for (const [next] of unread) {
			read(next)
			if (!isFloodOver && !next.destroyed) break
		}
	}

	return (handle: RequestListener): RequestListener =>
		(request, response) => {
			if (!isExempt(request)) {
				if (inFlight >= mostInFlight) return refuse(request, response)
				inFlight++
				response.once('close', () => leave(request.socket))
			}
			handle(request, response)
		}
}

const exemptPaths = ['/livez', '/readyz', '/openapi.json', '/docs', '/problems/']

// By the text of the path: whoever spells it otherwise is counted like anyone else.
function isExempt({ url = '/' }: IncomingMessage): boolean {
	return exemptPaths.some((path) => url.startsWith(path))
}
