import { createBoundHistogram, durationBuckets, Gauge, type Series } from '../telemetry/metrics.ts'

export type BatchInstruments = {
	/** Counts a batch of so many items. */
	started(items: number): void
	/** Counts how long an item waited for the start of its batch. */
	waited(ms: number): void
}

const sizes = createBoundHistogram({
	name: 'mercat_batch_size',
	help: 'Requests in a batch',
	buckets: [1, 2, 4, 8, 16, 32, 64, 128, 256],
})

const waits = createBoundHistogram({
	name: 'mercat_batch_wait_seconds',
	help: 'How long a request waited for the start of its batch',
	buckets: durationBuckets,
})

// The length of the queue of each batcher, by name.
const queues = new Map<string, () => number>()

new Gauge({
	name: 'mercat_batch_waiting',
	help: 'Requests that wait for the start of a batch',
	labelNames: ['batch'],
	collect() {
		for (const [batch, length] of queues) this.set({ batch }, length())
	},
})

/** @param queueLength how many items wait at the moment */
export function createBatchInstruments(batch: string, queueLength: () => number): BatchInstruments {
	queues.set(batch, queueLength)
	const { size, wait } = seriesOf(batch)
	return {
		started: (items) => size.observe(items),
		waited: (ms) => wait.observe(ms / 1_000),
	}
}

const known = new Map<string, { size: Series; wait: Series }>()

// A process may make several batchers with one name, as tests do.
function seriesOf(batch: string): { size: Series; wait: Series } {
	const series = known.get(batch) ?? { size: sizes.bind({ batch }), wait: waits.bind({ batch }) }
	known.set(batch, series)
	return series
}
