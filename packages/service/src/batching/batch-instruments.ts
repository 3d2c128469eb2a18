import { durationBuckets, Gauge, Histogram } from '../telemetry/metrics.ts'

export type BatchInstruments = {
	/** Counts a batch of so many items. */
	started(items: number): void
	/** Counts how long an item waited for the start of its batch. */
	waited(ms: number): void
}

const sizes = new Histogram({
	name: 'mercat_batch_size',
	help: 'Requests in a batch',
	labelNames: ['batch'],
	buckets: [1, 2, 4, 8, 16, 32, 64, 128, 256],
})

const waits = new Histogram({
	name: 'mercat_batch_wait_seconds',
	help: 'How long a request waited for the start of its batch',
	labelNames: ['batch'],
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
	const size = sizes.labels({ batch })
	const wait = waits.labels({ batch })
	return {
		started: (items) => size.observe(items),
		waited: (ms) => wait.observe(ms / 1_000),
	}
}
