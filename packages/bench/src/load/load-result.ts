import type { RecordableHistogram } from 'node:perf_hooks'

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
export function createTally(histogram: RecordableHistogram) {
	const startedAt = performance.now()
	const failures: Record<string, number> = {}
	let completed = 0
	return {
		succeeded(sinceMs: number): void {
			completed++
			// A histogram takes integers above 0: microseconds are fine enough.
			histogram.record(Math.max(1, Math.round((performance.now() - sinceMs) * 1000)))
		},
		failed(code: string | number): void {
			failures[code] = (failures[code] ?? 0) + 1
		},
		result: (): LoadResult => ({
			completed,
			seconds: (performance.now() - startedAt) / 1000,
			p50Ms: histogram.percentile(50) / 1000,
			p99Ms: histogram.percentile(99) / 1000,
			failures,
		}),
	}
}
