import { randomUUID } from 'node:crypto'
import { type Database, openDatabase } from '@mercat/database/database'
import { migrate } from '@mercat/database/migrate'
import { createTestDatabase, engines } from '@mercat/testing/test-database'
import { expect, test } from 'vitest'
import type { Order } from '../../src/order/order.ts'
import type { Action } from '../../src/order/order-states.ts'
import { createOutboxStore } from '../../src/outbox/outbox-store.ts'
import { createOrderStore } from '../../src/placing/placing-store.ts'
import { migrationsFolder } from '../../src/server.ts'
import { createTransitionStore } from '../../src/transitions/transition-store.ts'
import { orderWrite } from '../placing/order-write.ts'

test.each(engines)('the store itself refuses transitions whose time is over or has not come: on %s', async (engine) => {
	await using file = await createTestDatabase(engine)
	await using database = await openDatabase(file.url)
	await migrate(database, migrationsFolder)
	const { writeTransition } = createTransitionStore(database, [])
	const take = (order: Order, action: Action) => writeTransition({ order, action, by: 'tester' })

	const placed = await placedOrder(database)
	const paid = (await take(placed, 'pay')) as Order
	expect(paid).toMatchObject({ status: 'paid', version: 2 })
	expect(await take(placed, 'cancel')).toBeUndefined()
	expect(await take({ ...paid, version: 3 }, 'cancel')).toBeUndefined()
	expect(await take(paid, 'ship')).toBeUndefined()
	await createOutboxStore(database).acknowledgeCommits([paid.id])
	expect(await take(paid, 'ship')).toMatchObject({ status: 'shipped', version: 3 })

	const overdue = await placedOrder(database)
	await database.query('update orders set expires_at = clock_timestamp() where id = $1', [overdue.id])
	expect(await take(overdue, 'pay')).toBeUndefined()
	expect(await take(overdue, 'expire')).toMatchObject({ status: 'expired' })
})

async function placedOrder(database: Database): Promise<Order> {
	const store = createOrderStore(database, { maxUnpaidOrders: 0, paymentWindowMs: 60_000, webhooks: [] })
	const id = randomUUID()
	await store.insertOrders([orderWrite(id, 'mine')])
	return (await store.findOrder({ id, owner: undefined })) as Order
}
