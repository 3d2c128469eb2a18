import { waitingBytes } from './watch-gauges.ts'
import type { WatchOutput } from './watch-stream.ts'

/** The responses that a stream was given and that its reader has not taken. */
export type UnreadBytes = {
	write(response: Buffer): void
	count(): number
	/** The stream is closed. */
	forget(): void
}

/** @param taken is called when the reader has taken a response */
export function countUnread(output: Pick<WatchOutput, 'write'>, taken: () => void): UnreadBytes {
	let unread = 0
	const add = (bytes: number) => {
		unread += bytes
		waitingBytes.inc(bytes)
	}
	return {
		write(response) {
			add(response.length)
			output.write(response, () => {
				if (unread === 0) return
				add(-response.length)
				taken()
			})
		},
		count: () => unread,
		forget: () => add(-unread),
	}
}
