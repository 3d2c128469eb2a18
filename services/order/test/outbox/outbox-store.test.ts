import { randomUUID } from 'node:crypto'
import { engines } from '@mercat/testing/test-database'
import { expect, test } from 'vitest'
import type { Order } from '../../src/order/order.ts'
import { openStores } from '../open-stores.ts'
import { orderWrite, traceparent } from '../order-write.ts'

const target = 'catalog'

test.each(engines)(
	'a delivered message stays delivered when a slower relay settles it later, on %s',
	async (engine) => {
		await using stores = await openStores(engine)
		const { database, outboxStore: outbox } = stores
		const orderId = randomUUID()
		await stores.placingStore.insertOrders([orderWrite(orderId, 'mine')])
		const order = (await stores.readingStore.findOrder({ id: orderId, owner: undefined })) as Order
		await stores.transitionStore.writeTransition({ order, action: 'pay', who: 'tester' })

		const [message] = await outbox.claim(target, 1, 0)
		const id = message?.id ?? 0
		expect(await outbox.claim(target, 1, 60_000)).toMatchObject([{ id, attempts: 2 }])
		await outbox.settle([{ id, outcome: 'delivered' }])
		await outbox.settle([{ id, outcome: 'retry', delayMs: 0, error: 'late' }])
		await outbox.settle([{ id, outcome: 'dead', error: 'late' }])
		const rows = await database.query('select state, last_error, settled_at is not null as settled from outbox')
		expect(rows).toEqual([{ state: 'delivered', last_error: null, settled: true }])
	},
)

test.each(engines)('a claimed message has the trace of the transition that owes it, on %s', async (engine) => {
	await using stores = await openStores(engine)
	const ids = [randomUUID(), randomUUID()]
	await stores.placingStore.insertOrders(ids.map((id) => orderWrite(id, 'mine', traceparent.replace('01', '02'))))
	const orders = await stores.readingStore.findOrders(ids.map((id) => ({ id, owner: undefined })))
	for (const [index, order] of (orders as Order[]).entries()) {
		const write = { order, action: 'pay', who: 'tester', ...(index === 0 && { traceparent }) } as const
		await stores.transitionStore.writeTransition(write)
	}
	const messages = await stores.outboxStore.claim(target, 10, 0)
	expect(new Map(messages.map((message) => [message.orderId, message.traceparent]))).toEqual(
		new Map([
			[ids[0], traceparent],
			[ids[1], null],
		]),
	)
})
