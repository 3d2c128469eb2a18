import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { valuesOf } from './header-values.ts'

const traceparent = /^[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}/
const traceIds = new WeakMap<IncomingMessage, string>()

/**
 * The caller's trace id (W3C Trace Context), or else a new one. For speed it is made on first use: most requests succeed, and
 * neither their answer nor the log has it.
 */
export function traceIdOf(request: IncomingMessage): string {
	const known = traceIds.get(request)
	if (known !== undefined) return known
	const [header] = valuesOf('traceparent', request.rawHeaders)
	const traceId = (header !== undefined && traceparent.exec(header)?.[1]) || newTraceId()
	traceIds.set(request, traceId)
	return traceId
}

export function newTraceId(): string {
	return randomUUID().replaceAll('-', '')
}
