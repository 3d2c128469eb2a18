// Tokens are refused when clocks differ by more, and times in logs and in orders cannot be compared.
const tolerableMs = 5_000

/**
 * What is wrong with another clock, which was read between two readings of this machine's clock; undefined when nothing is.
 *
 * @param stepMs how exact the other clock tells the time
 */
export function clockFault(otherMs: number, beforeMs: number, afterMs: number, stepMs = 0): string | undefined {
	const skewMs = otherMs < beforeMs ? otherMs + stepMs - beforeMs : otherMs - afterMs
	const isBetween = otherMs + stepMs >= beforeMs && otherMs <= afterMs
	if (isBetween || Math.abs(skewMs) <= tolerableMs) return undefined
	const seconds = Math.round(Math.abs(skewMs) / 1_000)
	return `its clock is ${seconds} s ${skewMs > 0 ? 'ahead of' : 'behind'} the clock of this machine: set both by a time service (NTP)`
}
