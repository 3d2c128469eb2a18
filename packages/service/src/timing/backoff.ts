/**
 * Exponential backoff from `firstMs` to `largestMs`, of which the upper half is random, in whole milliseconds.
 *
 * @param attempt counts from 1
 */
export function backoffMs(attempt: number, firstMs: number, largestMs: number): number {
	return Math.ceil(longestMs(attempt, firstMs, largestMs) * (0.5 + Math.random() / 2))
}

/**
 * Exponential backoff that is random as a whole ("full jitter"), so that callers that have lost one peer together come back
 * evenly spread. In whole milliseconds, and 1 at least.
 *
 * @param attempt counts from 1
 */
export function fullJitterMs(attempt: number, firstMs: number, largestMs: number): number {
	return Math.max(1, Math.ceil(longestMs(attempt, firstMs, largestMs) * Math.random()))
}

function longestMs(attempt: number, firstMs: number, largestMs: number): number {
	return Math.min(largestMs, firstMs * 2 ** Math.min(attempt - 1, 30))
}
