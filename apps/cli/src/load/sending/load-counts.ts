import { createHistogram } from 'node:perf_hooks'

/** Undefined without an answer. */
export type Latencies = { p50Ms: number; p99Ms: number } | undefined

/** What a load has done since it began. */
export type LoadCounts = {
	/** Orders that it was time for. */
	due: number
	/** Those of them that went to a server. */
	sent: number
	/** Orders that were due while the load knew no product in stock. */
	withoutProduct: number
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
		sent: 0,
		withoutProduct: 0,
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
	if (histogram.count === 0) return undefined
	return { p50Ms: histogram.percentile(50) / 1_000, p99Ms: histogram.percentile(99) / 1_000 }
}
