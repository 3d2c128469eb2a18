import type { SourceMessage } from '../ticks/source-message.ts'

export type TakeOptions = {
	/** As many ticks at most, but always one whole message. */
	mostTicks: number
	/** How long the first message may wait for others. It does not wait unless told. */
	gatherMs?: number
}

/** Messages between the socket and the stage that takes them. */
export type MessageQueue = {
	push(message: SourceMessage): void
	/** Whether it has as much as it may have. Only what has left the network already is added then. */
	isFull(): boolean
	/** The next messages, as soon as there is one. Empty when the queue is closed. One caller at a time. */
	take(options: TakeOptions): Promise<SourceMessage[]>
	ticks(): number
	close(): void
}

export type MessageQueueNeeds = {
	/** The queue was full and is half empty now. */
	hasRoom(): void
}

export type MessageQueueOptions = { mostTicks: number; mostBytes: number }

export function createMessageQueue(
	{ hasRoom }: MessageQueueNeeds,
	{ mostTicks, mostBytes }: MessageQueueOptions,
): MessageQueue {
	let messages: SourceMessage[] = []
	let ticks = 0
	let bytes = 0
	let isFull = false
	let isClosed = false
	// Ends the wait of the caller, if there are that many ticks.
	let wanted = Number.POSITIVE_INFINITY
	let wake = () => {}

	function wait(most: number, ms?: number): Promise<void> {
		return new Promise((resolve) => {
			const timer = ms === undefined ? undefined : setTimeout(() => wake(), ms)
			wanted = most
			wake = () => {
				clearTimeout(timer)
				wanted = Number.POSITIVE_INFINITY
				resolve()
			}
		})
	}

	function remove(most: number): SourceMessage[] {
		let count = 0
		for (let taken = 0; count < messages.length; count++) {
			taken += weightOf(messages[count] as SourceMessage)
			if (taken > most && count > 0) break
		}
		const taken = messages.slice(0, count)
		messages = messages.slice(count)
		for (const message of taken) {
			ticks -= weightOf(message)
			bytes -= message.bytes
		}
		if (isFull && ticks <= mostTicks / 2 && bytes <= mostBytes / 2) {
			isFull = false
			hasRoom()
		}
		return taken
	}

	return {
		push(message) {
			messages.push(message)
			ticks += weightOf(message)
			bytes += message.bytes
			isFull ||= ticks >= mostTicks || bytes >= mostBytes
			if (ticks >= wanted) wake()
		},
		isFull: () => isFull,
		async take({ mostTicks: most, gatherMs = 0 }) {
			if (messages.length === 0 && !isClosed) await wait(1)
			const [first] = messages
			if (first === undefined) return []
			const restMs = first.cameAt + gatherMs - performance.now()
			if (restMs > 0 && ticks < most && !isFull) await wait(most, restMs)
			return remove(most)
		},
		ticks: () => ticks,
		close() {
			isClosed = true
			messages = []
			wake()
		},
	}
}

/** A message without ticks takes room, too. */
function weightOf({ ticks }: SourceMessage): number {
	return Math.max(1, ticks.length)
}
