import type { EventPage } from '@mercat/order-api/event-schemas'

/** A part of the log of events; or what became of the place after which it was to begin. */
export type EventsAnswer =
	| { kind: 'page'; events: EventPage['events']; next: number; caughtUp: boolean }
	/** Events after the place are deleted. `first` is the position of the first event that is left. */
	| { kind: 'expired'; first: number }
	/** The log ends before the place. */
	| { kind: 'beyondEnd' }

/** Reads at most so many events after a place: a position, the beginning of the log, or its end. */
export type ReadEvents = (
	after: number | 'beginning' | 'now',
	limit: number,
	signal: AbortSignal,
) => Promise<EventsAnswer>

/** The order service gave no page of events. */
export class EventsUnavailableError extends Error {
	override name = 'EventsUnavailableError'
	/** How long the order service asks to wait; 0 when it does not. */
	readonly retryAfterMs: number

	constructor(message: string, retryAfterMs: number) {
		super(message)
		this.retryAfterMs = retryAfterMs
	}
}
