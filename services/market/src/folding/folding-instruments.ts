import { Counter, createBoundHistogram, durationBuckets, Gauge, type Series } from '@mercat/service/metrics'
import type { Verdict } from '../checking/verdict.ts'

const ticksTotal = new Counter({
	name: 'mercat_market_ticks_total',
	help: 'Ticks that are stored, by source, verdict and rule',
	labelNames: ['source', 'verdict', 'rule'],
})

/** Counts the ticks of a stored block. */
export function countTicks(source: string, ticks: Iterable<{ verdict: Verdict }>): void {
	const counts = new Map<Verdict | string, { verdict: Verdict; count: number }>()
	for (const { verdict } of ticks) {
		// Only holds differ from tick to tick.
		const key = verdict.kind === 'hold' ? verdict.rule : verdict
		const counted = counts.get(key)
		if (counted === undefined) counts.set(key, { verdict, count: 1 })
		else counted.count++
	}
	for (const { verdict, count } of counts.values()) {
		const rule = verdict.kind === 'refuse' || verdict.kind === 'hold' ? verdict.rule : ''
		ticksTotal.inc({ source, verdict: verdict.kind, rule }, count)
	}
}

const storing = createBoundHistogram({
	name: 'mercat_market_fold_lag_seconds',
	help: 'Time from the message of a source to the commit of its ticks, of the oldest message of each block',
	buckets: [...durationBuckets, 30, 60, 300],
})
const storingOf = new Map<string, Series>()

export function observeFoldLag(source: string, ms: number): void {
	let series = storingOf.get(source)
	if (series === undefined) {
		series = storing.bind({ source })
		storingOf.set(source, series)
	}
	series.observe(ms / 1_000)
}

const openBarsOf = new Map<string, () => number>()

new Gauge({
	name: 'mercat_market_open_bars',
	help: 'Bars of 1 s that are not stored yet, by source',
	labelNames: ['source'],
	collect() {
		this.reset()
		for (const [source, count] of openBarsOf) this.set({ source }, count())
	},
})

/** Shows at each scrape how many bars of a source are not stored, until the result is disposed of. */
export function showOpenBars(source: string, count: () => number): Disposable {
	openBarsOf.set(source, count)
	return {
		[Symbol.dispose]() {
			if (openBarsOf.get(source) === count) openBarsOf.delete(source)
		},
	}
}
