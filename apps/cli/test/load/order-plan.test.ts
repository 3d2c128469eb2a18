import { expect, test } from 'vitest'
import { type OrderPlan, planOf } from '../../src/load/orders/order-plan.ts'

function countsOf(plans: OrderPlan[], member: keyof OrderPlan): Record<string, number> {
	return Object.fromEntries(
		Object.entries(Object.groupBy(plans, (plan) => plan[member])).map(([name, group]) => [name, group.length]),
	)
}

test.each([0, 100, 4_700])(
	'the hundred orders from %i on have every request and every fate, in the same shares',
	(start) => {
		const plans = Array.from({ length: 100 }, (_, index) => planOf(start + index))
		expect(countsOf(plans, 'request')).toEqual({
			order: 86,
			repeated: 4,
			soldOut: 3,
			unknownSku: 2,
			changedPrice: 3,
			reusedKey: 2,
		})
		expect(countsOf(plans, 'fate')).toEqual({
			unpaid: 6,
			cancelledUnpaid: 8,
			cancelledPaid: 4,
			paid: 12,
			shipped: 20,
			delivered: 50,
		})
	},
)

test('orders that are refused on purpose do not all come at once', () => {
	const isRefused = Array.from({ length: 100 }, (_, index) => !['order', 'repeated'].includes(planOf(index).request))
	expect(isRefused.join().includes(Array(4).fill(true).join())).toBe(false)
})
