import { createLatencies } from './latencies.ts'

/** What came of a load. */
export type LoadResult = {
	/** Answered as expected. */
	completed: number
	/** From the first request until the last answer. */
	seconds: number
	p50Ms: number
	p99Ms: number
	/** Other answers, by status or error code. */
	failures: Record<string, number>
}

/** Counts answers and how long they took. */
export function createTally() {
	const startedAt = performance.now()
	const failures: Record<string, number> = {}
	const latencies = createLatencies()
	return {
		succeeded(sinceMs: number): void {
			latencies.record(performance.now() - sinceMs)
		},
		failed(code: string | number): void {
			failures[code] = (failures[code] ?? 0) + 1
		},
		result(): LoadResult {
			const { count, p50Ms, p99Ms } = latencies.percentiles()
			return { completed: count, seconds: (performance.now() - startedAt) / 1000, p50Ms, p99Ms, failures }
		},
	}
}
