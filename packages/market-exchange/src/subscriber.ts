import type { WebSocket } from 'ws'
import type { MessageHistory } from './message-history.ts'
import type { Disturb } from './wire-faults.ts'

/** One connection to the exchange. */
export type Subscriber = {
	/** Sends what is new, as far as the subscriber takes it. */
	wake(): void
	/** How many of the messages it is still to be sent. */
	behind(): number
	/** Ends the connection without a word. */
	cut(): void
}

export type SubscriberNeeds = {
	socket: WebSocket
	history: MessageHistory
	/** A message that has everything, with the number of the last message. */
	snapshot(): Buffer
	disturb: Disturb
}

// So much may wait for a slow subscriber. The rest of the history waits for it where it is.
const mostWaitingBytes = 1_048_576
// The last message may be held back.
const flushMs = 100

/** @param after the last message that the subscriber has; undefined for one that has none */
export function openSubscriber(
	{ socket, history, snapshot, disturb }: SubscriberNeeds,
	after: number | undefined,
): Subscriber {
	let sent = after
	let waitsForDrain = false
	let flushTimer: NodeJS.Timeout | undefined

	function wake(): void {
		while (!waitsForDrain && socket.readyState === socket.OPEN) {
			const isKnown = sent !== undefined && sent >= history.first() - 1 && sent <= history.last()
			if (!isKnown) {
				sent = history.last()
				send(snapshot())
			} else if (sent === history.last()) {
				return
			} else {
				sent = (sent as number) + 1
				for (const message of disturb.send(history.get(sent))) send(message)
				flushTimer ??= setTimeout(flush, flushMs)
			}
		}
	}

	function flush(): void {
		flushTimer = undefined
		for (const message of disturb.flush()) send(message)
	}

	function send(message: Buffer): void {
		socket.send(message, { binary: false }, drained)
		waitsForDrain = socket.bufferedAmount > mostWaitingBytes
	}

	// The network has taken a message.
	function drained(): void {
		if (!waitsForDrain || socket.bufferedAmount > mostWaitingBytes / 2) return
		waitsForDrain = false
		wake()
	}

	socket.on('error', () => {}).on('close', () => clearTimeout(flushTimer))
	return {
		wake,
		behind: () => (sent === undefined ? 0 : history.last() - sent),
		cut: () => socket.terminate(),
	}
}
