import { commentFrame, eventFrame, openingFrame } from '@mercat/rest-service/server-sent-events'
import { endOutput, type StreamOutput } from '@mercat/rest-service/stream-output'

export type StatusStreamOptions = {
	/** When the token is no longer accepted, in milliseconds since 1970. */
	expiresAt: number
	/** How long the reader may leave a status unread. */
	unreadMs: number
}

/** A stream of statuses to one reader. */
export type StatusStream = {
	/** Sends a status, unless the one before is still unsent: it is dropped then, and costs no memory. */
	send(text: string): void
	/** Sends a sign of life when one is due, and ends a stream that nobody reads or whose token has expired. */
	check(): void
	/** Ends the stream. The reader is told the reason. */
	end(reason: string): void
	/** Stops the stream, because its connection is closed. */
	close(): void
}

const heartbeatMs = 5_000

/** Opens a stream with the statuses of the time before, in one chunk. */
export function openStatusStream(
	recent: string[],
	{ expiresAt, unreadMs }: StatusStreamOptions,
	output: StreamOutput,
): StatusStream {
	let state: 'idle' | 'writing' | 'ended' = 'idle'
	let writtenAt = performance.now()

	function write(text: string): void {
		state = 'writing'
		writtenAt = performance.now()
		output.write(text, (error) => {
			if (state !== 'writing') return
			state = 'idle'
			if (error) close()
		})
	}

	function end(reason: string): void {
		if (state === 'ended') return
		state = 'ended'
		endOutput(output, commentFrame(reason))
	}

	function close(): void {
		state = 'ended'
		output.destroy()
	}

	const hasExpired = () => Date.now() >= expiresAt
	const isUnchangedFor = (ms: number) => performance.now() - writtenAt >= ms

	write(openingFrame() + recent.map(statusFrame).join(''))
	return {
		send(text) {
			if (state === 'idle' && !hasExpired()) write(statusFrame(text))
		},
		check() {
			if (state === 'ended') return
			if (hasExpired()) end('the token has expired')
			else if (state === 'writing' && isUnchangedFor(unreadMs)) close()
			else if (state === 'idle' && isUnchangedFor(heartbeatMs)) write(commentFrame('nothing new'))
		},
		end,
		close,
	}
}

// The JSON of a status has no line break.
const statusFrame = (data: string): string => eventFrame({ type: 'status', data })
