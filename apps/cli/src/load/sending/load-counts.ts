import { createHistogram } from 'node:perf_hooks'

export type Latencies = { p50Ms: number; p99Ms: number }

/** What a load has done since it began. */
export type LoadCounts = {
	due: number
	/** Orders that were sent more than {@link lateMs} after they were due. */
	late: number
	placed: number
	replayed: number
	/** Refusals of orders by the code of their problem. */
	refused: Record<string, number>
	/** Requests without an answer, or answered with a 5xx, by reason. */
	errors: Record<string, number>
	/** Transitions by their state, such as `paid`. */
	became: Record<string, number>
	restocked: number
}

/** The clock's ticks make an order some milliseconds late. */
export const lateMs = 100

export type Tally = {
	counts: LoadCounts
	count(record: 'refused' | 'errors' | 'became', name: string): void
	/** Counts the time of an answer from the moment at which the order was due. */
	answered(ms: number): void
	/** Of the answers since the last call. */
	takeLatencies(): Latencies
	allLatencies(): Latencies
}

export function createTally(): Tally {
	const counts: LoadCounts = {
		due: 0,
		late: 0,
		placed: 0,
		replayed: 0,
		refused: {},
		errors: {},
		became: {},
		restocked: 0,
	}
	const all = createHistogram()
	const recent = createHistogram()
	return {
		counts,
		count(record, name) {
			counts[record][name] = (counts[record][name] ?? 0) + 1
		},
		answered(ms) {
			// A histogram takes whole numbers above 0: microseconds.
			const micros = Math.max(1, Math.round(1_000 * ms))
			all.record(micros)
			recent.record(micros)
		},
		takeLatencies() {
			const latencies = latenciesOf(recent)
			recent.reset()
			return latencies
		},
		allLatencies: () => latenciesOf(all),
	}
}

export function sumOf(counts: Record<string, number>): number {
	return Object.values(counts).reduce((sum, count) => sum + count, 0)
}

function latenciesOf(histogram: ReturnType<typeof createHistogram>): Latencies {
	if (histogram.count === 0) return { p50Ms: 0, p99Ms: 0 }
	return { p50Ms: histogram.percentile(50) / 1_000, p99Ms: histogram.percentile(99) / 1_000 }
}
