import type { SourceMessage } from '../ticks/source-message.ts'

/** What becomes of a message: `waits` for one before it that is missing. */
export type Placing = 'inOrder' | 'duplicate' | 'waits'

/** Puts the messages of one connection into their order. */
export type MessageOrder = {
	place(message: SourceMessage): Placing
	/** How many messages wait for one that is missing. */
	waiting(): number
	/** Whether as many wait as may. */
	isFull(): boolean
	/** The number of the last message in order; undefined before the first one. */
	last(): number | undefined
	/** Begins with the lowest message that waits. For a source that begins with no snapshot. */
	beginWithoutSnapshot(): void
}

export type MessageOrderNeeds = {
	/** Takes the messages in their order. */
	deliver(message: SourceMessage): void
}

export type MessageOrderOptions = {
	/** The last message before this connection. Without it, the connection begins with a snapshot. */
	after: number | undefined
	mostWaiting: number
	mostWaitingBytes: number
}

export function createMessageOrder(
	{ deliver }: MessageOrderNeeds,
	{ after, mostWaiting, mostWaitingBytes }: MessageOrderOptions,
): MessageOrder {
	const waiting = new Map<number, SourceMessage>()
	let waitingBytes = 0
	let last = after
	let hasBegun = false

	function accept(message: SourceMessage): void {
		last = message.seq
		hasBegun = true
		deliver(message)
	}

	function acceptWaiting(): void {
		if (waiting.size === 0 || last === undefined) return
		for (let next = remove(last + 1); next !== undefined; next = remove(last + 1)) accept(next)
	}

	function remove(seq: number): SourceMessage | undefined {
		const message = waiting.get(seq)
		if (message === undefined) return undefined
		waiting.delete(seq)
		waitingBytes -= message.bytes
		return message
	}

	// The numbers of a source that has lost its own may begin again, but only in a new connection.
	function isNewBeginning({ seq, isSnapshot }: SourceMessage): boolean {
		return isSnapshot && (last === undefined || seq > last || !hasBegun)
	}

	return {
		place(message) {
			const { seq } = message
			if (isNewBeginning(message)) {
				accept(message)
				for (const missed of [...waiting.keys()].filter((one) => one <= seq)) remove(missed)
				acceptWaiting()
				return 'inOrder'
			}
			if (last !== undefined && seq === last + 1) {
				accept(message)
				acceptWaiting()
				return 'inOrder'
			}
			if ((last !== undefined && seq <= last) || waiting.has(seq)) return 'duplicate'
			waiting.set(seq, message)
			waitingBytes += message.bytes
			return 'waits'
		},
		waiting: () => waiting.size,
		isFull: () => waiting.size >= mostWaiting || waitingBytes >= mostWaitingBytes,
		last: () => last,
		beginWithoutSnapshot() {
			last = Math.min(...waiting.keys()) - 1
			acceptWaiting()
		},
	}
}
