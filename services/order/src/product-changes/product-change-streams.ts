import type { PacedTurns } from '../streaming/paced-turns.ts'
import type { StreamOutput } from '../streaming/stream-output.ts'
import type { StreamPlaces } from '../streaming/stream-places.ts'
import type { ChangeFeed } from './change-feed.ts'
import {
	openProductChangeStream,
	type ProductChangeStream,
	type ProductChangeStreamOptions,
} from './product-change-stream.ts'

export type ProductChangeStreamsNeeds = { feed: ChangeFeed; turns: PacedTurns; places: StreamPlaces }

export type OpenProductChangesOptions = Omit<ProductChangeStreamOptions, 'unreadMs'> & {
	/** Whose places the stream takes. */
	client: string
}

export type ProductChangeStreams = {
	/**
	 * Opens a stream, until `output` is closed or the stream ends. Returns a function to call when `output` is closed.
	 *
	 * @throws Problem TOO_MANY_STREAMS
	 */
	open(options: OpenProductChangesOptions, openOutput: () => StreamOutput): () => void
	/** Ends every stream within a second, and every later one as soon as it opens. */
	endAll(): void
}

const checkMs = 500
// As for the streams of events.
const defaultUnreadMs = 50_000
const shuttingDown = 'the service shuts down'

/** The streams of changes of this process. */
export function createProductChangeStreams(
	{ feed, turns, places }: ProductChangeStreamsNeeds,
	{ unreadMs = defaultUnreadMs }: { unreadMs?: number } = {},
): ProductChangeStreams & Disposable {
	const streams = new Set<ProductChangeStream>()
	let isEnding = false
	const checks = setInterval(() => {
		for (const stream of streams) stream.check()
	}, checkMs)

	function endAll(): void {
		isEnding = true
		for (const stream of streams) stream.end(shuttingDown)
	}

	return {
		open({ client, ...options }, openOutput) {
			const leavePlace = places.take(client)
			const stream = openProductChangeStream({ feed, turns }, { ...options, unreadMs }, openOutput())
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
			clearInterval(checks)
			endAll()
		},
	}
}
