import type { OrderRecord } from '../record/order-record.ts'
import type { KeptRequest } from '../refusals/kept-request.ts'

/** What is asked: an order, an idempotency key with its customer, or a trace. */
export type Question =
	| { by: 'order'; orderId: string }
	| { by: 'key'; orderId: string; customerId: string }
	| { by: 'trace'; traceId: string }

/** What the catalog holds, or has held, for an order. */
export type ReservationFact = {
	state: 'HELD' | 'COMMITTED' | 'RELEASED' | 'EXPIRED'
	lines: { sku: string; quantity: number }[]
	expiresAt: string | null
	createdAt: string
	updatedAt: string
}

/**
 * Why it is not known what the catalog holds: it did not answer in time, its answer was invalid, or it is of an earlier version
 * that cannot be asked.
 */
export type UnknownReservation = 'unanswered' | 'invalid' | 'notSupported'

/** How far back the transitions were searched for a trace. */
export type SearchFact = {
	/** When the earliest transition that was looked at got its place in the log. Null when there was none. */
	since: string | null
	/** Whether all transitions were looked at. */
	isWhole: boolean
}

/** Requests that are kept without their order are counted up to this number. */
export const mostOrderless = 1_000

/** All that an explanation rests on. */
export type Facts = {
	question: Question
	/** The time of the question, in ISO 8601. */
	now: string
	/** The order in question, also one that was never placed. Undefined when no order is known. */
	orderId: string | undefined
	/** Undefined when there is no such order. */
	record: OrderRecord | undefined
	/** The kept requests about the order, or of the trace, the oldest first. */
	kept: KeptRequest[]
	/** Whether there may be earlier ones. */
	hasMoreKept: boolean
	/** How many requests to place an order are kept without their order, at most `mostOrderless`. */
	orderless: number
	/** How many requests of the last day are not kept. */
	notKept: number
	/** Null when the catalog has none. */
	reservation: ReservationFact | null | UnknownReservation
	/** Only for a question about a trace. */
	search?: SearchFact
	/** Further orders that belong to the trace. */
	otherOrderIds: string[]
}
