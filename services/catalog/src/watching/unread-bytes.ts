import { waitingBytes } from './watch-gauges.ts'
import type { WatchOutput } from './watch-stream.ts'

/** The responses that a stream was given and that its reader has not taken. */
export type UnreadBytes = {
	write(response: Buffer): void
	count(): number
	/** How long the reader has taken nothing of what waits for it: milliseconds, on the clock of `performance.now()`. */
	stalledMs(): number
	/** The stream is closed. */
	forget(): void
}

/** @param taken is called when the reader has taken a response */
export function countUnread(output: Pick<WatchOutput, 'write'>, taken: () => void): UnreadBytes {
	let unread = 0
	let takenAt = 0
	const add = (bytes: number) => {
		unread += bytes
		waitingBytes.inc(bytes)
	}
	return {
		write(response) {
			if (unread === 0) takenAt = performance.now()
			add(response.length)
			output.write(response, () => {
				if (unread === 0) return
				add(-response.length)
				takenAt = performance.now()
				taken()
			})
		},
		count: () => unread,
		stalledMs: () => (unread === 0 ? 0 : performance.now() - takenAt),
		forget: () => add(-unread),
	}
}
