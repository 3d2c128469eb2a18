import { Counter } from '@mercat/service/metrics'

const ordersTotal = new Counter({
	name: 'mercat_orders_total',
	help: 'Requests to place an order, by their outcome: placed, replayed, client_left or the code of a problem',
	labelNames: ['outcome'],
})

/** Counts a request to place an order. */
export function countOrder(outcome: string): void {
	ordersTotal.inc({ outcome })
}
