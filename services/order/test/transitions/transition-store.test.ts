import { randomUUID } from 'node:crypto'
import { createBudget } from '@mercat/service/budget'
import { register } from '@mercat/service/metrics'
import { readTraceparent } from '@mercat/service/trace-context'
import type { TraceContext } from '@mercat/service/tracing'
import { engines } from '@mercat/testing/test-database'
import { expect, test } from 'vitest'
import type { Order } from '../../src/order/order.ts'
import type { Action } from '../../src/order/order-states.ts'
import { transitionOrder } from '../../src/transitions/transition-order.ts'
import { openStores } from '../open-stores.ts'
import { orderWrite, traceparent } from '../order-write.ts'

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

test.each(engines)(
	'a transition keeps the trace of its request, and one without a trace keeps none, on %s',
	async (engine) => {
		await using stores = await openStores(engine)
		const { id } = await placedOrder(stores)
		const transition = transitionOrder({ ...stores.readingStore, ...stores.transitionStore, wakeRelays() {} })
		const act = (action: 'pay' | 'cancel', trace?: TraceContext) =>
			transition({ id, owner: undefined, action, who: 'staff', reference: 'x' }, createBudget(10_000, { trace }))
		await act('pay', readTraceparent(traceparent))
		const { history } = await act('cancel')
		expect(history.map((entry) => entry.traceparent)).toEqual([undefined, traceparent, undefined])
		expect(history.map((entry) => 'traceparent' in entry)).toEqual([false, true, false])
	},
)

test.each(engines)('each order that the store has written is counted by its status, on %s', async (engine) => {
	await using stores = await openStores(engine)
	const counted = async (to: string) => {
		const { values = [] } = (await register.getSingleMetric('mercat_order_transitions_total')?.get()) ?? {}
		return values.find(({ labels }) => labels.to === to)?.value ?? 0
	}
	const all = () => Promise.all(['placed', 'paid', 'expired'].map(counted))
	const [placed = 0, paid = 0, expired = 0] = await all()

	const order = await placedOrder(stores)
	await stores.placingStore.insertOrders([orderWrite(order.id, 'again')])
	const overdue = [await placedOrder(stores), await placedOrder(stores)]
	expect(await stores.transitionStore.writeTransition({ order, action: 'pay', who: 'tester' })).toBeDefined()
	expect(await stores.transitionStore.writeTransition({ order, action: 'pay', who: 'tester' })).toBeUndefined()
	await stores.database.query("update orders set expires_at = clock_timestamp() where status = 'placed'")
	expect(await stores.transitionStore.expireOverdue(100)).toHaveLength(overdue.length)
	expect(await all()).toEqual([placed + 3, paid + 1, expired + 2])
})

async function placedOrder({ placingStore, readingStore }: Awaited<ReturnType<typeof openStores>>): Promise<Order> {
	const id = randomUUID()
	await placingStore.insertOrders([orderWrite(id, 'mine')])
	return (await readingStore.findOrder({ id, owner: undefined })) as Order
}
