import type { PacedTurns } from '@mercat/rest-service/paced-turns'
import { commentFrame, openingFrame } from '@mercat/rest-service/server-sent-events'
import { endOutput, type StreamOutput } from '@mercat/rest-service/stream-output'
import type { Told } from './change-cursor.ts'
import type { ChangeFeed } from './change-feed.ts'
import { type ChangeFilter, changesFrame, emptyFrame, resetFrame } from './change-frames.ts'
import type { ToldMessage } from './told-message.ts'

export type ProductChangeStreamNeeds = { feed: ChangeFeed; turns: PacedTurns }

export type ProductChangeStreamOptions = {
	/** The id of the last event that the reader has. */
	lastEventId: string | undefined
	filter: ChangeFilter
	/** How long the reader may leave a frame unread. */
	unreadMs: number
}

/** A stream of changes to one reader. */
export type ProductChangeStream = {
	/** Sends a sign of life when one is due, and ends a stream that nobody reads. */
	check(): void
	/** Ends the stream. The reader is told the reason, and where to go on. */
	end(reason: string): void
	/** Stops the stream, because its connection is closed. */
	close(): void
}

const heartbeatMs = 5_000
// Of a reader that others wait for.
const unreadWithOthersMs = 10_000
const mostPassedAtOnce = 1_000
const tooSlow = 'the reader was too slow'

/** At any time at most one frame waits for the reader. The next one is made only when the operating system has taken it. */
export function openProductChangeStream(
	{ feed, turns }: ProductChangeStreamNeeds,
	{ lastEventId, filter, unreadMs }: ProductChangeStreamOptions,
	output: StreamOutput,
): ProductChangeStream {
	let state: 'idle' | 'waiting' | 'writing' | 'ended' = 'idle'
	let writtenAt = performance.now()
	// What the reader has everything until, and the time that it was told last.
	let reached: Pick<ToldMessage, 'token' | 'asOf'> | undefined
	let toldAsOf: string | undefined
	const cursor = feed.open(lastEventId, wake)

	const id = () => reached?.token ?? lastEventId

	function write(frame: string | Uint8Array): void {
		state = 'writing'
		writtenAt = performance.now()
		output.write(frame, (error) => {
			if (state !== 'writing') return
			state = 'idle'
			if (error) close()
			else wake()
		})
	}

	function wake(): void {
		if (state !== 'idle') return
		for (let passed = 0; passed < mostPassedAtOnce; passed++) {
			const told = cursor.read()
			if (told === undefined) return
			if (told === 'lost') {
				end(tooSlow)
				return
			}
			const frame = frameOf(told, filter)
			if (frame !== undefined) {
				send(frame, told)
				return
			}
			reached = told.message
		}
		setImmediate(wake)
	}

	function send(frame: string | Uint8Array, { message }: Told): void {
		state = 'waiting'
		turns.wait(async () => {
			if (state !== 'waiting') return 0
			reached = message
			toldAsOf = message.asOf
			write(frame)
			return frame.length
		})
	}

	function signOfLife(): string {
		if (state === 'waiting' || reached?.asOf === undefined || reached.asOf === toldAsOf) {
			return commentFrame('nothing new', id())
		}
		toldAsOf = reached.asOf
		return emptyFrame(reached)
	}

	function end(reason: string): void {
		if (state === 'ended') return
		state = 'ended'
		cursor.close()
		endOutput(output, commentFrame(reason, id()))
	}

	function close(): void {
		state = 'ended'
		cursor.close()
		output.destroy()
	}

	write(openingFrame(lastEventId))
	return {
		check() {
			const unwrittenMs = performance.now() - writtenAt
			const limitMs = cursor.holdsOthers() ? Math.min(unreadMs, unreadWithOthersMs) : unreadMs
			if (state === 'writing' && unwrittenMs >= limitMs) close()
			else if (unwrittenMs < heartbeatMs) wake()
			else if (state === 'idle') write(signOfLife())
			else if (state === 'waiting') {
				// The stream keeps its place among the streams that wait for their turn.
				writtenAt = performance.now()
				output.write(signOfLife(), () => {})
			}
		},
		end,
		close,
	}
}

function frameOf({ kind, message }: Told, filter: ChangeFilter): string | Uint8Array | undefined {
	if (kind === 'begin') return emptyFrame(message)
	return kind === 'reset' ? resetFrame(message) : changesFrame(message, filter)
}
