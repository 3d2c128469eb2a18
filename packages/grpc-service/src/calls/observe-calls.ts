import { type Metadata, status } from '@grpc/grpc-js'
import { type Logger, plainInfoLog } from '@mercat/service/log'
import { requestsShed } from '@mercat/service/metrics'
import { createRpcDurations } from '@mercat/service/rpc-durations'
import { newTraceContext, readTraceparent, traceIdOf } from '@mercat/service/trace-context'
import { isTracing, type TraceContext } from '@mercat/service/tracing'
import { type ServerSpan, serverErrorOf, startServerSpan } from './server-span.ts'

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
	reason?: string | undefined
	/** More members for the line of the call. It is asked only when a line is written. */
	facts?(): object
}

export type ObservedCall = {
	/** The id of its trace. It has one also when no spans are made. */
	traceId: string
	/** Whether a span will be made in the trace of the caller, who may have decided that it is sampled. */
	needsTrust: boolean
	/**
	 * Starts the span, when it is known whether the caller decides that it is sampled. A call that ends before has a span whose
	 * caller does not decide.
	 *
	 * @returns the trace for the work of the call
	 */
	start(isTrusted: boolean): TraceContext
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
 * Observes the calls of a service's own methods: a span, an observation of the duration and a line in the log for each.
 * grpc-js answers calls of unknown methods itself, so the methods are the ones of the contract.
 */
export function observeCalls({ log }: ObserveCallsNeeds, { requestLog }: ObserveCallsOptions) {
	const lines = requestLog ? plainInfoLog(log) : undefined

	return (call: CallToObserve): ObservedCall => {
		const arrivedAt = performance.now()
		const method = call.getPath().slice(1)
		const [traceparent] = call.metadata.get('traceparent')
		const callers = readTraceparent(traceparent?.toString())
		const trace = callers ?? newTraceContext()
		const traceId = traceIdOf(trace) as string
		let span: ServerSpan | undefined
		const start = (isTrusted: boolean) => startServerSpan({ method, host: call.getHost(), trace, arrivedAt, isTrusted })
		return {
			traceId,
			needsTrust: callers !== undefined && isTracing(),
			start(isTrusted) {
				span = start(isTrusted)
				return span.trace
			},
			end({ code: answered, reason, facts }) {
				const code = statusOf(call, answered)
				const ms = performance.now() - arrivedAt
				callTook(ms, method, status[code], serverErrorOf(code))
				if (reason === 'OVERLOADED') requestsShed.inc()
				span ??= start(false)
				span.end(code, { reason })
				if (lines === undefined) return
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
