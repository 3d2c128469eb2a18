import { randomUUID } from 'node:crypto'
import { createBudget } from '@mercat/service/budget'
import { engines } from '@mercat/testing/test-database'
import { describe, expect, test } from 'vitest'
import { createExplainStore } from '../../src/explaining/explain-store.ts'
import { searchTrace } from '../../src/explaining/search-trace.ts'
import type { Order } from '../../src/order/order.ts'
import { openStores } from '../open-stores.ts'
import { orderWrite } from '../order-write.ts'

const newTraceId = () => randomUUID().replaceAll('-', '')
const traceparentOf = (traceId: string) => `00-${traceId}-00f067aa0ba902b7-01`

type Stores = Awaited<ReturnType<typeof openStores>>

const search = ({ database }: Stores, traceId: string, ms = 10_000) =>
	searchTrace(createExplainStore(database), traceId, createBudget(ms))

async function place({ placingStore }: Stores, traceId: string, ...ids: string[]): Promise<void> {
	await placingStore.insertOrders(ids.map((id) => ({ ...orderWrite(id, 'mine'), traceparent: traceparentOf(traceId) })))
}

async function assignAll({ eventLogStore }: Stores): Promise<void> {
	while ((await eventLogStore.assignPositions(1_000)).isMore);
}

describe.each(engines)('the search for a trace on %s', (engine) => {
	test('finds an order before and after its event has a position, and no order of another trace', async () => {
		await using stores = await openStores(engine)
		const [id, traceId] = [randomUUID(), newTraceId()]
		await place(stores, traceId, id)
		await place(stores, newTraceId(), randomUUID())
		expect(await search(stores, traceId)).toEqual({ orderIds: [id], search: { since: null, isWhole: true } })
		await assignAll(stores)
		const since = expect.any(String)
		expect(await search(stores, traceId)).toEqual({ orderIds: [id], search: { since, isWhole: true } })
		expect(await search(stores, newTraceId())).toEqual({ orderIds: [], search: { since, isWhole: true } })
	})

	test('finds the order of a later change by the trace of that change', async () => {
		await using stores = await openStores(engine)
		const [id, traceId] = [randomUUID(), newTraceId()]
		await place(stores, newTraceId(), id)
		const order = (await stores.readingStore.findOrder({ id, owner: undefined })) as Order
		const traceparent = traceparentOf(traceId)
		await stores.transitionStore.writeTransition({ order, action: 'pay', who: 'staff', reference: 'p', traceparent })
		expect((await search(stores, traceId)).orderIds).toEqual([id])
		await assignAll(stores)
		expect((await search(stores, traceId)).orderIds).toEqual([id])
	})
})

test('an old change is found behind many newer ones, and with too little time the search says how far it came', async () => {
	await using stores = await openStores('postgres')
	const [orderId, traceId] = [randomUUID(), newTraceId()]
	await place(stores, traceId, orderId)
	for (let batch = 0; batch < 24; batch++) {
		await place(stores, newTraceId(), ...Array.from({ length: 500 }, () => randomUUID()))
	}
	await assignAll(stores)
	expect((await search(stores, traceId)).orderIds).toEqual([orderId])
	const newest = { since: expect.any(String), isWhole: false }
	const store = createExplainStore(stores.database)
	// The statements have time, so that only the search stops.
	const searchTransitions: typeof store.searchTransitions = (id, before, count) =>
		store.searchTransitions(id, before, count)
	const stopped = await searchTrace({ searchTransitions }, newTraceId(), createBudget(1))
	expect(stopped).toEqual({ orderIds: [], search: newest })
})
