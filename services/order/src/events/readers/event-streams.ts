import type { PacedTurns } from '../../streaming/paced-turns.ts'
import type { StreamOutput } from '../../streaming/stream-output.ts'
import type { StreamPlaces } from '../../streaming/stream-places.ts'
import type { EventTail } from '../event-tail.ts'
import type { ReadLog } from '../log-reader.ts'
import { type EventStream, type EventStreamOptions, openEventStream } from './event-stream.ts'

export type EventStreamsNeeds = {
	tail: Pick<EventTail, 'last' | 'onGrowth' | 'onReset'>
	readLog: ReadLog
	places: StreamPlaces
	turns: PacedTurns
	log: { warn(facts: object, message: string): void }
}

export type EventStreamsOptions = {
	/** How long a reader may leave a chunk unread. */
	unreadMs?: number
}

export type OpenStreamOptions = Omit<EventStreamOptions, 'unreadMs'> & {
	/** Whose places the stream takes. */
	client: string
}

export type EventStreams = {
	/**
	 * Opens a stream, until `output` is closed or the stream ends. Returns a function to call when `output` is closed.
	 *
	 * @throws Problem TOO_MANY_STREAMS
	 */
	open(options: OpenStreamOptions, openOutput: () => StreamOutput): () => void
	/** Ends every stream within a second, and every later one as soon as it opens. */
	endAll(): void
}

const checkMs = 500
// A reader may rest, for example while it works on the events that it has.
const defaultUnreadMs = 50_000
const shuttingDown = 'the service shuts down'
const wasReset = 'the last events were lost'

/** The streams of events of this process. Each gets its turns in a circle. */
export function createEventStreams(
	{ tail, readLog, places, turns, log }: EventStreamsNeeds,
	{ unreadMs = defaultUnreadMs }: EventStreamsOptions = {},
): EventStreams & Disposable {
	const streams = new Set<EventStream>()
	let isEnding = false
	let failed = 0

	function onError(err: unknown): void {
		if (failed++ === 0) log.warn({ err }, 'a stream could not read the log of events')
	}
	const streamNeeds = { readLog, turns, last: tail.last, onError }
	const stopListening = tail.onGrowth(() => {
		for (const stream of streams) stream.wake()
	})
	// A reader may have got events that are lost. It comes back, and learns whether its position is still in the log.
	const stopListeningToResets = tail.onReset(() => endOpen(wasReset))
	const checks = setInterval(() => {
		failed = 0
		for (const stream of streams) stream.check()
	}, checkMs)

	function endOpen(reason: string): void {
		for (const stream of streams) stream.end(reason)
	}

	function endAll(): void {
		isEnding = true
		endOpen(shuttingDown)
	}

	return {
		open({ client, ...streamOptions }, openOutput) {
			const leavePlace = places.take(client)
			const stream = openEventStream(streamNeeds, { ...streamOptions, unreadMs }, openOutput())
			streams.add(stream)
			if (isEnding) stream.end(shuttingDown)
			return () => {
				streams.delete(stream)
				stream.close()
				leavePlace()
			}
		},
		endAll,
		[Symbol.dispose]() {
			stopListening()
			stopListeningToResets()
			clearInterval(checks)
			endAll()
		},
	}
}
