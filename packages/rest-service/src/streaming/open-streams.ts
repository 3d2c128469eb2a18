import type { StreamOutput } from './stream-output.ts'
import type { StreamPlaces } from './stream-places.ts'

/** A stream to one reader. */
export type OpenStream = {
	/** Sends a sign of life when one is due, and ends a stream that nobody reads. */
	check(): void
	/** Ends the stream. The reader is told the reason. */
	end(reason: string): void
	/** Stops the stream, because its connection is closed. */
	close(): void
}

export type StreamClient = {
	/** Whose places the stream takes. */
	client: string
}

export type StreamLimits = {
	/** How long a reader may leave a text unread. */
	unreadMs: number
}

export type OpenStreamsNeeds<Options extends StreamClient, Stream extends OpenStream> = {
	places: StreamPlaces
	openStream(options: Options & StreamLimits, output: StreamOutput): Stream
	/** Is called each time before the streams are checked. */
	beforeChecks?(): void
}

/** The streams of one kind in this process, as routes open and end them. */
export type OpenStreams<Options extends StreamClient> = {
	/**
	 * Opens a stream, until `output` is closed or the stream ends. Returns a function to call when `output` is closed.
	 *
	 * @throws Problem TOO_MANY_STREAMS
	 */
	open(options: Options, openOutput: () => StreamOutput): () => void
	/** Ends every stream within a second, and every later one as soon as it opens. */
	endAll(): void
}

const checkMs = 500
// A reader may rest, for example while it works on what it has.
const defaultUnreadMs = 50_000
const shuttingDown = 'the service shuts down'

/** Opens streams of one kind, checks them while they are open, and ends them together. */
export function createOpenStreams<Options extends StreamClient, Stream extends OpenStream>(
	{ places, openStream, beforeChecks }: OpenStreamsNeeds<Options, Stream>,
	{ unreadMs = defaultUnreadMs }: Partial<StreamLimits> = {},
): OpenStreams<Options> & Disposable & { all: ReadonlySet<Stream> } {
	const all = new Set<Stream>()
	let isEnding = false
	const checks = setInterval(() => {
		beforeChecks?.()
		for (const stream of all) stream.check()
	}, checkMs)

	function endAll(): void {
		isEnding = true
		for (const stream of all) stream.end(shuttingDown)
	}

	return {
		all,
		open(options, openOutput) {
			using opened = new DisposableStack()
			opened.defer(places.take(options.client))
			const stream = openStream({ ...options, unreadMs }, openOutput())
			opened.defer(stream.close)
			all.add(stream)
			opened.defer(() => all.delete(stream))
			if (isEnding) stream.end(shuttingDown)
			const resources = opened.move()
			return () => resources.dispose()
		},
		endAll,
		[Symbol.dispose]() {
			clearInterval(checks)
			endAll()
		},
	}
}
