import { createLatencies } from './latencies.ts'

/** The result of a load. */
export type LoadResult = {
	/** Number of requests with the expected response. */
	completed: number
	/** Time from the first request to the last response. */
	seconds: number
	p50Ms: number
	p99Ms: number
	/** Number of other responses and errors, by status or error code. */
	failures: Record<string, number>
}

/** The p99, or Infinity when more than 1 % of the requests failed: a failed request counts as one that never ends. */
export function p99WithFailures({ completed, failures, p99Ms }: LoadResult): number {
	const failed = Object.values(failures).reduce((sum, count) => sum + count, 0)
	return failed > 0.01 * (completed + failed) ? Number.POSITIVE_INFINITY : p99Ms
}

/** Counts responses and records their latencies. */
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
