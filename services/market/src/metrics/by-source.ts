import { createBoundHistogram, durationBuckets, Gauge, type Series } from '@mercat/service/metrics'

/** A gauge by source. Its result shows a source at each scrape, until what it gives is disposed of. */
export function createSourceGauge(name: string, help: string): (source: string, read: () => number) => Disposable {
	const shown = new Map<string, () => number>()
	new Gauge({
		name,
		help,
		labelNames: ['source'],
		collect() {
			this.reset()
			for (const [source, read] of shown) this.set({ source }, read())
		},
	})
	return (source, read) => {
		shown.set(source, read)
		return {
			[Symbol.dispose]() {
				if (shown.get(source) === read) shown.delete(source)
			},
		}
	}
}

/** A histogram of delays by source. Its result observes one, in milliseconds. */
export function createSourceLag(name: string, help: string): (source: string, ms: number) => void {
	const lag = createBoundHistogram({ name, help, buckets: [...durationBuckets, 30, 60, 300] })
	const bound = new Map<string, Series>()
	return (source, ms) => {
		let series = bound.get(source)
		if (series === undefined) {
			series = lag.bind({ source })
			bound.set(source, series)
		}
		series.observe(ms / 1_000)
	}
}
