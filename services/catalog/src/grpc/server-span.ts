import { status } from '@grpc/grpc-js'
import { newTraceContext, readTraceparent } from '@mercat/service/trace-context'
import { failSpan, isTracing, SpanKind, startSpan, type TraceContext } from '@mercat/service/tracing'

export type ServerSpan = {
	/** The trace for the work of the call. It has an id also when no spans are made. */
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
export function errorTypeOf(code: status): string | undefined {
	return serverErrors.has(code) ? status[code] : undefined
}

/**
 * Starts the span of a call in the trace of its caller. The sampler of the standard variables decides whether it is sampled;
 * it does as the caller says, unless it is told otherwise.
 *
 * @param host the host that the caller has named, with its port
 */
export function startServerSpan(method: string, host: string, traceparent: string | undefined): ServerSpan {
	const parent = readTraceparent(traceparent)
	if (!isTracing()) return { trace: parent ?? newTraceContext(), end() {} }
	const { span, context } = startSpan(method, {
		kind: SpanKind.SERVER,
		parent,
		attributes: { 'rpc.system.name': 'grpc', 'rpc.method': method, ...addressOf(host) },
	})
	return {
		trace: context ?? newTraceContext(),
		end(code, { reason }) {
			if (!span.isRecording()) return
			span.setAttribute('rpc.status_code', status[code])
			if (reason !== undefined) span.setAttribute('mercat.reason', reason)
			const errorType = errorTypeOf(code)
			if (errorType !== undefined) failSpan(span, errorType)
			span.end()
		},
	}
}

function addressOf(host: string) {
	const [, address, port] = /^(.+):(\d{1,5})$/.exec(host) ?? []
	if (address === undefined) return { 'server.address': host }
	return { 'server.address': address, 'server.port': Number(port) }
}
