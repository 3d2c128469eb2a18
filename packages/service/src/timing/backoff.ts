/** Exponential backoff from `firstMs` to `largestMs` in whole milliseconds, with the upper half of it left to chance. */
export function backoffMs(attempt: number, firstMs: number, largestMs: number): number {
	return Math.ceil(Math.min(largestMs, firstMs * 2 ** Math.min(attempt - 1, 30)) * (0.5 + Math.random() / 2))
}
