import type { StreamOutput } from '../streaming/stream-output.ts'
import type { StreamPlaces } from '../streaming/stream-places.ts'
import type { StatusFeed } from './status-feed.ts'
import { openStatusStream, type StatusStream, type StatusStreamOptions } from './status-stream.ts'

export type StatusStreamsNeeds = {
	places: StreamPlaces
	feed: Pick<StatusFeed, 'recent' | 'follow'>
}

export type OpenStatusOptions = Pick<StatusStreamOptions, 'expiresAt'> & {
	/** Whose places the stream takes. */
	client: string
}

export type StatusStreams = {
	/**
	 * Opens a stream, until `output` is closed or the stream ends. Returns a function to call when `output` is closed.
	 *
	 * @throws Problem TOO_MANY_STREAMS
	 */
	open(options: OpenStatusOptions, openOutput: () => StreamOutput): () => void
	/** Ends every stream within a second, and every later one as soon as it opens. */
	endAll(): void
}

const checkMs = 500
// As for the streams of events.
const defaultUnreadMs = 50_000
const shuttingDown = 'the service shuts down'

/** The streams of statuses of this process. All of them get the same texts. */
export function createStatusStreams(
	{ places, feed }: StatusStreamsNeeds,
	{ unreadMs = defaultUnreadMs }: { unreadMs?: number } = {},
): StatusStreams & Disposable {
	const streams = new Set<StatusStream>()
	let isEnding = false
	let checks: ReturnType<typeof setInterval> | undefined
	let stopFollowing = () => {}

	function start(): void {
		stopFollowing = feed.follow((text) => {
			for (const stream of streams) stream.send(text)
		})
		checks = setInterval(() => {
			for (const stream of streams) stream.check()
		}, checkMs)
	}

	function stop(): void {
		stopFollowing()
		clearInterval(checks)
	}

	function remove(stream: StatusStream): void {
		if (streams.delete(stream) && streams.size === 0) stop()
	}

	function endAll(): void {
		isEnding = true
		for (const stream of streams) stream.end(shuttingDown)
	}

	return {
		open({ client, expiresAt }, openOutput) {
			const leavePlace = places.take(client)
			const stream = openStatusStream(feed.recent(), { expiresAt, unreadMs }, openOutput())
			if (streams.size === 0) start()
			streams.add(stream)
			if (isEnding) stream.end(shuttingDown)
			return () => {
				remove(stream)
				stream.close()
				leavePlace()
			}
		},
		endAll,
		[Symbol.dispose]() {
			endAll()
			stop()
		},
	}
}
