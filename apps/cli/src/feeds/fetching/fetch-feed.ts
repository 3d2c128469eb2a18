import { setTimeout as sleep } from 'node:timers/promises'
import type { FeedSettings } from '../settings/feed-settings.ts'
import type { AttemptResult, FetchResult, Validators } from './fetch-result.ts'

export type FetchFeedNeeds = {
	/** Makes one attempt and saves the feed in a file. It never rejects. */
	attempt(feed: FeedSettings, validators: Validators, signal: AbortSignal): Promise<AttemptResult>
}

export type FetchFeedOptions = {
	/** Ends the attempts. */
	signal: AbortSignal
	/** Before the second attempt, at most. Half a second, unless given. */
	firstBackoffMs?: number
}

const mostAttempts = 4
const largestBackoffMs = 10_000

/**
 * Fetches a feed whole. Attempts that may succeed later are repeated, with a backoff of full jitter or after the time that
 * the source asks for, while the time of the feed lasts.
 */
export async function fetchFeed(
	feed: FeedSettings,
	validators: Validators,
	{ attempt }: FetchFeedNeeds,
	{ signal, firstBackoffMs = 500 }: FetchFeedOptions,
): Promise<FetchResult> {
	const endsAt = performance.now() + feed.timeoutS * 1_000
	const outOfTime = new AbortController()
	const timer = setTimeout(() => outOfTime.abort(), feed.timeoutS * 1_000)
	const limit = AbortSignal.any([signal, outOfTime.signal])
	try {
		for (let attempts = 1; ; attempts++) {
			const result = await attempt(feed, validators, limit)
			if (result.outcome !== 'failed') return { ...result, attempts }
			const { bytes = 0, retryAfterMs } = result
			const fail = (reason: string): FetchResult => ({
				outcome: 'failed',
				reason,
				bytes,
				attempts,
			})
			if (signal.aborted) return fail('the command was stopped')
			if (outOfTime.signal.aborted) return fail(`the source did not give the feed within ${feed.timeoutS} s`)
			if (retryAfterMs === undefined || attempts === mostAttempts) return fail(result.reason)
			const backoffMs = Math.random() * Math.min(largestBackoffMs, firstBackoffMs * 2 ** (attempts - 1))
			const waitMs = Math.max(retryAfterMs, backoffMs)
			if (performance.now() + waitMs >= endsAt) {
				const asked = `; it asks to wait ${Math.ceil(retryAfterMs / 1_000)} s, and the feed has less time left`
				return fail(`${result.reason}${retryAfterMs > 0 ? asked : ''}`)
			}
			await sleep(waitMs, undefined, { signal: limit }).catch(() => {})
			if (limit.aborted) return fail(signal.aborted ? 'the command was stopped' : result.reason)
		}
	} finally {
		clearTimeout(timer)
	}
}
