import { isOrderPlaced, type PhaseResult, type Second } from '../load/phase.ts'
import { median } from '../running/measurement.ts'

const timesAsSlow = 2

/** When the first second begins in which every order is placed, in at most twice the time that it took before. */
export function secondsUntilNormal(before: PhaseResult, after: PhaseResult): number {
	const limitMs = timesAsSlow * median(before.seconds.map(({ accepted }) => accepted.p99Ms))
	const isNormal = ({ outcomes, accepted }: Second) =>
		Object.keys(outcomes).every(isOrderPlaced) && accepted.count > 0 && accepted.p99Ms <= limitMs
	const first = after.seconds.findIndex(isNormal)
	return first === -1 ? Number.POSITIVE_INFINITY : first
}
