/** The result of one contestant in all rounds. */
export type Result = {
	contestant: string
	/** One value per round or per sample. */
	values: number[]
	/** Number of unexpected responses and errors, by status or error code. */
	failures: Record<string, number>
	/** CPU time per operation over all rounds, by process. */
	cpuMicros: Record<string, number>
}

export type Target = { bound: 'at least' | 'at most'; value: number; aim?: number }

/** A comparison of one contestant with a target: by its own values, or by their ratio to another contestant. */
export type Comparison = { of: string; to?: string; target?: Target }

export type Unit =
	| 'orders/s'
	| 'calls/s'
	| 'requests/s'
	| 'deliveries/s'
	| 'events/s'
	| 'rows/s'
	| 'ticks/s'
	| 'ms'
	| 'µs'
	| 'MB'
	| 's'
	| 'cores'
	| 'of 1'
	| '%'

export type Measurement = {
	title: string
	unit: Unit
	/** Whether the contestants took turns. Each of them then has one value per round. */
	isByRound?: boolean
	results: Result[]
	comparisons: Comparison[]
}

/** Whether a greater value is better. */
export function isMoreBetter(unit: Unit): boolean {
	return unit.endsWith('/s') || unit === 'of 1' || unit === '%'
}

/** Adds the counts in `more` to `total`. */
export function addFailures(total: Record<string, number>, more: Record<string, number>): void {
	for (const [code, count] of Object.entries(more)) total[code] = (total[code] ?? 0) + count
}

export function median(values: readonly number[]): number {
	const sorted = values.toSorted((a, b) => a - b)
	const middle = sorted.length / 2
	const [low, high] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]]
	return ((low ?? Number.NaN) + (high ?? Number.NaN)) / 2
}

/** The lower and the upper quartile. */
export function quartiles(values: readonly number[]): [number, number] {
	const sorted = values.toSorted((a, b) => a - b)
	const last = sorted.length - 1
	return [sorted[Math.floor(0.25 * last)] ?? Number.NaN, sorted[Math.ceil(0.75 * last)] ?? Number.NaN]
}

export function resultOf({ results }: Measurement, contestant: string): Result {
	const result = results.find((candidate) => candidate.contestant === contestant)
	if (result === undefined) throw new TypeError(`${contestant} was not measured`)
	return result
}

/**
 * The values that a target applies to. Without `to` they are the values of the contestant, else their ratios to the
 * other contestant. With rounds, a ratio compares two values of the same round, because a slow phase of the machine
 * affects both. Without rounds, it compares a value with the median of the other contestant.
 */
export function comparedValues(measurement: Measurement, { of, to }: Comparison): number[] {
	const { values } = resultOf(measurement, of)
	if (to === undefined) return values
	const others = resultOf(measurement, to).values
	const middle = median(others)
	const otherIn = (round: number) => (measurement.isByRound ? (others[round] as number) : middle)
	return values.map((value, round) => {
		// Two infinite values are both failures. Their ratio is not 1, because a failure meets no target.
		if (!Number.isFinite(value)) return value
		const other = otherIn(round)
		// 0 / 0 would be NaN.
		return value === other ? 1 : value / other
	})
}

export function isMet(value: number, { bound, value: limit }: Target): boolean {
	return bound === 'at least' ? value >= limit : value <= limit
}
