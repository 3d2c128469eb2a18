import { randomUUID } from 'node:crypto'
import { openDatabase } from '@mercat/database/database'
import { migrate } from '@mercat/database/migrate'
import { createBudget } from '@mercat/service/budget'
import { createTestDatabase, engines } from '@mercat/testing/test-database'
import { expect, test } from 'vitest'
import { batchPlacing } from '../../src/placing/batched-placing.ts'
import type { OrderWrite } from '../../src/placing/place-order.ts'
import { createOrderStore } from '../../src/placing/placing-store.ts'
import { migrationsFolder } from '../../src/server.ts'
import { orderWrite } from './order-write.ts'

const minute = () => createBudget(60_000)

const writesOf = (count: number, reference: string) =>
	Array.from({ length: count }, () => orderWrite(randomUUID(), reference))

const writesOf100Lines = (count: number) =>
	writesOf(count, 'many lines').map(({ order, notAfter }) => {
		return { order: { ...order, items: Array.from({ length: 100 }, () => order.items).flat() }, notAfter }
	})

test.each(engines)('a statement writes at most 256 KB of orders, and 2,000 lines: on %s', async (engine) => {
	await using file = await createTestDatabase(engine)
	await using database = await openDatabase(file.url)
	await migrate(database, migrationsFolder)
	const store = createOrderStore(database, { maxUnpaidOrders: 0, paymentWindowMs: 60_000, webhooks: [] })
	const statements: string[][] = []
	const { insertOrder } = batchPlacing(
		{
			...store,
			insertOrders(writes, limit) {
				statements.push(writes.map(({ order }) => order.id))
				return store.insertOrders(writes, limit)
			},
			reserveStock: () => Promise.reject(new Error('nothing is reserved here')),
		},
		setImmediate,
	)
	async function statementsFor(writes: OrderWrite[]): Promise<number[]> {
		statements.length = 0
		const placed = await Promise.all(writes.map((write) => insertOrder(write, minute())))
		expect(placed.map((order) => order?.id)).toEqual(writes.map(({ order }) => order.id))
		return statements.map(({ length }) => length)
	}

	// Of 100 KB each, although they have half as many characters.
	const long = writesOf(5, 'é'.repeat(50 * 1024))
	expect(await statementsFor([...long, ...writesOf(100, 'short')])).toEqual([2, 2, 101])
	expect(await statementsFor(writesOf100Lines(21))).toEqual([19, 2])
})
