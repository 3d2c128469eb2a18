import { randomBytes, randomUUID } from 'node:crypto'
import { Problem } from '@mercat/rest-api/problem'
import { createBudget } from '@mercat/service/budget'
import { engines } from '@mercat/testing/test-database'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expireOrders } from '../../src/transitions/expire-orders.ts'
import { transitionOrder } from '../../src/transitions/transition-order.ts'
import { openStores } from '../open-stores.ts'
import { traceId, traceparent } from '../order-write.ts'

// There is no service, so nothing but the tests expires orders.
describe.each(engines)('an order whose payment window is over, on %s', (engine) => {
	let stores: Awaited<ReturnType<typeof openStores>>
	beforeAll(async () => {
		stores = await openStores(engine, { paymentWindowMs: 0 })
	})
	afterAll(() => stores?.[Symbol.asyncDispose]())

	const inAnHour = () => Date.now() + 3_600_000
	const wakeRelays = () => {}

	async function placeOverdue(count: number, traceparent?: string): Promise<string[]> {
		const orders = Array.from({ length: count }, () => ({
			id: randomUUID(),
			customerId: 'alice',
			idempotencyKey: randomUUID(),
			fingerprint: randomBytes(32).toString('hex'),
			items: [{ sku: 'A', title: 'A', quantity: 1, amountMinor: 5 }],
			currency: 'EUR',
			totalMinor: 5,
			details: {},
		}))
		await stores.placingStore.insertOrders(orders.map((order) => ({ order, notAfter: inAnHour(), traceparent })))
		return orders.map(({ id }) => id)
	}

	function act(id: string, action: 'pay' | 'cancel') {
		const transition = transitionOrder({
			findOrder: stores.readingStore.findOrder,
			writeTransition: stores.transitionStore.writeTransition,
			wakeRelays,
		})
		const budget = createBudget(10_000)
		return transition({ id, owner: undefined, action, who: 'staff', reference: 'x' }, budget)
	}

	async function messagesOf(id: string): Promise<string[]> {
		const rows = await stores.database.query<{ type: string }>(
			'select type from outbox where order_id = $1 order by version, destination',
			[id],
		)
		return rows.map(({ type }) => type)
	}

	test('cannot be paid, even before it is expired', async () => {
		const [id] = await placeOverdue(1)
		const refusal = await act(id!, 'pay').catch((error: unknown) => error)
		expect(refusal).toBeInstanceOf(Problem)
		expect(refusal).toMatchObject({
			code: 'ORDER_STATE_CONFLICT',
			extensions: { state: 'placed', transition: 'pay' },
		})
		expect(await messagesOf(id!)).toEqual([])
	})

	test('can be cancelled until it is expired', async () => {
		const [id] = await placeOverdue(1)
		expect(await act(id!, 'cancel')).toMatchObject({ status: 'cancelled', version: 2 })
		expect(await messagesOf(id!)).toEqual(['release'])
	})

	test('is expired once and logged with the trace of its placing, when several expiries run at once over many orders', async () => {
		const ids = await placeOverdue(450, traceparent)
		const { expireOverdue } = stores.transitionStore
		const lines: string[] = []
		const log = { info: (facts: object) => void lines.push(JSON.stringify(facts)) }
		await Promise.all([1, 2, 3].map(() => expireOrders({ expireOverdue, wakeRelays, log })))
		const rows = await stores.database.query<{ status: string; version: number; last: object }>(
			'select status, version, history -> -1 as last from orders where id = any($1::uuid[])',
			[ids],
		)
		expect(rows).toHaveLength(450)
		for (const row of rows) {
			expect(row).toMatchObject({
				status: 'expired',
				version: 2,
				last: { from: 'placed', to: 'expired', who: 'system:expiry', why: 'not paid in time' },
			})
		}
		for (const { last } of rows) expect(last).not.toHaveProperty('traceparent')
		const logged = lines.filter((line) => line.includes('traceId'))
		expect(logged.toSorted()).toEqual(ids.map((orderId) => JSON.stringify({ orderId, traceId })).toSorted())
		for (const id of ids.slice(0, 20)) expect(await messagesOf(id)).toEqual(['release'])
		const [messages] = await stores.database.query(
			'select count(*) as count from outbox where order_id = any($1::uuid[])',
			[ids],
		)
		expect(messages).toEqual({ count: 450 })
	})
})
