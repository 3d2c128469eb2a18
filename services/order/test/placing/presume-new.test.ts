import { randomUUID } from 'node:crypto'
import { Problem } from '@mercat/rest-api/problem'
import { ClientLeftError, createBudget } from '@mercat/service/budget'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { CurrentOrder } from '../../src/order/order.ts'
import { type PresumeNewNeeds, presumeNew } from '../../src/placing/presume-new.ts'

// These tests move the clock. place-presumed-order.test.ts has the tests with a real database and catalog.
const requestBudgetMs = 2_000
const paymentWindowMs = 900_000

beforeEach(() => {
	vi.useFakeTimers()
})
afterEach(() => {
	vi.useRealTimers()
})

const budget = () => createBudget(requestBudgetMs)
const someone = (customerId = `customer-${randomUUID()}`) => ({ id: randomUUID() as string, customerId })
const writtenAt = (time: number) => ({ placedAt: new Date(time) }) as CurrentOrder

/** A presumption over steps of placing that ignore their arguments and do what the test says. */
function presumption({ maxUnpaidOrders = 0, ...parts }: Partial<PresumeNewNeeds> & { maxUnpaidOrders?: number } = {}) {
	const placing: PresumeNewNeeds = {
		lookUpOrder: async () => ({ room: maxUnpaidOrders || Number.POSITIVE_INFINITY, readAt: 0 }),
		reserveStock: async () => ({ outcome: 'exists' }),
		insertOrder: async () => writtenAt(1_000),
		...parts,
	}
	const presuming = presumeNew(placing, { maxUnpaidOrders, requestBudgetMs, paymentWindowMs })
	return {
		...presuming,
		write: () => presuming.insertOrder(null as never, budget()),
	}
}

describe('the presumption that an order is new', () => {
	test('orders are presumed new for a tenth of the budget after an order was sent to the database', async () => {
		const { clockIfNew, write } = presumption({
			async insertOrder() {
				await vi.advanceTimersByTimeAsync(50)
				return writtenAt(1_000)
			},
		})
		expect(clockIfNew(someone())).toBeUndefined()
		await write()
		await vi.advanceTimersByTimeAsync(150)
		expect(clockIfNew(someone())).toBe(1_000)
		await vi.advanceTimersByTimeAsync(1)
		expect(clockIfNew(someone())).toBeUndefined()
	})

	test('an order is presumed new once, and ids that begin alike are different orders', async () => {
		for (const start of ['12340000-9abc', '12345678-0000']) {
			const { clockIfNew, write } = presumption()
			await write()
			const [id, alike] = ['12345678-9abc', start].map((first) => `${first}-5def-8000-000000000000`)
			expect(clockIfNew({ ...someone(), id: id as string })).toBe(1_000)
			expect(clockIfNew({ ...someone(), id: alike as string })).toBe(1_000)
			expect(clockIfNew({ ...someone(), id: alike as string })).toBeUndefined()
		}
	})

	test.each(['lookUpOrder', 'reserveStock', 'insertOrder'] as const)(
		'no order is presumed new after a failure of %s',
		async (part) => {
			const failures: Error[] = [new Problem('CATALOG_TIMEOUT'), new Error('a connection was lost')]
			for (const failure of failures) {
				let fails = false
				const happen = async () => {
					if (fails) throw failure
					return writtenAt(1_000) as never
				}
				const presuming = presumption({ [part]: happen })
				await presuming.write()
				expect(presuming.clockIfNew(someone())).toBe(1_000)
				fails = true
				await expect(presuming[part](null as never, budget())).rejects.toBe(failure)
				expect(presuming.clockIfNew(someone())).toBeUndefined()
			}
		},
	)

	test('no order is presumed new after an order came too late', async () => {
		const answers = [writtenAt(1_000), undefined]
		const { clockIfNew, write } = presumption({ insertOrder: async () => answers.shift() })
		await write()
		await write()
		expect(clockIfNew(someone())).toBeUndefined()
	})

	test.each([new Problem('OUT_OF_STOCK'), new ClientLeftError()])(
		'an order is presumed new after %s',
		async (refusal) => {
			const { clockIfNew, write, reserveStock } = presumption({ reserveStock: () => Promise.reject(refusal) })
			await write()
			await expect(reserveStock(null as never, budget())).rejects.toBe(refusal)
			expect(clockIfNew(someone())).toBe(1_000)
		},
	)

	test('without a limit many orders of one customer are presumed new', async () => {
		const { clockIfNew, write, lookUpOrder } = presumption()
		await write()
		await lookUpOrder(someone('anna'), budget())
		for (let count = 0; count < 5; count++) expect(clockIfNew(someone('anna'))).toBe(1_000)
	})

	test('one order of a customer with unknown room is presumed new in a payment window', async () => {
		const { clockIfNew, write, lookUpOrder } = presumption({ maxUnpaidOrders: 2 })
		const pass = async (customer = 'anna') => {
			await write()
			return clockIfNew(someone(customer)) !== undefined
		}
		expect(await pass()).toBe(true)
		expect(await pass()).toBe(false)
		expect(await pass('bob')).toBe(true)
		for (let count = 0; count < 10_001; count++) await lookUpOrder(someone(), budget())
		expect(await pass()).toBe(false)
		await vi.advanceTimersByTimeAsync(paymentWindowMs + 1)
		expect(await pass()).toBe(true)
	})
})
