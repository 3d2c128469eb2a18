import { randomUUID } from 'node:crypto'
import { engines } from '@mercat/testing/test-database'
import { expect, test } from 'vitest'
import { openStores, storesOn } from '../open-stores.ts'
import { orderWrite, traceparent } from '../order-write.ts'

test.each(engines)(
	'of two writes of one order in a batch only the first is written and returned, on %s',
	async (engine) => {
		await using stores = await openStores(engine)
		const { placingStore, readingStore } = stores
		// Enough orders for the database to sort them as it sorts many.
		const ids = Array.from({ length: 50 }, () => randomUUID())
		const results = await placingStore.insertOrders([
			...ids.map((id) => orderWrite(id, 'first')),
			...ids.map((id) => orderWrite(id, 'second')),
		])
		const written = await readingStore.findOrders(ids.map((id) => ({ id, owner: undefined })))
		expect(results.slice(50)).toEqual(Array(50).fill(undefined))
		expect(results.slice(0, 50)).toEqual(written.map((order) => ({ ...order, history: undefined })))
		expect(written.map((order) => order?.details.reference)).toEqual(Array(50).fill('first'))
	},
)

test.each(engines)(
	'a batch returns the orders that were written, and undefined for late and repeated writes, on %s',
	async (engine) => {
		await using stores = await openStores(engine)
		const { placingStore } = stores
		const [early, late, other] = [randomUUID(), randomUUID(), randomUUID()] as const
		const lateWrite = { ...orderWrite(late, 'late'), notAfter: Date.now() - 1_000 }
		expect(await placingStore.insertOrders([lateWrite])).toEqual([undefined])
		expect(await placingStore.insertOrders([lateWrite, orderWrite(early, 'early')])).toMatchObject([
			undefined,
			{ id: early },
		])
		const again = await placingStore.insertOrders([orderWrite(early, 'again'), orderWrite(other, 'other')])
		expect(again).toMatchObject([undefined, { id: other, details: { reference: 'other' } }])

		const asked = [late, early, other, early].map((id) => ({ id, customerId: 'ann' }))
		const found = await placingStore.lookUpOrders(asked)
		expect(found.map(({ order }) => order?.details.reference)).toEqual([undefined, 'early', 'other', 'early'])
	},
)

test.each(engines)(
	'a batch keeps the trace of each order in its history, and of an order without one nothing, on %s',
	async (engine) => {
		await using stores = await openStores(engine)
		const [one, other, none] = [randomUUID(), randomUUID(), randomUUID()] as const
		const second = traceparent.replace('01', '02')
		const writes = [orderWrite(one, 'mine', traceparent), orderWrite(other, 'mine', second), orderWrite(none, 'mine')]
		await stores.placingStore.insertOrders(writes)
		const orders = await stores.readingStore.findOrders([one, other, none].map((id) => ({ id, owner: undefined })))
		const entry = { from: null, to: 'placed', when: expect.any(String), who: 'ann', messages: 0 }
		expect(orders.map((order) => order?.history)).toStrictEqual([
			[{ ...entry, traceparent }],
			[{ ...entry, traceparent: second }],
			[entry],
		])
	},
)

test.each(engines)(
	'a look-up returns the number of unpaid orders that a customer may still have, which is infinite without a limit, on %s',
	async (engine) => {
		await using stores = await openStores(engine)
		const { database } = stores
		const storeOf = (maxUnpaidOrders: number) => storesOn(database, { maxUnpaidOrders }).placingStore
		const [paid, old, unpaid] = [randomUUID(), randomUUID(), randomUUID()] as const
		await storeOf(0).insertOrders([paid, old, unpaid].map((id) => orderWrite(id, 'mine')))
		await database.query("update orders set status = 'paid' where id = $1", [paid])
		await database.query("update orders set placed_at = placed_at - interval '1 hour' where id = $1", [old])

		const fresh = randomUUID()
		const asked = [
			{ id: fresh, customerId: 'ann' },
			{ id: fresh, customerId: 'ann' },
			{ id: unpaid, customerId: 'ann' },
			{ id: randomUUID(), customerId: 'anna' },
			{ id: randomUUID(), customerId: 'ana' },
		]
		const rooms = async (limit: number) => (await storeOf(limit).lookUpOrders(asked)).map(({ room }) => room)
		expect(await rooms(0)).toEqual(Array(5).fill(Number.POSITIVE_INFINITY))
		expect(await rooms(1)).toEqual([0, 0, 0, 1, 1])
		expect(await rooms(2)).toEqual([1, 1, 1, 2, 2])
		expect(await rooms(3)).toEqual([2, 2, 2, 3, 3])
	},
)
