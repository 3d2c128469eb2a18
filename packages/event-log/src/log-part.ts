/** What an event of any log has. Positions ascend in the order of the log, and may have gaps. */
export type Positioned = { position: number }

/** A part of a log: the events after a position, in ascending order. Some parts have only the events that fit a filter. */
export type LogPart<Event extends Positioned> = {
	events: Event[]
	/** The position through which the log was read. It is at or after the last event. */
	readTo: number
}

/** The first position that is left, and the last one. `first` is `last + 1` when no event is left. */
export type LogEnds = { first: number; last: number }
