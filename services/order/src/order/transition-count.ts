import type { OrderStatus } from '@mercat/order-api/order-status'
import { Counter } from '@mercat/service/metrics'

const transitionsTotal = new Counter({
	name: 'mercat_order_transitions_total',
	help: 'Transitions of orders that this process has written, by the status that they led to',
	labelNames: ['to'],
})

/** Counts transitions that are committed. */
export function countTransitions(to: OrderStatus, count: number): void {
	if (count > 0) transitionsTotal.inc({ to }, count)
}
