import { endedStreams, type StreamEnd } from '@mercat/grpc-service/stream-gauges'
import type { StreamOutput } from '@mercat/grpc-service/stream-output'
import { countUnread } from '@mercat/grpc-service/unread-bytes'
import type { UnreadTotal } from '@mercat/grpc-service/unread-total'
import { createAlarm } from '@mercat/service/alarm'
import { createTurns } from '../turns/turns.ts'
import { type CatchUp, type CatchUpNeeds, createCatchUp } from './catch-up.ts'
import { bookmarkMs } from './live/live-group.ts'
import { createMessage } from './live/message.ts'
import type { HubStream, WatchHub } from './live/watch-hub.ts'
import type { Place } from './places/place.ts'
import type { WatchFilter } from './places/watch-filter.ts'
import { showBehind } from './watch-gauges.ts'

export type WatchStreamNeeds = CatchUpNeeds & { hub: WatchHub; unreadTotal: UnreadTotal }

export type WatchStreamStart = {
	filter: WatchFilter
	place: Place
	/** After so long the stream ends. */
	lifeMs: number
}

export type WatchStream = {
	/** Ends the stream with a last response that has its place. */
	end(): void
	/** The output is closed. */
	close(): void
}

// A stream that catches up waits for its reader.
const mostUnreadBehind = 256 * 1024
// A live stream does not.
const mostUnreadLive = 1024 * 1024
// A reader that takes nothing for so long is gone or too slow: one for which 1 MB waits, and one that may be at work on the state.
const longestStallMs = { fallen: 5_000, behind: 30_000 }
const leaveMs = 30_000
const waitMs = 1_000

/**
 * A stream to one reader. It reads the log and the initial state at the pace of its reader until it has reached the end of the log.
 * Then it is live: it gets what the other streams of its filter get. When 1 MB waits for the reader, the stream falls behind; and it ends when its reader then takes
 * nothing.
 */
export function openWatchStream(
	needs: WatchStreamNeeds,
	{ filter, place, lifeMs }: WatchStreamStart,
	output: StreamOutput,
): WatchStream {
	const { hub, rests, unreadTotal } = needs
	const alarm = createAlarm()
	const unread = countUnread({ output, total: unreadTotal, taken: alarm.ring, cutOff })
	const endsAt = performance.now() + lifeMs
	let state: 'behind' | 'live' | 'ended' = 'behind'
	let hasFallen = false
	let toldAt = 0
	let endedAt = 0
	let catchUp: CatchUp = createCatchUp(needs, filter, place)

	const stream: HubStream = {
		filter,
		tell(response, before) {
			if (state !== 'live') return
			// A large import may be more than any reader takes at once. The reader goes on at its own pace.
			const most = unreadTotal.isHigh() ? mostUnreadBehind : mostUnreadLive
			if (unread.count() + response.length > most) fallBehind(before)
			else unread.write(response)
		},
		wake: alarm.ring,
		check() {
			const now = performance.now()
			if (state === 'ended') {
				if (now - endedAt >= leaveMs) output.cut()
			} else if (now >= endsAt || output.isConnectionClosing()) end('age')
			// Its last response has the place.
			else if (unread.count() > mostUnreadBehind && isStalled()) finish('slow')
		},
		missedQuantities(place) {
			if (state === 'live') fallBehind(place)
		},
		lose: () => finish('lost'),
		databaseFailed() {
			// What a chunk has shown may be lost, and then no change would mend it.
			if (state === 'behind' && catchUp.isInState()) end('lost')
		},
	}

	function isStalled(): boolean {
		return state === 'behind' && unread.stalledMs() >= longestStallMs[hasFallen ? 'fallen' : 'behind']
	}

	function fallBehind(from: Place): void {
		state = 'behind'
		hasFallen = true
		hub.quit(stream)
		catchUp = createCatchUp(needs, filter, from)
		void readOn()
	}

	function currentPlace(): Place {
		return state === 'live' ? hub.place() : catchUp.place()
	}

	function tellPlace(): void {
		unread.write(createMessage().close(rests.at(filter, currentPlace())))
		toldAt = performance.now()
	}

	async function readOn(): Promise<void> {
		try {
			const turns = createTurns()
			while (state === 'behind') {
				await turns.next()
				if (state !== 'behind') return
				const hasRoom = unread.count() <= mostUnreadBehind
				const stepping = hasRoom ? catchUp.step(tellNext) : 'waits'
				// Nothing may come between the last step and this, not even another promise.
				if (stepping === 'done') return join()
				const step = await stepping
				if (state !== 'behind') return
				if (performance.now() - toldAt >= bookmarkMs && hasRoom) tellPlace()
				if (step === 'waits') await alarm.wait(waitMs)
			}
		} catch (error) {
			if (state === 'ended') return
			finish('error', error)
		}
	}

	function tellNext(response: Buffer): void {
		if (state === 'ended') return
		unread.write(response)
		toldAt = performance.now()
	}

	function join(): void {
		state = 'live'
		hasFallen = false
		hub.join(stream)
	}

	function end(reason: StreamEnd): void {
		if (state === 'ended') return
		tellPlace()
		finish(reason)
	}

	function finish(reason: StreamEnd, error?: unknown): void {
		if (state === 'ended') return
		state = 'ended'
		endedAt = performance.now()
		endedStreams.inc({ reason })
		if (error === undefined) output.end()
		else output.fail(error)
		alarm.ring()
	}

	// Its reader goes on from the last response that it has taken.
	function cutOff(): void {
		if (state !== 'ended') endedStreams.inc({ reason: 'slow' })
		state = 'ended'
		unread.forget()
		output.cut()
		alarm.ring()
	}

	const entriesBehind = () => (state === 'behind' ? needs.log.tail.last() - catchUp.place().position : 0)
	const hideBehind = showBehind(entriesBehind)
	hub.add(stream)
	tellPlace()
	void readOn()
	return {
		end: () => end('drain'),
		close() {
			state = 'ended'
			hub.remove(stream)
			hideBehind()
			unread.forget()
			alarm.ring()
		},
	}
}
