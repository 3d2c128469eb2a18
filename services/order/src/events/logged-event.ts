/** An event with its position in the log. */
export type LoggedEvent = {
	position: number
	/** Such as `mercat.order.placed.v1`. */
	type: string
	orderId: string
	customerId: string
	/** The version of the order after the transition. */
	version: number
	/** The trace that the transition belongs to. Absent for a transition that the service made by itself, and for an old one. */
	traceparent?: string
	/** The CloudEvent as JSON. */
	text: string
	/** Whether a previous version of this service wrote messages to webhooks with the transition. */
	hasOldMessages: boolean
}

/** The events that a reader asks for. A missing member asks for all. */
export type EventFilter = { types?: readonly string[]; customerId?: string; orderId?: string }

/** A page of the log to read. */
export type LogQuery = {
	after: number
	filter: EventFilter
	/** The most events. */
	limit: number
	/** The part ends with the event that reaches so many bytes of JSON. Unlimited, unless given. */
	mostBytes?: number
}

/**
 * From how many statements the transitions get their positions in one run. A statement placed up to 256 orders, and a run
 * must end long before the time limit of statements.
 */
export const statementsInRun = 100
