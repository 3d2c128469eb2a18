import { Counter } from '@mercat/service/metrics'
import type { HoldRule } from './judge-price.ts'
import type { HoldChange } from './price-judge.ts'

const counter = new Counter({
	name: 'mercat_held_prices_total',
	help: 'Prices that were held, and the ends of holds, by the rule that held the price',
	labelNames: ['rule', 'outcome'],
})

export type HoldOutcome = 'held' | 'approved' | 'rejected' | 'withdrawn'

export function countHold(rule: HoldRule, outcome: HoldOutcome): void {
	counter.inc({ rule, outcome })
}

/** Counts what an import has written about holds, after its transaction has committed. */
export function countHolds(changes: readonly HoldChange[]): void {
	for (const change of changes) {
		if (change.kind === 'hold') countHold(change.hold.rule, 'held')
		if (change.kind === 'withdraw') countHold(change.hold.rule, 'withdrawn')
	}
}
