/** The last messages, by their numbers. */
export type MessageHistory = {
	/** Adds the message with the number after the last one. */
	add(message: Buffer): void
	/** The message with a number between `first` and `last`. */
	get(seq: number): Buffer
	/** The number of the oldest message that is kept: one more than `last` when there is none. */
	first(): number
	last(): number
}

/** @param firstSeq the number of the first message */
export function createMessageHistory(most: number, firstSeq: number): MessageHistory {
	const messages: Buffer[] = []
	let last = firstSeq - 1
	return {
		add(message) {
			last++
			messages[last % most] = message
		},
		get: (seq) => messages[seq % most] as Buffer,
		first: () => Math.max(firstSeq, last - most + 1),
		last: () => last,
	}
}
