import { type CatchUp, type CatchUpNeeds, type CatchUpReader, type CatchUpShare, createCatchUp } from './catch-up.ts'
import { waitingCatchUps } from './change-metrics.ts'

export type CatchUpsNeeds = Pick<CatchUpNeeds, 'openWatch' | 'onFault' | 'hasArrived'>

export type CatchUpsOptions = {
	/** How long a catch-up that does not arrive can keep others from beginning. */
	longestTurnMs?: number
	/** How long a catch-up can wait for its turn. Then its readers begin anew. */
	longestWaitMs?: number
}

export type CatchUps = {
	/** Catches up from a token, together with other readers that have the same one. */
	join(token: string, reader: CatchUpReader): CatchUpShare
}

const mostTurns = 4
// Each has a stream of the catalog, and keeps about a megabyte.
const mostOpen = 32
const defaultLongestTurnMs = 15_000
const defaultLongestWaitMs = 30_000

/**
 * After a restart all readers come back at once, most of them with the same few tokens. Other tokens wait for their turn. A turn
 * is over when the catch-up has arrived, waits for its own readers, or has taken too long: slow readers keep no turns.
 */
export function createCatchUps(
	needs: CatchUpsNeeds,
	{ longestTurnMs = defaultLongestTurnMs, longestWaitMs = defaultLongestWaitMs }: CatchUpsOptions = {},
): CatchUps {
	const byToken = new Map<string, CatchUp>()
	const waiting = new Map<CatchUp, () => void>()
	const turns = new Set<CatchUp>()
	const open = new Set<CatchUp>()

	function stopWaiting(catchUp: CatchUp): void {
		if (waiting.delete(catchUp)) waitingCatchUps.dec()
	}

	function startNext(): void {
		for (const [catchUp, start] of waiting) {
			if (turns.size >= mostTurns || open.size >= mostOpen) return
			stopWaiting(catchUp)
			turns.add(catchUp)
			open.add(catchUp)
			start()
		}
	}

	function begin(token: string): CatchUp {
		const catchUp = createCatchUp({ ...needs, onArrived: endTurn, onPaused: endTurn, onLeft }, token)
		let limit = setTimeout(() => catchUp.reset('waited'), longestWaitMs).unref()
		function start(): void {
			clearTimeout(limit)
			limit = setTimeout(endTurn, longestTurnMs).unref()
			catchUp.start()
		}
		function endTurn(): void {
			clearTimeout(limit)
			turns.delete(catchUp)
			startNext()
		}
		function onLeft(): void {
			if (byToken.get(token) === catchUp) byToken.delete(token)
			stopWaiting(catchUp)
			open.delete(catchUp)
			endTurn()
		}
		byToken.set(token, catchUp)
		waiting.set(catchUp, start)
		waitingCatchUps.inc()
		return catchUp
	}

	return {
		join(token, reader) {
			const share = byToken.get(token)?.join(reader) ?? (begin(token).join(reader) as CatchUpShare)
			startNext()
			return share
		},
	}
}
