import { randomUUID } from 'node:crypto'
import { engines } from '@mercat/testing/test-database'
import { expect, test } from 'vitest'
import type { Order } from '../../src/order/order.ts'
import type { Action } from '../../src/order/order-states.ts'
import { openStores } from '../open-stores.ts'
import { orderWrite } from '../order-write.ts'

test.each(engines)(
	'the store itself refuses a transition from an old version, a payment that is late, and a shipment before the sale, on %s',
	async (engine) => {
		await using stores = await openStores(engine)
		const { database, outboxStore } = stores
		const { writeTransition } = stores.transitionStore
		const take = (order: Order, action: Action) => writeTransition({ order, action, who: 'tester' })

		const placed = await placedOrder(stores)
		const paid = (await take(placed, 'pay')) as Order
		expect(paid).toMatchObject({ status: 'paid', version: 2 })
		expect(await take(placed, 'cancel')).toBeUndefined()
		expect(await take({ ...paid, version: 3 }, 'cancel')).toBeUndefined()
		expect(await take(paid, 'ship')).toBeUndefined()
		await outboxStore.acknowledgeCommits([paid.id])
		expect(await take(paid, 'ship')).toMatchObject({ status: 'shipped', version: 3 })

		const overdue = await placedOrder(stores)
		await database.query('update orders set expires_at = clock_timestamp() where id = $1', [overdue.id])
		expect(await take(overdue, 'pay')).toBeUndefined()
		expect(await take(overdue, 'expire')).toMatchObject({ status: 'expired' })
	},
)

async function placedOrder({ placingStore, readingStore }: Awaited<ReturnType<typeof openStores>>): Promise<Order> {
	const id = randomUUID()
	await placingStore.insertOrders([orderWrite(id, 'mine')])
	return (await readingStore.findOrder({ id, owner: undefined })) as Order
}
