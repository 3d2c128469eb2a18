import type { OrderOperation, RefusalMembers } from '@mercat/order-api/refusal-schemas'
import type { ProblemCode } from '@mercat/rest-api/problem-table'

/** A request about an order that has changed nothing, as it is kept. */
export type KeptRequest = {
	/** When its answer ended, in ISO 8601. */
	at: string
	/** A random number, which with the time names the record. */
	nonce: number
	operation: OrderOperation
	status: number
	/** Null for a copy that was answered as before. */
	code: ProblemCode | null
	customerId: string | null
	orderId: string | null
	traceId: string
	/** The text of the problem. Null for a copy that was answered as before. */
	detail: string | null
	members: RefusalMembers
}

/** Requests that are not kept. */
export type Loss = {
	/** A number of the process that has lost them, not 0. */
	keeper: number
	/** Counts what the process has written. Its number names the loss, so that it is added once. */
	write: number
	/** The begin of the minute in which they were counted, in ISO 8601. */
	minute: string
	requests: number
}

/** How long a record is kept. */
export const keptMs = 24 * 3_600_000

/** How many records are kept, at most. The oldest give way. */
export const mostKept = 200_000
