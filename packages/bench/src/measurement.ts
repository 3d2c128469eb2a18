/** What one contestant did in all rounds. */
export type Result = {
	contestant: string
	/** One a round. */
	values: number[]
	/** Answers that were not the expected one, by status or error code. */
	failures: Record<string, number>
	/** CPU time for each operation, by process, over all rounds. */
	cpuMicros: Record<string, number>
}

export type Target = { bound: 'at least' | 'at most'; value: number; aim?: number }

/** Of one contestant's median: by itself, or as a ratio to another's. */
export type Comparison = { of: string; to?: string; target?: Target }

export type Unit = 'orders/s' | 'calls/s' | 'requests/s' | 'ms' | 'µs' | 'MB' | 's' | 'cores'

export type Measurement = { title: string; unit: Unit; results: Result[]; comparisons: Comparison[] }

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

export function resultOf({ results }: Measurement, contestant: string): Result {
	const result = results.find((candidate) => candidate.contestant === contestant)
	if (result === undefined) throw new TypeError(`${contestant} was not measured`)
	return result
}

/** What the target is about: the ratio of the medians, or the median itself. */
export function comparedValue(measurement: Measurement, { of, to }: Comparison): number {
	const value = median(resultOf(measurement, of).values)
	return to === undefined ? value : value / median(resultOf(measurement, to).values)
}

export function isMet(value: number, { bound, value: limit }: Target): boolean {
	return bound === 'at least' ? value >= limit : value <= limit
}
