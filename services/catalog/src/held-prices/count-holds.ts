import { Counter } from '@mercat/service/metrics'
import type { HoldWrites } from './hold-book.ts'
import type { HoldRule } from './judge-price.ts'

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
export function countHoldWrites({ held, withdrawn }: Pick<HoldWrites, 'held' | 'withdrawn'>): void {
	for (const { rule } of held) countHold(rule, 'held')
	for (const { rule } of withdrawn) countHold(rule, 'withdrawn')
}
