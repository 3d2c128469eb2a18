import { backoffMs } from '@mercat/service/backoff'

const firstMs = 1_000
const largestMs = 3_600_000

/** A delivery is dead when it fails so long after the time from which it was tried. */
export const tryingForMs = 3 * 86_400_000

/**
 * The delay before the next attempt: a second, doubled with each attempt up to an hour, of which the upper half is
 * random. The receiver may ask for a longer one.
 *
 * @param tries the attempts so far, at least 1
 * @param retryAfterMs as the last attempt has it
 */
export function retryDelayMs(tries: number, retryAfterMs = 0): number {
	return Math.max(backoffMs(tries, firstMs, largestMs), retryAfterMs)
}
