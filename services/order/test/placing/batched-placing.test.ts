import { randomUUID } from 'node:crypto'
import { createBudget } from '@mercat/service/budget'
import { engines } from '@mercat/testing/test-database'
import { expect, test } from 'vitest'
import { batchPlacing } from '../../src/placing/batched-placing.ts'
import type { OrderWrite } from '../../src/placing/place-order.ts'
import { openStores } from '../open-stores.ts'
import { orderWrite } from '../order-write.ts'

const minute = () => createBudget(60_000)

const writesOf = (count: number, reference: string) =>
	Array.from({ length: count }, () => orderWrite(randomUUID(), reference))

const writesOf100Lines = (count: number) =>
	writesOf(count, 'many lines').map(({ order, notAfter }) => {
		return { order: { ...order, items: Array.from({ length: 100 }, () => order.items).flat() }, notAfter }
	})

test.each(engines)('one statement writes at most 256 KB of orders and at most 2,000 lines, on %s', async (engine) => {
	await using stores = await openStores(engine)
	const { placingStore } = stores
	const statements: string[][] = []
	const { insertOrder } = batchPlacing({
		inTurn: setImmediate,
		lookUpOrders: placingStore.lookUpOrders,
		insertOrders(writes, limit) {
			statements.push(writes.map(({ order }) => order.id))
			return placingStore.insertOrders(writes, limit)
		},
		reserveStock: () => Promise.reject(new Error('this test reserves nothing')),
	})
	async function statementsFor(writes: OrderWrite[]): Promise<number[]> {
		statements.length = 0
		const placed = await Promise.all(writes.map((write) => insertOrder(write, minute())))
		expect(placed.map((order) => order?.id)).toEqual(writes.map(({ order }) => order.id))
		return statements.map(({ length }) => length)
	}

	// Each order has 100 KB in 50 K characters.
	const long = writesOf(5, 'é'.repeat(50 * 1024))
	expect(await statementsFor([...long, ...writesOf(100, 'short')])).toEqual([2, 2, 101])
	expect(await statementsFor(writesOf100Lines(21))).toEqual([19, 2])
})
