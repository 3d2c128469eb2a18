import type { StreamOutput } from './stream-output.ts'
import type { UnreadTotal } from './unread-total.ts'

/** The responses that a stream was given and that its reader has not taken. */
export type UnreadBytes = {
	write(response: Buffer): void
	count(): number
	/** How long the reader has taken nothing of what waits for it: milliseconds, on the clock of `performance.now()`. */
	stalledMs(): number
	/** The stream is closed. */
	forget(): void
}

export type CountUnreadNeeds = {
	output: Pick<StreamOutput, 'write'>
	/** What waits for all readers. */
	total: UnreadTotal
	/** The reader has taken a response. */
	taken(): void
	/** Too much waits for all readers, and much of it for this one. */
	cutOff(): void
}

export function countUnread({ output, total, taken, cutOff }: CountUnreadNeeds): UnreadBytes {
	let unread = 0
	let takenAt = 0
	const count = () => unread
	const forgetStream = total.add({ count, cutOff })
	const add = (bytes: number) => {
		unread += bytes
		total.count(bytes)
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
			total.relieve()
		},
		count,
		stalledMs: () => (unread === 0 ? 0 : performance.now() - takenAt),
		forget() {
			forgetStream()
			add(-unread)
		},
	}
}
