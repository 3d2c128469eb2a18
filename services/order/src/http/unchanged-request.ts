import type { IncomingMessage } from 'node:http'
import { isOrderId } from '@mercat/catalog-api/identifiers'
import type { OrderOperation } from '@mercat/order-api/refusal-schemas'
import type { Problem } from '@mercat/rest-api/problem'
import { valuesOf } from '@mercat/rest-service/header-values'
import { type ObservedRequest, traceIdOf } from '@mercat/rest-service/observed-request'
import type { RequestAnswer } from '@mercat/rest-service/request-answer'
import { orderResource } from './order-resource.ts'

declare module 'fastify' {
	interface FastifyContextConfig {
		/** What the route does with an order. */
		orderOperation?: OrderOperation
	}
}

/** A request about an order that has changed nothing: it was refused, or answered as an earlier copy of it. */
export type UnchangedRequest = {
	operation: OrderOperation
	status: number
	/** Undefined for a copy that was answered as before. */
	problem: Problem | undefined
	/** Undefined when no valid token was read. */
	customer: string | undefined
	/** Undefined when its handler was not reached, or when the path names no order. */
	orderId: string | undefined
	/** The value of each `Idempotency-Key` line. */
	idempotencyKeys: string[]
	traceId: string
	/** The address of the client. */
	address: string
}

// The router has not seen a request that was shed, so its path tells the operation.
const transitionPath = /^\/v1\/orders\/([0-9a-f-]{36})\/(pay|ship|deliver|cancel)(?:\?|$)/

/** Tells of each request that should place or change an order and has not. */
export function noteUnchangedRequests(note: (request: UnchangedRequest) => void) {
	return (request: IncomingMessage, observed: ObservedRequest, answer: RequestAnswer): void => {
		if (answer.code === undefined && observed.outcome !== 'replayed') return
		const unchanged = toUnchanged(request, observed, answer)
		if (unchanged !== undefined) note(unchanged)
	}
}

/** The request, if it is one that places or changes an order. */
export function toUnchanged(
	request: IncomingMessage,
	observed: ObservedRequest,
	{ status }: RequestAnswer,
): UnchangedRequest | undefined {
	const { route, routed, problem } = observed
	const [, id, transition] = route === undefined ? (transitionPath.exec(request.url ?? '') ?? []) : []
	const operation = route?.config?.orderOperation ?? (transition as OrderOperation | undefined)
	if (operation === undefined || request.method !== 'POST') return undefined
	return {
		operation,
		status,
		problem,
		customer: routed?.identity?.subject,
		orderId: orderResource.idOf(observed) ?? (id !== undefined && isOrderId(id) ? id : undefined),
		idempotencyKeys: valuesOf('idempotency-key', request.rawHeaders),
		traceId: traceIdOf(request),
		address: routed?.ip ?? request.socket.remoteAddress ?? '',
	}
}
