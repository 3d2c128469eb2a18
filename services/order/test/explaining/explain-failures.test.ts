import { createBudget } from '@mercat/service/budget'
import { eventually } from '@mercat/testing/eventually'
import { expect, test } from 'vitest'
import { type ExplainNeeds, explain } from '../../src/explaining/explain.ts'

const failing = async () => {
	throw new Error('the database is unavailable')
}
const slowlyFailing = () => new Promise<never>((_resolve, reject) => setImmediate(() => reject(new Error('too slow'))))
const working: ExplainNeeds = {
	findRecord: async () => undefined,
	findOfOrder: async () => [],
	findOfTrace: async () => [],
	countLost: async () => 0,
	countOrderless: async () => 0,
	flush: async () => {},
	getReservation: async () => undefined,
	searchTransitions: async () => ({ orderIds: [], looked: 0, position: null, since: null }),
}
const names = ['findRecord', 'findOfOrder', 'countLost', 'countOrderless'] as const

test.each(names.flatMap((one) => names.map((other) => [one, other] as const)))(
	'a question fails as a whole when %s fails at once and %s later',
	async (one, other) => {
		const rejections: unknown[] = []
		const note = (reason: unknown) => void rejections.push(reason)
		process.on('unhandledRejection', note)
		const needs = { ...working, [one]: failing, [other]: slowlyFailing }
		const answer = explain(needs)({ by: 'order', orderId: 'order-1' }, createBudget(1_000))
		await expect(answer).rejects.toThrow()
		await eventually(() => new Promise((resolve) => setImmediate(resolve)))
		process.off('unhandledRejection', note)
		expect(rejections).toEqual([])
	},
)
