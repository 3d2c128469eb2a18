import { type ServiceError, status } from '@grpc/grpc-js'
import { createRpcDurations } from '@mercat/service/rpc-durations'
import { isSampled, traceparentOf } from '@mercat/service/trace-context'
import { errorTypeOf, failSpan, isTracing, SpanKind, startSpan, type TraceContext } from '@mercat/service/tracing'
import { type CatalogClients, callUnary, type Rpc, type UnaryOptions } from './client.ts'

const attemptTook = createRpcDurations({
	name: 'rpc_client_call_duration_seconds',
	help: 'How long each attempt of a call to the catalog took',
})

export type AttemptOptions = Omit<UnaryOptions, 'traceparent'> & {
	trace: TraceContext | undefined
	/** How many attempts the call has made, with this one. */
	attempt: number
}

/** Makes one attempt of a call, with a span of its own and an observation of its duration. */
export async function attemptCall<Request, Response>(
	{ catalog }: Pick<CatalogClients, 'catalog'>,
	rpc: Rpc<Request, Response>,
	request: Request,
	{ trace, attempt, ...options }: AttemptOptions,
): Promise<Response> {
	const startedAt = performance.now()
	const method = rpc.path.slice(1)
	const span = startAttemptSpan(method, attempt, trace, () => catalog.getChannel().getTarget())
	try {
		const response = await callUnary(catalog, rpc, request, { ...options, traceparent: traceparentOf(span.trace) })
		attemptTook(performance.now() - startedAt, method, 'OK')
		span.end('OK')
		return response
	} catch (error) {
		const { code } = error as Partial<ServiceError>
		// An error without a status comes from before the call, such as that of a request which does not fit the method.
		const statusCode = code === undefined ? '' : (status[code] ?? 'UNKNOWN')
		const errorType = statusCode || errorTypeOf(error)
		attemptTook(performance.now() - startedAt, method, statusCode, errorType)
		span.end(statusCode, errorType)
		throw error
	}
}

type AttemptSpan = { trace: TraceContext | undefined; end(statusCode: string, errorType?: string): void }

function startAttemptSpan(
	method: string,
	attempt: number,
	parent: TraceContext | undefined,
	target: () => string,
): AttemptSpan {
	if (!isTracing() || !isSampled(parent)) return { trace: parent, end() {} }
	const { span, context } = startSpan(method, {
		kind: SpanKind.CLIENT,
		parent,
		attributes: {
			'rpc.system.name': 'grpc',
			'rpc.method': method,
			...serverOf(target()),
			'mercat.attempt': attempt,
		},
	})
	return {
		trace: context,
		end(statusCode, errorType) {
			if (statusCode !== '') span.setAttribute('rpc.status_code', statusCode)
			if (errorType !== undefined) failSpan(span, errorType)
			span.end()
		},
	}
}

/** The server of a target, such as `dns:///catalog:50051`. Several addresses are one server. */
function serverOf(target: string) {
	const address = target.replace(/^[a-z][a-z0-9+.-]*:(\/\/[^/]*\/)?/, '')
	const [, host, port] = /^(\[.*\]|[^:,]+):(\d+)$/.exec(address) ?? []
	if (host === undefined) return { 'server.address': address }
	return { 'server.address': host, 'server.port': Number(port) }
}
