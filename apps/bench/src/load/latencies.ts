import { createHistogram } from 'node:perf_hooks'

export type Percentiles = { count: number; p50Ms: number; p99Ms: number }

/** Collects durations and computes their percentiles. */
export function createLatencies() {
	const histogram = createHistogram()
	return {
		record(ms: number): void {
			// A histogram accepts only integers above 0, so it counts microseconds.
			histogram.record(Math.max(1, Math.round(ms * 1000)))
		},
		percentiles: (): Percentiles => ({
			count: histogram.count,
			p50Ms: histogram.percentile(50) / 1000,
			p99Ms: histogram.percentile(99) / 1000,
		}),
	}
}
