import { Counter, Gauge } from '@mercat/service/metrics'

export const openStreams = new Gauge({
	name: 'mercat_watch_streams_open',
	help: 'Streams of changes of products that are open',
})

export const waitingBytes = new Gauge({
	name: 'mercat_watch_waiting_bytes',
	help: 'Bytes that streams of changes were given and their readers have not taken',
})

/** Why the server ends a stream. */
export type StreamEnd = 'age' | 'drain' | 'error' | 'lost' | 'slow'

export const endedStreams = new Counter({
	name: 'mercat_watch_streams_ended_total',
	help: 'Streams of changes that the server has ended: because of their age, at a drain, after an error, because the database was put back or has failed (lost), or because 1 MB waited for their readers, or too much for all of them (slow)',
	labelNames: ['reason'],
})

const behind = new Set<() => number>()

new Gauge({
	name: 'mercat_watch_entries_behind',
	help: 'How many entries of the log of changes the stream that is farthest from its end has not been told',
	aggregator: 'max',
	collect() {
		this.set([...behind].reduce((most, count) => Math.max(most, count()), 0))
	},
})

/** Shows how far a stream is behind, until the result is called. */
export function showBehind(count: () => number): () => void {
	behind.add(count)
	return () => void behind.delete(count)
}
