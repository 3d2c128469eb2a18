import { endedStreams, type StreamEnd } from '@mercat/grpc-service/stream-gauges'
import type { StreamOutput } from '@mercat/grpc-service/stream-output'
import { countUnread } from '@mercat/grpc-service/unread-bytes'
import type { UnreadTotal } from '@mercat/grpc-service/unread-total'
import { createPending } from './pending.ts'

export type ResponseRest = {
	/** True in one response: all of the state is told. */
	initialStateComplete: boolean
	/** All that was stored until then is told: milliseconds since 1970. */
	asOfMs: number | undefined
}

export type ConflatedStreamNeeds = {
	output: StreamOutput
	/** What waits for all readers. */
	unreadTotal: UnreadTotal
	/** What a key has since a time, as it is now, encoded for all streams. */
	partsOf(key: string, sinceMs: number): readonly Buffer[]
	/** What a response has beside its parts. */
	restOf(rest: ResponseRest): Buffer
	/** All that was stored until then was noted. */
	notedUntilMs(): number | undefined
	/** After so long the stream ends. */
	lifeMs: number
}

/** A stream that tells the newest state of each key. What changes again before its reader has room is told once. */
export type ConflatedStream = {
	/** What a key has since a time is to be told. */
	note(key: string, sinceMs: number): void
	/** All of the state was noted. */
	complete(): void
	/** Tells what was noted as far as there is room. */
	wake(): void
	/** The earliest time of what is to be told of a key; infinite when nothing is. */
	pendingSinceMs(key: string): number
	/** Is called every second. */
	check(): void
	/** Ends the stream. */
	end(reason: StreamEnd, error?: unknown): void
	/** The output is closed. */
	close(): void
}

const mostUnread = 256 * 1024
// Of each reader, when much waits for all of them.
const mostUnreadHigh = 64 * 1024
const mostMessage = 128 * 1024
// After so much time without a change, a stream is told how far it is.
const bookmarkMs = 5_000
// A reader that is so far behind is gone or too slow.
const longestDelayMs = 30_000
const leaveMs = 30_000

export function openConflatedStream(needs: ConflatedStreamNeeds): ConflatedStream {
	const { output, unreadTotal, partsOf, restOf, notedUntilMs } = needs
	const pending = createPending()
	const unread = countUnread({ output, total: unreadTotal, taken: tell, cutOff })
	const endsAt = performance.now() + needs.lifeMs
	let isComplete = false
	let isEnded = false
	let endedAt = 0
	let toldAt = performance.now()

	function tell(): void {
		const most = unreadTotal.isHigh() ? mostUnreadHigh : mostUnread
		while (!isEnded && !pending.isEmpty() && unread.count() < most) write()
	}

	/** Writes one response with what has waited longest; a bookmark, also when nothing waits. */
	function write(isBookmark = false): void {
		const parts: Buffer[] = []
		let length = 0
		let initialStateComplete = false
		while (length < mostMessage) {
			const next = pending.takeFirst()
			if (next === undefined) break
			if (next.key === undefined) initialStateComplete = isComplete = true
			else {
				for (const part of partsOf(next.key, next.sinceMs)) {
					parts.push(part)
					length += part.length
				}
			}
		}
		// Nothing of the key is known any more.
		if (parts.length === 0 && !initialStateComplete && !isBookmark) return
		const first = pending.first()
		const asOfMs = first === undefined ? notedUntilMs() : first.notedUntilMs
		unread.write(Buffer.concat([...parts, restOf({ initialStateComplete, asOfMs: isComplete ? asOfMs : undefined })]))
		toldAt = performance.now()
	}

	function isTooSlow(): boolean {
		const delayMs = performance.now() - (pending.first()?.notedAt ?? Number.POSITIVE_INFINITY)
		return delayMs >= longestDelayMs || unread.stalledMs() >= longestDelayMs
	}

	function end(reason: StreamEnd, error?: unknown): void {
		if (isEnded) return
		isEnded = true
		endedAt = performance.now()
		endedStreams.inc({ reason })
		if (error === undefined) output.end()
		else output.fail(error)
	}

	function cutOff(): void {
		if (!isEnded) endedStreams.inc({ reason: 'slow' })
		isEnded = true
		unread.forget()
		output.cut()
	}

	return {
		note: (key, sinceMs) => pending.note(key, sinceMs, notedUntilMs()),
		complete: () => pending.note(undefined, 0, undefined),
		wake: tell,
		pendingSinceMs: pending.sinceMs,
		check() {
			const now = performance.now()
			if (isEnded) {
				if (now - endedAt >= leaveMs) output.cut()
			} else if (now >= endsAt || output.isConnectionClosing()) end('age')
			else if (isTooSlow()) end('slow')
			else if (pending.isEmpty() && now - toldAt >= bookmarkMs && unread.count() === 0) write(true)
		},
		end,
		close() {
			isEnded = true
			unread.forget()
		},
	}
}
