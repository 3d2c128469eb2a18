/**
 * Exponential backoff from `firstMs` to `largestMs`, of which the upper half is random, in whole milliseconds.
 *
 * @param attempt counts from 1
 */
export function backoffMs(attempt: number, firstMs: number, largestMs: number): number {
	return Math.ceil(Math.min(largestMs, firstMs * 2 ** Math.min(attempt - 1, 30)) * (0.5 + Math.random() / 2))
}
