/** What one contestant did in all rounds. */
export type Result = {
	contestant: string
	/** One for each round, or for each sample that was taken. */
	values: number[]
	/** Answers that were not the expected one, by status or error code. */
	failures: Record<string, number>
	/** CPU time for each operation, by process, over all rounds. */
	cpuMicros: Record<string, number>
}

export type Target = { bound: 'at least' | 'at most'; value: number; aim?: number }

/** Of one contestant: by itself, or as a ratio to another. */
export type Comparison = { of: string; to?: string; target?: Target }

export type Unit = 'orders/s' | 'calls/s' | 'requests/s' | 'ms' | 'µs' | 'MB' | 's' | 'cores'

export type Measurement = {
	title: string
	unit: Unit
	/** Whether the contestants took turns, so that each has a value of every round. */
	isByRound?: boolean
	results: Result[]
	comparisons: Comparison[]
}

/** Whether a greater value is the better one. */
export function isMoreBetter(unit: Unit): boolean {
	return unit.endsWith('/s')
}

/** Adds counts by code to those that are there. */
export function addFailures(total: Record<string, number>, more: Record<string, number>): void {
	for (const [code, count] of Object.entries(more)) total[code] = (total[code] ?? 0) + count
}

export function median(values: readonly number[]): number {
	const sorted = values.toSorted((a, b) => a - b)
	const middle = sorted.length / 2
	const [low, high] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]]
	return ((low ?? Number.NaN) + (high ?? Number.NaN)) / 2
}

/** Between which the middle half of the values lies. */
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
 * What a target is about: the values themselves, or how many times the other's they are: round by round where there
 * are rounds, as what happens to the machine from one to the next happens to both, else beside the other's median.
 */
export function comparedValues(measurement: Measurement, { of, to }: Comparison): number[] {
	const { values } = resultOf(measurement, of)
	if (to === undefined) return values
	const others = resultOf(measurement, to).values
	const middle = median(others)
	const otherIn = (round: number) => (measurement.isByRound ? (others[round] as number) : middle)
	return values.map((value, round) => {
		// Who has failed has not done as well as another who has failed, too.
		if (!Number.isFinite(value)) return value
		const other = otherIn(round)
		// Also where both are 0.
		return value === other ? 1 : value / other
	})
}

export function isMet(value: number, { bound, value: limit }: Target): boolean {
	return bound === 'at least' ? value >= limit : value <= limit
}
