import { randomInt } from 'node:crypto'
import type { OrderOperation, RefusalMembers } from '@mercat/order-api/refusal-schemas'
import type { Problem } from '@mercat/rest-api/problem'
import { orderIdOf } from '../order/order-id.ts'
import { readIdempotencyKey } from '../placing/idempotency-key.ts'
import type { KeptRequest } from './kept-request.ts'

/** A request about an order that has changed nothing, as the edge of the service saw it. */
export type NotedRequest = {
	operation: OrderOperation
	status: number
	/** Undefined for a copy that was answered as before. */
	problem: Problem | undefined
	/** Undefined when no valid token was read. */
	customer: string | undefined
	orderId: string | undefined
	/** The value of each `Idempotency-Key` line. */
	idempotencyKeys: string[]
	traceId: string
	/** The address of the client. */
	address: string
}

const mostInList = 20
const longestText = 120
const longestDetail = 300
const memberNames = ['items', 'skus', 'currencies', 'state', 'errors']
const largestNonce = 2 ** 31

/** The record of a request that was answered at `at`, in milliseconds since the epoch. Its size is bounded. */
export function describeRequest(noted: NotedRequest, at: number): KeptRequest {
	const { operation, status, problem, customer, traceId } = noted
	return {
		at: new Date(at).toISOString(),
		nonce: randomInt(largestNonce),
		operation,
		status,
		code: problem?.code ?? null,
		customerId: customer ?? null,
		orderId: orderOf(noted) ?? null,
		traceId,
		detail: problem === undefined ? null : storable(problem.message, longestDetail),
		members: problem === undefined ? {} : membersOf(problem),
	}
}

// The handler of an order may not have been reached. The customer and the key give its id all the same.
function orderOf({ operation, orderId, customer, idempotencyKeys }: NotedRequest): string | undefined {
	if (orderId !== undefined || operation !== 'place' || customer === undefined) return orderId
	try {
		return orderIdOf(customer, readIdempotencyKey(idempotencyKeys))
	} catch {
		return undefined
	}
}

function membersOf({ extensions }: Problem): RefusalMembers {
	const entries = memberNames.flatMap((name) => (name in extensions ? [[name, bounded(extensions[name])]] : []))
	return Object.fromEntries(entries)
}

function bounded(value: unknown): unknown {
	if (typeof value === 'string') return storable(value, longestText)
	if (Array.isArray(value)) return value.slice(0, mostInList).map(bounded)
	if (typeof value !== 'object' || value === null) return value
	return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, bounded(member)]))
}

// The name of a field is the client's. jsonb knows neither NUL nor halves of surrogate pairs.
function storable(text: string, mostCharacters: number): string {
	return text.slice(0, mostCharacters).replaceAll('\0', '\uFFFD').toWellFormed()
}
