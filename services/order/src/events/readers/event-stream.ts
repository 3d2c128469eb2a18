import type { LogPart } from '@mercat/event-log/log-part'
import type { PacedTurns } from '@mercat/rest-service/paced-turns'
import { commentFrame, eventFrame, openingFrame } from '@mercat/rest-service/server-sent-events'
import { endOutput, type StreamOutput } from '@mercat/rest-service/stream-output'
import type { ReadLog } from '../log-reader.ts'
import type { EventFilter, LoggedEvent } from '../logged-event.ts'
import { PositionExpiredError } from '../position.ts'

export type EventStreamNeeds = {
	readLog: ReadLog
	turns: PacedTurns
	/** The last position known to this process. */
	last(): number
	onError(error: unknown): void
}

export type EventStreamOptions = {
	/** The position after which the stream begins. */
	after: number
	filter: EventFilter
	/** When the token is no longer accepted, in milliseconds since 1970. */
	expiresAt: number
	/** How long the reader may leave a chunk unread. */
	unreadMs: number
}

/** A stream of events to one reader. */
export type EventStream = {
	/** Sends the events that have come since. */
	wake(): void
	/** Sends a sign of life when one is due, and ends a stream that nobody reads or whose token has expired. */
	check(): void
	/** Ends the stream. The reader is told the reason and the position. */
	end(reason: string): void
	/** Stops the stream, because its connection is closed. */
	close(): void
}

const heartbeatMs = 5_000
const expired = 'the token has expired'
const mostChunkLength = 32 * 1024
// About as many as a chunk holds.
const mostEventsRead = 32

/**
 * Streams the events after a position. At any time at most one chunk waits for the reader. The next one is read only when
 * the operating system has taken it, so a reader that does not read costs little memory.
 */
export function openEventStream(
	{ readLog, turns, last, onError }: EventStreamNeeds,
	{ after, filter, expiresAt, unreadMs }: EventStreamOptions,
	output: StreamOutput,
): EventStream {
	let position = after
	let state: 'idle' | 'waiting' | 'writing' | 'ended' = 'idle'
	let writtenAt = performance.now()

	function write(text: string): void {
		state = 'writing'
		writtenAt = performance.now()
		output.write(text, (error) => {
			if (state !== 'writing') return
			state = 'idle'
			if (error) close()
			else wake()
		})
	}

	function wake(): void {
		if (state !== 'idle' || position >= last()) return
		state = 'waiting'
		turns.wait(turn)
	}

	async function turn(): Promise<number> {
		const part = state === 'waiting' ? await readNext() : undefined
		if (state !== 'waiting' || part === undefined) return 0
		if (hasExpired()) {
			end(expired)
			return 0
		}
		const { text, readTo } = chunkOf(part)
		const hasMoved = readTo > position
		position = readTo
		if (text !== '') write(text)
		else {
			state = 'idle'
			if (hasMoved) wake()
		}
		return text.length
	}

	async function readNext(): Promise<LogPart<LoggedEvent> | undefined> {
		try {
			return await readLog({ after: position, filter, limit: mostEventsRead })
		} catch (error) {
			if (error instanceof PositionExpiredError) end('the next events are deleted')
			else if (state === 'waiting') {
				// The next check tries again.
				state = 'idle'
				onError(error)
			}
			return undefined
		}
	}

	const hasExpired = () => Date.now() >= expiresAt

	// The stream keeps its place among the streams that wait for their turn.
	function writeComment(): void {
		writtenAt = performance.now()
		output.write(commentFrame('reading', position), () => {})
	}

	const isHeartbeatDue = () => performance.now() - writtenAt >= heartbeatMs

	function end(reason: string): void {
		if (state === 'ended') return
		state = 'ended'
		endOutput(output, commentFrame(reason, position))
	}

	function close(): void {
		state = 'ended'
		output.destroy()
	}

	write(openingFrame(position))
	return {
		wake,
		check() {
			if (state === 'ended') return
			if (hasExpired()) end(expired)
			else if (state === 'writing' && performance.now() - writtenAt >= unreadMs) close()
			else if (!isHeartbeatDue()) wake()
			else if (state === 'idle') write(commentFrame('nothing new', position))
			else if (state === 'waiting') writeComment()
		},
		end,
		close,
	}
}

/** The next chunk of a part, at least one event, and the position that it reaches. */
function chunkOf({ events, readTo }: LogPart<LoggedEvent>): { text: string; readTo: number } {
	let text = ''
	for (const [index, event] of events.entries()) {
		text += eventFrame({ id: event.position, type: event.type, data: event.text })
		const isLast = index === events.length - 1
		if (text.length >= mostChunkLength && !isLast) return { text, readTo: event.position }
	}
	return { text, readTo }
}
