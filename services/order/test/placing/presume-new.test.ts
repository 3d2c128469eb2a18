import { randomUUID } from 'node:crypto'
import { Problem } from '@mercat/order-api/problem'
import { ClientLeftError, createBudget } from '@mercat/service/budget'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { CurrentOrder } from '../../src/order/order.ts'
import { type OrderLookup, type PlaceOrderNeeds, placeOrder } from '../../src/placing/place-order.ts'
import { presumeNew } from '../../src/placing/presume-new.ts'

// What depends on time alone, on a clock that only these tests move; the rest is in presume-new.test.ts.
const requestBudgetMs = 2_000
const paymentWindowMs = 900_000

beforeEach(() => {
	vi.useFakeTimers()
})
afterEach(() => {
	vi.useRealTimers()
})

type Placing = Pick<PlaceOrderNeeds, 'lookUpOrder' | 'reserveStock' | 'insertOrder'>

const budget = () => createBudget(requestBudgetMs)
const someone = (customerId = `customer-${randomUUID()}`) => ({ id: randomUUID() as string, customerId })
const writtenAt = (time: number) => ({ placedAt: new Date(time) }) as CurrentOrder

/** Placing whose parts do what a test says; what it is asked to do is never looked at here. */
function presumption({ maxUnpaidOrders = 0, ...parts }: Partial<Placing> & { maxUnpaidOrders?: number } = {}) {
	const placing: Placing = {
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

describe('an order is presumed to be new', () => {
	test('for a tenth of the budget from when the last was sent to the database, by the clock that this told', async () => {
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

	test('once, and it is told from those whose ids begin alike', async () => {
		for (const start of ['12340000-9abc', '12345678-0000']) {
			const { clockIfNew, write } = presumption()
			await write()
			const [id, alike] = ['12345678-9abc', start].map((first) => `${first}-5def-8000-000000000000`)
			expect(clockIfNew({ ...someone(), id: id as string })).toBe(1_000)
			expect(clockIfNew({ ...someone(), id: alike as string })).toBe(1_000)
			expect(clockIfNew({ ...someone(), id: alike as string })).toBeUndefined()
		}
	})

	test.each(['lookUpOrder', 'reserveStock', 'insertOrder'] as const)('not after a failure of %s', async (part) => {
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
	})

	test('not after an order came too late by the clock that was told', async () => {
		const answers = [writtenAt(1_000), undefined]
		const { clockIfNew, write } = presumption({ insertOrder: async () => answers.shift() })
		await write()
		await write()
		expect(clockIfNew(someone())).toBeUndefined()
	})

	test.each([new Problem('OUT_OF_STOCK'), new ClientLeftError()])('also after %s', async (refusal) => {
		const { clockIfNew, write, reserveStock } = presumption({ reserveStock: () => Promise.reject(refusal) })
		await write()
		await expect(reserveStock(null as never, budget())).rejects.toBe(refusal)
		expect(clockIfNew(someone())).toBe(1_000)
	})

	test('of any customer again and again where there is no limit', async () => {
		const { clockIfNew, write, lookUpOrder } = presumption()
		await write()
		await lookUpOrder(someone('anna'), budget())
		for (let count = 0; count < 5; count++) expect(clockIfNew(someone('anna'))).toBe(1_000)
	})

	test('of a customer whose room is not known once in a payment window, however many others come', async () => {
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

describe('while the catalog is asked for a new order', () => {
	const command = { ...someone(), idempotencyKey: 'k', fingerprint: 'f', request: { items: [] } }
	const earlier = { fingerprint: 'f', id: command.id } as OrderLookup['order']

	function placing(order: OrderLookup['order']) {
		const reservation = Promise.withResolvers<never>()
		const lookUpOrder = vi.fn(async () => ({ order, room: 1, readAt: 0 }))
		const insertOrder = vi.fn(async () => writtenAt(1_000))
		const reserveStock = () => reservation.promise
		const needs = { clockIfNew: () => 0, lookUpOrder, reserveStock, insertOrder, paymentWindowMs, requestBudgetMs }
		return { placed: placeOrder(needs)(command, budget()), reservation, lookUpOrder }
	}

	test('it is looked up after a tenth of the budget, and answered if it is there', async () => {
		const { placed, reservation, lookUpOrder } = placing(earlier)
		await vi.advanceTimersByTimeAsync(199)
		expect(lookUpOrder).not.toHaveBeenCalled()
		await vi.advanceTimersByTimeAsync(1)
		expect(await placed).toEqual({ order: earlier, replayed: true })
		// Nobody waits for this any more.
		reservation.reject(new Problem('CATALOG_TIMEOUT'))
	})

	test('no timer is left behind by an answer', async () => {
		const { placed, reservation, lookUpOrder } = placing(undefined)
		reservation.resolve({ outcome: 'reserved', reservation: { items: [], currency: 'EUR', totalMinor: 0 } } as never)
		expect(await placed).toMatchObject({ replayed: false })
		expect(lookUpOrder).not.toHaveBeenCalled()
		expect(vi.getTimerCount()).toBe(0)
	})

	test('a failure is answered as it is, unless the order is there', async () => {
		const [gone, there] = [placing(undefined), placing(earlier)]
		for (const { reservation } of [gone, there]) reservation.reject(new Problem('CATALOG_UNAVAILABLE'))
		await expect(gone.placed).rejects.toMatchObject({ code: 'CATALOG_UNAVAILABLE' })
		expect(await there.placed).toMatchObject({ replayed: true })
	})
})
