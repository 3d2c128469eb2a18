import { isOrderPlaced, type PhaseResult, type Second } from '../load/phase.ts'
import { median } from '../running/measurement.ts'

const timesAsSlow = 2

/**
 * The time from the end of the overload to the first normal second. In a normal second every order is placed and the
 * p99 is at most twice the p99 before the overload. Infinity when no second is normal.
 */
export function secondsUntilNormal(before: PhaseResult, after: PhaseResult): number {
	const limitMs = timesAsSlow * median(before.seconds.map(({ accepted }) => accepted.p99Ms))
	const isNormal = ({ outcomes, accepted }: Second) =>
		Object.keys(outcomes).every(isOrderPlaced) && accepted.count > 0 && accepted.p99Ms <= limitMs
	const first = after.seconds.findIndex(isNormal)
	return first === -1 ? Number.POSITIVE_INFINITY : first
}
