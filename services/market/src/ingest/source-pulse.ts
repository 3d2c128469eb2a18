import type { EndReason } from './connection-end.ts'
import type { SourceSocket } from './source-socket.ts'

/** Finds out that a connection is of no use any more, although it is open. */
export type SourcePulse = {
	start(): void
	/** Anything has come. */
	beat(): void
	countAccepted(): void
	countDuplicate(seq: number): void
	stop(): void
}

export type SourcePulseNeeds = {
	socket: Pick<SourceSocket, 'ping' | 'pong'>
	isPaused(): boolean
	end(reason: EndReason): void
}

export type SourcePulseOptions = { pingMs: number; silentMs: number }

const looksPerPing = 2
const looksBehind = 4

/**
 * Looks at the connection twice per ping, and counts looks instead of time: a process that has stood still has heard nothing,
 * and then gives the source its whole time again.
 */
export function createSourcePulse(
	{ socket, isPaused, end }: SourcePulseNeeds,
	{ pingMs, silentMs }: SourcePulseOptions,
): SourcePulse {
	const lookMs = pingMs / looksPerPing
	let timer: NodeJS.Timeout | undefined
	let looks = 0
	let looksInSilence = 0
	let looksWithDuplicatesOnly = 0
	let hasAccepted = false
	let highestDuplicate = Number.NEGATIVE_INFINITY
	let highestBefore = highestDuplicate

	function look(): void {
		looks++
		const isPing = looks % looksPerPing === 0
		if (isPaused()) {
			if (isPing) socket.pong()
			return
		}
		const isSilent = looksInSilence++ * lookMs >= silentMs
		// A source that has begun its numbers again, and has not told so by a snapshot, would never be heard again.
		const isBehind = !hasAccepted && highestDuplicate > highestBefore
		looksWithDuplicatesOnly = isBehind ? looksWithDuplicatesOnly + 1 : 0
		hasAccepted = false
		highestBefore = highestDuplicate
		if (isSilent) end('silent')
		else if (looksWithDuplicatesOnly >= looksBehind) end('behind')
		else if (isPing) socket.ping()
	}

	return {
		start() {
			timer = setInterval(look, lookMs)
		},
		beat() {
			looksInSilence = 0
		},
		countAccepted() {
			hasAccepted = true
		},
		countDuplicate(seq) {
			highestDuplicate = Math.max(highestDuplicate, seq)
		},
		stop: () => clearInterval(timer),
	}
}
