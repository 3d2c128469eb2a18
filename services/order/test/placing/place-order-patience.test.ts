import { randomUUID } from 'node:crypto'
import { Problem } from '@mercat/rest-api/problem'
import { createBudget } from '@mercat/service/budget'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { CurrentOrder } from '../../src/order/order.ts'
import { type OrderLookup, placeOrder } from '../../src/placing/place-order.ts'

const requestBudgetMs = 2_000
const paymentWindowMs = 900_000

// These tests move the clock.
beforeEach(() => {
	vi.useFakeTimers()
})
afterEach(() => {
	vi.useRealTimers()
})

describe('a presumed order while the catalog does not answer', () => {
	const command = {
		id: randomUUID() as string,
		customerId: 'anna',
		idempotencyKey: 'k',
		fingerprint: 'f',
		request: { items: [] },
	}
	const earlier = { fingerprint: 'f', id: command.id } as OrderLookup['order']

	function placing(order: OrderLookup['order']) {
		const reservation = Promise.withResolvers<never>()
		const lookUpOrder = vi.fn(async () => ({ order, room: 1, readAt: 0 }))
		const insertOrder = vi.fn(async () => ({ placedAt: new Date(1_000) }) as CurrentOrder)
		const reserveStock = () => reservation.promise
		const needs = { clockIfNew: () => 0, lookUpOrder, reserveStock, insertOrder, paymentWindowMs, requestBudgetMs }
		return { placed: placeOrder(needs)(command, createBudget(requestBudgetMs)), reservation, lookUpOrder }
	}

	test('a presumed order is looked up after a tenth of the budget, and replayed if it exists', async () => {
		const { placed, reservation, lookUpOrder } = placing(earlier)
		await vi.advanceTimersByTimeAsync(199)
		expect(lookUpOrder).not.toHaveBeenCalled()
		await vi.advanceTimersByTimeAsync(1)
		expect(await placed).toEqual({ order: earlier, replayed: true })
		// The order is answered already, so this failure must not show.
		reservation.reject(new Problem('CATALOG_TIMEOUT'))
	})

	test('an answer of the catalog in time leaves no look-up and no timer behind', async () => {
		const { placed, reservation, lookUpOrder } = placing(undefined)
		reservation.resolve({ outcome: 'reserved', reservation: { items: [], currency: 'EUR', totalMinor: 0 } } as never)
		expect(await placed).toMatchObject({ replayed: false })
		expect(lookUpOrder).not.toHaveBeenCalled()
		expect(vi.getTimerCount()).toBe(0)
	})

	test('a failure of the catalog is answered as it is, unless the order exists', async () => {
		const [gone, there] = [placing(undefined), placing(earlier)]
		for (const { reservation } of [gone, there]) reservation.reject(new Problem('CATALOG_UNAVAILABLE'))
		await expect(gone.placed).rejects.toMatchObject({ code: 'CATALOG_UNAVAILABLE' })
		expect(await there.placed).toMatchObject({ replayed: true })
	})
})
