import { LRUCache } from 'lru-cache'

export type SharesOptions = {
	/** What a source may have at once. */
	burst: number
	/** What it may have later, in a minute. */
	perMinute: number
}

type Share = { left: number; at: number }

const mostSources = 10_000
const minuteMs = 60_000

/**
 * Gives each source a share, as a token bucket, so that one source does not take the room of the others. It answers at once,
 * without a promise: it is asked for each refusal of a flood.
 *
 * @param now the time in milliseconds, which does not go back
 */
export function createShares({ burst, perMinute }: SharesOptions, now: () => number = () => performance.now()) {
	const shares = new LRUCache<string, Share>({ max: mostSources })
	/** Whether `source` has something left of its share. If so, it has one less. */
	return (source: string): boolean => {
		const at = now()
		let share = shares.get(source)
		if (share === undefined) {
			share = { left: burst, at }
			shares.set(source, share)
		}
		share.left = Math.min(burst, share.left + ((at - share.at) / minuteMs) * perMinute)
		share.at = at
		if (share.left < 1) return false
		share.left -= 1
		return true
	}
}
