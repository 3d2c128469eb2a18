import { Counter } from '@mercat/service/metrics'
import type { Verdict } from '../checking/verdict.ts'
import { createSourceGauge, createSourceLag } from '../metrics/by-source.ts'

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

export const observeFoldLag = createSourceLag(
	'mercat_market_fold_lag_seconds',
	'Time from the message of a source to the commit of its ticks, of the oldest message of each block',
)

export const showOpenBars = createSourceGauge(
	'mercat_market_open_bars',
	'Bars of 1 s that are not stored yet, by source',
)
