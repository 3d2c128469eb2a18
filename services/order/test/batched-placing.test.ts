import { randomUUID } from 'node:crypto'
import { openDatabase } from '@mercat/database/database'
import { migrate } from '@mercat/database/migrate'
import { createTestDatabase, engines } from '@mercat/database/testing/test-database'
import { expect, test } from 'vitest'
import { batchPlacing } from '../src/batched-placing.ts'
import { createOrderStore } from '../src/order-store.ts'
import { createRequestBudget } from '../src/request-budget.ts'
import { migrationsFolder } from '../src/server.ts'
import { orderWrite } from './order-write.ts'

const minute = () => createRequestBudget(performance.now(), 60_000, new AbortController().signal)

test.each(engines)('orders with long texts are written in statements of at most 256 KB: on %s', async (engine) => {
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
	// Of 100 KB each, although they have half as many characters.
	const long = Array.from({ length: 5 }, () => orderWrite(randomUUID(), 'é'.repeat(50 * 1024)))
	const short = Array.from({ length: 100 }, () => orderWrite(randomUUID(), 'short'))
	const writes = [...long, ...short]
	const placed = await Promise.all(writes.map((write) => insertOrder(write, minute())))
	expect(placed.map((order) => order?.id)).toEqual(writes.map(({ order }) => order.id))
	expect(statements.map(({ length }) => length)).toEqual([2, 2, 101])
})
