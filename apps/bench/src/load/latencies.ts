import { createHistogram } from 'node:perf_hooks'

export type Percentiles = { count: number; p50Ms: number; p99Ms: number }

/** Collects how long things took. */
export function createLatencies() {
	const histogram = createHistogram()
	return {
		record(ms: number): void {
			// A histogram takes integers above 0: microseconds are fine enough.
			histogram.record(Math.max(1, Math.round(ms * 1000)))
		},
		percentiles: (): Percentiles => ({
			count: histogram.count,
			p50Ms: histogram.percentile(50) / 1000,
			p99Ms: histogram.percentile(99) / 1000,
		}),
	}
}
