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

/** A part of the log: the events after a position that fit a filter, in ascending order. */
export type LogPart = {
	events: LoggedEvent[]
	/** The position through which the log was read. It is at or after the last event. */
	readTo: number
}

/** A page of the log to read. */
export type LogQuery = {
	after: number
	filter: EventFilter
	/** The most events. */
	limit: number
	/** The part ends with the event that reaches so many bytes of JSON. Unlimited, unless given. */
	mostBytes?: number
}

/** The first position that is left, and the last one. `first` is `last + 1` when no event is left. */
export type LogEnds = { first: number; last: number }

/**
 * From how many statements the transitions get their positions in one run. A statement placed up to 256 orders, and a run
 * must end long before the time limit of statements.
 */
export const statementsInRun = 100

export type Assignment = {
	/** How many transitions got a position. */
	events: number
	/** The last position of the log, whoever wrote it. */
	lastPosition: number
	/** How long the oldest of these transitions had waited, in seconds. */
	delayS: number
	/** How long the oldest transition without a position has waited for another process to give it one, in seconds. */
	waitingS: number
	/** Whether more transitions may wait. */
	isMore: boolean
}
