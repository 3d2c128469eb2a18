import { Gauge } from '@mercat/service/metrics'

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
