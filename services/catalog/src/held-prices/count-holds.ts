import { Counter } from '@mercat/service/metrics'
import type { HoldWrites } from './hold-book.ts'
import { ownRules } from './judge-price.ts'

const counter = new Counter({
	name: 'mercat_held_prices_total',
	help: 'Prices that were held, and the ends of holds, by the rule that held the price: other for the rules of callers',
	labelNames: ['rule', 'outcome'],
})

export type HoldOutcome = 'held' | 'approved' | 'rejected' | 'withdrawn' | 'expired'

const counted = new Set<string>(ownRules)

export function countHold(rule: string, outcome: HoldOutcome): void {
	// Callers could have any number of rules, and each would be a time series.
	counter.inc({ rule: counted.has(rule) ? rule : 'other', outcome })
}

/** Counts what was written about holds, after its transaction has committed. */
export function countHoldWrites({
	held,
	withdrawn,
	expired,
}: Pick<HoldWrites, 'held' | 'withdrawn' | 'expired'>): void {
	for (const { rule } of held) countHold(rule, 'held')
	for (const { rule } of withdrawn) countHold(rule, 'withdrawn')
	for (const { rule } of expired) countHold(rule, 'expired')
}
