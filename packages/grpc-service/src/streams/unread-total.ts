import { waitingBytes } from './stream-gauges.ts'

export type UnreadStream = {
	/** How many bytes wait for its reader. */
	count(): number
	/** Cuts the stream off, and forgets what waits for its reader. */
	cutOff(): void
}

/** The bytes that wait for the readers of all streams. */
export type UnreadTotal = {
	/** @returns what forgets the stream */
	add(stream: UnreadStream): () => void
	/** More or less bytes wait. */
	count(bytes: number): void
	/** Whether so much waits that no stream may have much of it. */
	isHigh(): boolean
	/** Cuts off the streams with the most waiting bytes when too much waits. */
	relieve(): void
}

const mostBytes = 256 * 1024 * 1024

/** @param most so many bytes may wait */
export function createUnreadTotal(most = mostBytes): UnreadTotal {
	const streams = new Set<UnreadStream>()
	let total = 0
	return {
		add(stream) {
			streams.add(stream)
			return () => void streams.delete(stream)
		},
		count(bytes) {
			total += bytes
			waitingBytes.inc(bytes)
		},
		isHigh: () => total > most / 2,
		relieve() {
			if (total <= most) return
			// So much is freed that the next response does not do this again.
			for (const stream of [...streams].sort((a, b) => b.count() - a.count())) {
				if (total <= (most * 3) / 4) return
				stream.cutOff()
			}
		},
	}
}
