export type PendingNote = {
	/** Undefined for the end of the state. */
	key: string | undefined
	/** The earliest time of what has changed. */
	sinceMs: number
	/** When the first change was noted, on the clock of `performance.now()`, and until when all had been noted before. */
	notedAt: number
	notedUntilMs: number | undefined
}

/** What a stream is to tell, in the order of the first changes. */
export function createPending() {
	const notes = new Map<string | undefined, PendingNote>()
	return {
		/** A key that waits already keeps its place. */
		note(key: string | undefined, sinceMs: number, notedUntilMs: number | undefined): void {
			const known = notes.get(key)
			if (known === undefined) notes.set(key, { key, sinceMs, notedAt: performance.now(), notedUntilMs })
			else known.sinceMs = Math.min(known.sinceMs, sinceMs)
		},
		isEmpty: () => notes.size === 0,
		first(): PendingNote | undefined {
			return notes.values().next().value
		},
		takeFirst(): PendingNote | undefined {
			const first = notes.values().next().value
			if (first !== undefined) notes.delete(first.key)
			return first
		},
		/** The earliest time of what is to be told of a key; infinite when nothing is. */
		sinceMs: (key: string): number => notes.get(key)?.sinceMs ?? Number.POSITIVE_INFINITY,
	}
}
