import { type Metadata, status } from '@grpc/grpc-js'
import { type Logger, plainInfoLog } from '@mercat/service/log'
import { requestsShed } from '@mercat/service/metrics'
import { createRpcDurations } from '@mercat/service/rpc-durations'
import { traceIdOf } from '@mercat/service/trace-context'
import type { TraceContext } from '@mercat/service/tracing'
import type { ErrorReason } from '../errors/catalog-error.ts'
import { errorTypeOf, startServerSpan } from './server-span.ts'

/** The parts of a call of grpc-js that are observed. */
export type CallToObserve = {
	readonly cancelled: boolean
	readonly metadata: Metadata
	getPath(): string
	getHost(): string
	getDeadline(): Date | number
}

export type CallEnd = {
	code: status
	/** Why the call failed. */
	reason?: ErrorReason
	/** More members for the line of the call. It is asked only when a line is written. */
	facts?(): object
}

export type ObservedCall = {
	/** The trace for the work of the call. */
	trace: TraceContext
	/** Ends the span, counts the call and writes its line. */
	end(end: CallEnd): void
}

export type ObserveCallsNeeds = { log: Logger }

export type ObserveCallsOptions = {
	/** Whether the log has a line for each call. */
	requestLog: boolean
}

const callTook = createRpcDurations({ name: 'rpc_server_call_duration_seconds', help: 'How long each call took' })

/**
 * Observes the calls of the catalog's own methods: a span, an observation of the duration and a line in the log for each.
 * grpc-js answers calls of unknown methods itself, so the methods are the ones of the contract.
 */
export function observeCalls({ log }: ObserveCallsNeeds, { requestLog }: ObserveCallsOptions) {
	const lines = requestLog ? plainInfoLog(log) : undefined

	return (call: CallToObserve): ObservedCall => {
		const startedAt = performance.now()
		const method = call.getPath().slice(1)
		const [traceparent] = call.metadata.get('traceparent')
		const span = startServerSpan(method, call.getHost(), traceparent?.toString())
		return {
			trace: span.trace,
			end({ code: answered, reason, facts }) {
				const code = statusOf(call, answered)
				const ms = performance.now() - startedAt
				callTook(ms, method, status[code], errorTypeOf(code))
				if (reason === 'OVERLOADED') requestsShed.inc()
				span.end(code, { reason })
				if (lines === undefined) return
				const traceId = traceIdOf(span.trace)
				lines.info({ method, code: status[code], reason, ms: Math.round(ms * 10) / 10, ...facts?.(), traceId }, 'call')
			},
		}
	}
}

// A caller that has left, or whose deadline is over, did not get the answer.
function statusOf(call: CallToObserve, answered: status): status {
	if (!call.cancelled) return answered
	return Number(call.getDeadline()) <= Date.now() ? status.DEADLINE_EXCEEDED : status.CANCELLED
}
