import type { SalesEvent } from './sales-event.ts'

/** Some events that were counted in one transaction. */
export type SalesPage = {
	/** The position of the sales before. Null before the first page of the log. */
	after: number | null
	/** The position of the sales afterwards. */
	upto: number
	events: SalesEvent[]
}

/** Where the sales are in the log of events. */
export type SalesPlace = {
	/** Events up to this position are counted. Null before the first page of the log. */
	position: number | null
	/** The events that were counted last. Undefined when they are not known any more, or when there was none. */
	page: SalesPage | undefined
}
