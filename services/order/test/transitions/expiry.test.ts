import { randomBytes, randomUUID } from 'node:crypto'
import { type Database, openDatabase } from '@mercat/database/database'
import { migrate } from '@mercat/database/migrate'
import { Problem } from '@mercat/order-api/problems'
import { createBudget } from '@mercat/service/budget'
import { createTestDatabase, engines } from '@mercat/testing/test-database'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createOrderStore } from '../../src/placing/placing-store.ts'
import { migrationsFolder } from '../../src/server.ts'
import { expireOrders } from '../../src/transitions/expire-orders.ts'
import { transitionOrder } from '../../src/transitions/transition-order.ts'
import { createTransitionStore } from '../../src/transitions/transition-store.ts'

// Without a service, so that no sweeper comes in between.
describe.each(engines)('an order whose time to pay is over, on %s', (engine) => {
	const opened = new AsyncDisposableStack()
	let database: Database
	beforeAll(async () => {
		const file = opened.use(await createTestDatabase(engine))
		database = opened.use(await openDatabase(file.url))
		await migrate(database, migrationsFolder)
	})
	afterAll(() => opened.disposeAsync())

	const webhooks = ['https://shop.example/events']
	const inAnHour = () => Date.now() + 3_600_000
	const relays = { wake() {} }

	async function placeOverdue(count: number): Promise<string[]> {
		const store = createOrderStore(database, { maxUnpaidOrders: 0, paymentWindowMs: 0, webhooks })
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
		await store.insertOrders(orders.map((order) => ({ order, notAfter: inAnHour() })))
		return orders.map(({ id }) => id)
	}

	function act(id: string, action: 'pay' | 'cancel') {
		const store = createOrderStore(database, { maxUnpaidOrders: 0, paymentWindowMs: 0, webhooks })
		const transition = transitionOrder({
			...store,
			...createTransitionStore(database, webhooks),
			wakeRelay: relays.wake,
		})
		const budget = createBudget(10_000)
		return transition({ id, owner: undefined, action, by: 'staff', reference: 'x' }, budget)
	}

	async function messagesOf(id: string): Promise<string[]> {
		const rows = await database.query<{ type: string }>(
			'select type from outbox where order_id = $1 order by version, destination',
			[id],
		)
		return rows.map(({ type }) => type)
	}

	test('cannot be paid, though nobody has expired it yet', async () => {
		const [id] = await placeOverdue(1)
		const refusal = await act(id!, 'pay').catch((error: unknown) => error)
		expect(refusal).toBeInstanceOf(Problem)
		expect(refusal).toMatchObject({
			code: 'ORDER_STATE_CONFLICT',
			extensions: { state: 'placed', transition: 'pay' },
		})
		expect(await messagesOf(id!)).toEqual(['order.placed'])
	})

	test('can be cancelled until someone expires it', async () => {
		const [id] = await placeOverdue(1)
		expect(await act(id!, 'cancel')).toMatchObject({ status: 'cancelled', version: 2 })
		expect(await messagesOf(id!)).toEqual(['order.placed', 'release', 'order.cancelled'])
	})

	test('is expired once, however many sweep, and however many there are', async () => {
		const ids = await placeOverdue(450)
		const store = createTransitionStore(database, webhooks)
		await Promise.all([1, 2, 3].map(() => expireOrders(store, relays)))
		const rows = await database.query<{ status: string; version: number; last: object }>(
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
		for (const id of ids.slice(0, 20))
			expect(await messagesOf(id)).toEqual(['order.placed', 'release', 'order.expired'])
		const [messages] = await database.query('select count(*) as count from outbox where order_id = any($1::uuid[])', [
			ids,
		])
		expect(messages).toEqual({ count: 3 * 450 })
	})
})
