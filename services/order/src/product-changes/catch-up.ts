import type { OpenWatch, Watch } from '@mercat/catalog-api/open-watch'
import type { ResetReason } from './change-metrics.ts'
import { type ToldMessage, toToldMessage } from './told-message.ts'

/** A reader of a catch-up. */
export type CatchUpReader = {
	/** Is called when there are new messages. */
	wake(): void
	/** Is called when the changes after the token are not known any more. */
	reset(reason: ResetReason): void
}

/** What one reader takes from a catch-up. */
export type CatchUpShare = {
	/** The next message; undefined when there is none yet. */
	take(): ToldMessage | undefined
	leave(): void
}

/** The messages after a token, for all readers that have come with it. */
export type CatchUp = {
	start(): void
	/** Lets all its readers begin anew. */
	reset(reason: ResetReason): void
	/** Undefined when a reader would miss messages that the others have taken already. */
	join(reader: CatchUpReader): CatchUpShare | undefined
}

export type CatchUpNeeds = {
	openWatch: OpenWatch
	/** Is called when a message cannot be told. Then the readers begin anew. */
	onFault(error: unknown): void
	/** Whether a message has come to where the other readers of the process are. */
	hasArrived(message: ToldMessage): boolean
	/** Is called once, when such a message comes. */
	onArrived(): void
	/** Is called when the catch-up waits until its readers have taken what it has. */
	onPaused(): void
	/** Is called when the last reader has left. The catch-up is over. */
	onLeft(): void
}

const mostBytes = 1024 * 1024

/** The slowest reader holds up the others, so a reader that does not read must leave. */
export function createCatchUp(needs: CatchUpNeeds, token: string): CatchUp {
	const { openWatch, onFault, hasArrived, onArrived, onPaused, onLeft } = needs
	const messages = new Map<number, ToldMessage>()
	// The number of the next message of each reader.
	const readers = new Map<CatchUpReader, number>()
	let first = 0
	let next = 0
	let bytes = 0
	let isOnItsWay = true
	let watch: Watch | undefined

	function keep(message: ToldMessage): void {
		messages.set(next++, message)
		bytes += message.bytes
		if (bytes > mostBytes) {
			watch?.pause()
			onPaused()
		}
		if (isOnItsWay && hasArrived(message)) {
			isOnItsWay = false
			onArrived()
		}
		for (const reader of readers.keys()) reader.wake()
	}

	// While all messages are there, another reader can come.
	function forgetTaken(): void {
		if (first === 0 && bytes <= mostBytes) return
		const taken = Math.min(...readers.values())
		for (; first < taken; first++) {
			bytes -= messages.get(first)?.bytes ?? 0
			messages.delete(first)
		}
		if (bytes <= mostBytes) watch?.resume()
	}

	function reset(reason: ResetReason): void {
		for (const reader of [...readers.keys()]) reader.reset(reason)
	}

	return {
		start() {
			watch = openWatch({
				token,
				onMessage(message) {
					try {
						keep(toToldMessage(message))
					} catch (error) {
						onFault(error)
						reset('fault')
					}
				},
				onExpired: () => reset('expired'),
			})
		},
		reset,
		join(reader) {
			if (first > 0) return undefined
			readers.set(reader, 0)
			return {
				take() {
					const number = readers.get(reader)
					const message = number === undefined ? undefined : messages.get(number)
					if (number === undefined || message === undefined) return undefined
					readers.set(reader, number + 1)
					forgetTaken()
					return message
				},
				leave() {
					if (!readers.delete(reader)) return
					if (readers.size > 0) return forgetTaken()
					watch?.close()
					onLeft()
				},
			}
		},
	}
}
