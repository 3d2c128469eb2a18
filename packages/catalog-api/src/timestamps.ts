/** `google.protobuf.Timestamp`, and `Duration`. */
type Seconds = { seconds: number; nanos: number }

/** A date as a `google.protobuf.Timestamp`, exact to the millisecond. */
export function toTimestamp(date: Date): Seconds {
	return toSeconds(date.getTime())
}

/** Milliseconds as a `google.protobuf.Duration`. */
export function toDuration(ms: number): Seconds {
	return toSeconds(ms)
}

/** Milliseconds in a `google.protobuf.Timestamp` since the epoch, or in a `Duration`. */
export function millisecondsOf({ seconds, nanos }: Seconds): number {
	return seconds * 1000 + nanos / 1e6
}

function toSeconds(ms: number): Seconds {
	const seconds = Math.floor(ms / 1000)
	return { seconds, nanos: Math.round((ms - seconds * 1000) * 1e6) }
}
