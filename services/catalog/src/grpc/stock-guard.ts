import { violatedConstraint } from '@mercat/database/errors'
import { Counter } from '@mercat/service/metrics'

const refusals = new Counter({
	name: 'mercat_stock_guard_total',
	help: 'Changes that the constraints of the stock have refused although the code took them for right. Each is a fault',
})

const guards = new Set<string | undefined>(['stock_never_oversold', 'stock_held_not_negative', 'stock_on_hand_range'])

/**
 * Counts the error if a constraint of the stock has caused it. A hold from memory that finds too little stock is no fault; its
 * store does not throw.
 */
export function countGuardRefusal(error: unknown): void {
	if (guards.has(violatedConstraint(error))) refusals.inc()
}
