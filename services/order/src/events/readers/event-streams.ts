import {
	createOpenStreams,
	type OpenStreams,
	type StreamClient,
	type StreamLimits,
} from '@mercat/rest-service/open-streams'
import type { PacedTurns } from '@mercat/rest-service/paced-turns'
import type { StreamPlaces } from '@mercat/rest-service/stream-places'
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

export type OpenStreamOptions = Omit<EventStreamOptions, 'unreadMs'> & StreamClient

export type EventStreams = OpenStreams<OpenStreamOptions>

const wasReset = 'the last events were lost'

/** The streams of events of this process. Each gets its turns in a circle. */
export function createEventStreams(
	{ tail, readLog, places, turns, log }: EventStreamsNeeds,
	limits?: Partial<StreamLimits>,
): EventStreams & Disposable {
	let failed = 0
	function onError(err: unknown): void {
		if (failed++ === 0) log.warn({ err }, 'a stream could not read the log of events')
	}
	const streamNeeds = { readLog, turns, last: tail.last, onError }
	const streams = createOpenStreams<OpenStreamOptions, EventStream>(
		{
			places,
			openStream: (options, output) => openEventStream(streamNeeds, options, output),
			beforeChecks() {
				failed = 0
			},
		},
		limits,
	)
	const stopListening = tail.onGrowth(() => {
		for (const stream of streams.all) stream.wake()
	})
	// A reader may have got events that are lost. It comes back, and learns whether its position is still in the log.
	const stopListeningToResets = tail.onReset(() => {
		for (const stream of streams.all) stream.end(wasReset)
	})
	return {
		open: streams.open,
		endAll: streams.endAll,
		[Symbol.dispose]() {
			stopListening()
			stopListeningToResets()
			streams[Symbol.dispose]()
		},
	}
}
