import type { IncomingMessage } from 'node:http'
import { startingAt, withSampling } from '@mercat/service/trace-context'
import { failSpan, type Span, SpanKind, startSpan } from '@mercat/service/tracing'
import type { FastifyRequest } from 'fastify'
import type { ObservedRequest } from '../observed-request.ts'
import { knownMethod, type RequestAnswer } from './request-answer.ts'
import type { RequestIdentity } from './request-log.ts'

const longestPath = 200

/**
 * Starts the span of a request ({@link startingAt}). Callers are trusted when their token has a scope, or when a trusted proxy
 * has passed the request on.
 */
export function startServerSpan({ method }: IncomingMessage, observed: ObservedRequest, trustedScope: string): Span {
	const { arrivedAt, routed, route, isSampledByCaller } = observed
	const isTrusted = routed !== undefined && isTrustedCaller(routed, trustedScope)
	const trace = isTrusted ? withSampling(observed.trace, isSampledByCaller) : observed.trace
	const { span, context } = startSpan(spanName(knownMethod(method), route?.url), {
		kind: SpanKind.SERVER,
		...startingAt(arrivedAt, trace, isTrusted),
	})
	observed.trace = context ?? trace
	observed.span = span
	return span
}

function spanName(method: string, route: string | undefined): string {
	const verb = method === '_OTHER' ? 'HTTP' : method
	return route === undefined ? verb : `${verb} ${route}`
}

// The addresses begin with that of the connection. Further ones come from the header of a proxy that is trusted.
function isTrustedCaller({ identity, ips }: FastifyRequest, trustedScope: string): boolean {
	return identity?.scopes.has(trustedScope) || (ips !== undefined && ips.length > 1)
}

/** Writes into the span of a request how it was answered, or that its client has left. */
export function describeAnswer(
	span: Span,
	request: IncomingMessage,
	{ routed }: ObservedRequest,
	{ method, route, status, isSent, code, errorType, scheme }: RequestAnswer,
	{ customer, resourceId }: RequestIdentity,
	resourceAttribute: string,
): void {
	span.setAttributes({
		'http.request.method': method,
		'http.request.method_original': method === request.method ? undefined : request.method,
		'http.route': route,
		'http.response.status_code': isSent ? status : undefined,
		'error.type': isSent ? undefined : 'client_left',
		'url.path': pathOf(request),
		'url.scheme': scheme,
		'server.address': routed?.hostname,
		'server.port': routed?.port ?? undefined,
		'network.protocol.version': request.httpVersion,
		'mercat.problem.code': code,
		'mercat.customer': customer,
		[resourceAttribute]: resourceId,
	})
	if (errorType !== undefined) failSpan(span, errorType)
}

// Without the query, which may name a customer.
function pathOf({ url = '/' }: IncomingMessage): string {
	const end = url.indexOf('?')
	return url.slice(0, end === -1 ? longestPath : Math.min(end, longestPath))
}
