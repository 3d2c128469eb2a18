import { status } from '@grpc/grpc-js'
import { startingAt } from '@mercat/service/trace-context'
import { failSpan, isTracing, SpanKind, startSpan, type TraceContext } from '@mercat/service/tracing'

export type ServerSpanStart = {
	method: string
	/** The host that the caller has named, with its port. */
	host: string
	/** The trace of the caller, or a new one. */
	trace: TraceContext
	/** The arrival of the call, on the clock of `performance.now()`. */
	arrivedAt: number
	/** Whether the caller decides that the call is sampled. */
	isTrusted: boolean
}

export type ServerSpan = {
	/** The trace for the work of the call. */
	trace: TraceContext
	end(code: status, attributes: { reason?: string }): void
}

// The semantic conventions for gRPC name these as errors of the server. With any other status the caller is at fault.
const serverErrors = new Set([
	status.UNKNOWN,
	status.DEADLINE_EXCEEDED,
	status.UNIMPLEMENTED,
	status.INTERNAL,
	status.UNAVAILABLE,
	status.DATA_LOSS,
])

/** The `error.type` of a call that the server has failed; undefined for any other call. */
export function serverErrorOf(code: status): string | undefined {
	return serverErrors.has(code) ? status[code] : undefined
}

/** Starts the span of a call ({@link startingAt}). */
export function startServerSpan({ method, host, trace, arrivedAt, isTrusted }: ServerSpanStart): ServerSpan {
	if (!isTracing()) return { trace, end() {} }
	const start = startingAt(arrivedAt, trace, isTrusted)
	const { span, context } = startSpan(method, {
		kind: SpanKind.SERVER,
		...start,
		attributes: { 'rpc.system.name': 'grpc', 'rpc.method': method, ...addressOf(host) },
	})
	return {
		trace: context ?? trace,
		end(code, { reason }) {
			if (!span.isRecording()) return
			span.setAttribute('rpc.status_code', status[code])
			if (reason !== undefined) span.setAttribute('mercat.reason', reason)
			const errorType = serverErrorOf(code)
			if (errorType !== undefined) failSpan(span, errorType)
			// The SDK has only milliseconds for the end of a span that has been given its start.
			span.end(start.startTime + performance.now() - arrivedAt)
		},
	}
}

function addressOf(host: string) {
	const [, address, port] = /^(.+):(\d{1,5})$/.exec(host) ?? []
	if (address === undefined) return { 'server.address': host }
	return { 'server.address': address, 'server.port': Number(port) }
}
