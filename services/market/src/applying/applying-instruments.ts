import { Counter, createBoundHistogram, durationBuckets, Gauge, type Series } from '@mercat/service/metrics'
import type { PriceResult } from './call-answer.ts'

const pricesTotal = new Counter({
	name: 'mercat_market_prices_total',
	help: 'Prices that the catalog has answered, by source and by what became of them',
	labelNames: ['source', 'result'],
})

/** @param result `invalid` is a price that the catalog takes in no call */
export function countPrices(source: string, result: PriceResult | 'invalid', count: number): void {
	pricesTotal.inc({ source, result }, count)
}

const lag = createBoundHistogram({
	name: 'mercat_market_apply_lag_seconds',
	help: 'Time from the message of a source to the answer of the catalog, for each price that was sent',
	buckets: [...durationBuckets, 30, 60, 300],
})
const lagSeries = new Map<string, Series>()

export function observeLag(source: string, ms: number): void {
	let series = lagSeries.get(source)
	if (series === undefined) {
		series = lag.bind({ source })
		lagSeries.set(source, series)
	}
	series.observe(ms / 1_000)
}

const waitingOf = new Map<string, () => number>()

new Gauge({
	name: 'mercat_market_prices_waiting',
	help: 'Prices that the catalog is still to get, by source',
	labelNames: ['source'],
	collect() {
		this.reset()
		for (const [source, waiting] of waitingOf) this.set({ source }, waiting())
	},
})

/** Shows at each scrape how many prices of a source wait, until the result is disposed of. */
export function showWaiting(source: string, waiting: () => number): Disposable {
	waitingOf.set(source, waiting)
	return {
		[Symbol.dispose]() {
			if (waitingOf.get(source) === waiting) waitingOf.delete(source)
		},
	}
}
