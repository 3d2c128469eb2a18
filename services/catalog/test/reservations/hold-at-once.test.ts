import { randomUUID } from 'node:crypto'
import { openDatabase } from '@mercat/database/database'
import { migrate } from '@mercat/database/migrate'
import { createBudget } from '@mercat/service/budget'
import { createTestDatabase, engines } from '@mercat/testing/test-database'
import { describe, expect, test, vi } from 'vitest'
import { createProductStore } from '../../src/products/product-store.ts'
import { createNewHoldStore } from '../../src/reservations/new-hold-store.ts'
import type { ReservationRequest } from '../../src/reservations/reservation.ts'
import { createReservationStore } from '../../src/reservations/reservation-store.ts'
import { reserveBatch } from '../../src/reservations/reserve-batch.ts'
import { migrationsFolder } from '../../src/server.ts'

describe.each(engines)('a replica on %s that has sold a product before', (engine) => {
	test.each([
		[
			'price',
			'amount_minor = 150',
			{ currency: 'EUR', totalMinor: 150, lines: [{ title: 'A thing', amountMinor: 150 }] },
		],
		['title', "title = 'A mug'", { currency: 'EUR', totalMinor: 100, lines: [{ title: 'A mug', amountMinor: 100 }] }],
		[
			'currency',
			"currency = 'USD'",
			{ currency: 'USD', totalMinor: 100, lines: [{ title: 'A thing', amountMinor: 100 }] },
		],
	])('sells at the %s that another replica has set since', async (_what, change, expected) => {
		await using shop = await openShop()
		await shop.change(`update product set ${change} where sku = 'MUG'`)
		expect(await shop.reserve(orderOf('MUG'))).toMatchObject([{ state: 'held', ...expected }])
	})

	test('refuses what another replica has archived since', async () => {
		await using shop = await openShop()
		await shop.change("update product set archived = true where sku = 'MUG'")
		expect(await shop.reserve(orderOf('MUG'), orderOf('CUP'))).toMatchObject([
			{ refused: 'PRODUCT_ARCHIVED' },
			{ state: 'held' },
		])
	})

	test('sells no more than is left of what another replica has sold since, to those who came first', async () => {
		await using shop = await openShop()
		await shop.change("update stock set held = on_hand - 2 where sku = 'MUG'")
		expect(await shop.reserve(orderOf('MUG'), orderOf('CUP', 'MUG'), orderOf('MUG'), orderOf('CUP'))).toMatchObject([
			{ state: 'held' },
			{ state: 'held' },
			{ refused: 'OUT_OF_STOCK', lines: [{ available: 0 }] },
			{ state: 'held' },
		])
		expect(await shop.available()).toEqual({ CUP: 96, MUG: 0 })
	})

	test('finds stock that another replica has added since it was sold out', async () => {
		await using shop = await openShop()
		await shop.change("update stock set held = on_hand where sku = 'MUG'")
		expect(await shop.reserve(orderOf('MUG'))).toMatchObject([{ refused: 'OUT_OF_STOCK' }])
		await shop.change("update stock set on_hand = on_hand + 1 where sku = 'MUG'")
		expect(await shop.reserve(orderOf('MUG'))).toMatchObject([{ state: 'held' }])
	})

	test('answers two requests for one order by one hold, and refuses one that asks for something else', async () => {
		await using shop = await openShop()
		const order = orderOf('MUG')
		const other = { ...orderOf('CUP'), orderId: order.orderId }
		const [first, again, different] = await shop.reserve(order, order, other)
		expect(first).toMatchObject({ state: 'held', lines: [{ sku: 'MUG' }] })
		expect(again).toMatchObject({ state: 'held', lines: [{ sku: 'MUG' }] })
		expect(different).toMatchObject({ refused: 'RESERVATION_MISMATCH' })
		expect(await shop.available()).toEqual({ CUP: 98, MUG: 97 })
	})

	test('creates what is only to be created, and leaves alone what another replica has created since', async () => {
		await using shop = await openShop()
		const order = { ...orderOf('MUG'), createOnly: true }
		const known = { ...orderOf('MUG'), createOnly: true }
		await shop.change(
			`insert into reservation (order_id, state, lines, currency, total_minor, expires_at)
			values ('${known.orderId}', 'expired', '[{ "sku": "CUP", "quantity": 1 }]', 'EUR', 100, now())`,
		)
		expect(await shop.reserve(order, { ...order }, known)).toMatchObject([
			{ state: 'held' },
			{ refused: 'RESERVATION_EXISTS', lines: [] },
			{ refused: 'RESERVATION_EXISTS', lines: [] },
		])
		expect(await shop.available()).toEqual({ CUP: 98, MUG: 97 })
	})

	test('takes nothing for an order that another replica has released', async () => {
		await using shop = await openShop()
		const order = orderOf('MUG')
		await shop.change(`insert into reservation (order_id, state, lines) values ('${order.orderId}', 'released', '[]')`)
		expect(await shop.reserve(order, orderOf('MUG'))).toMatchObject([
			{ refused: 'RESERVATION_RELEASED' },
			{ state: 'held' },
		])
		expect(await shop.available()).toEqual({ CUP: 98, MUG: 97 })
	})

	/** Two products at 100, of which 100 were there, and which were sold twice and are remembered. */
	async function openShop() {
		await using opened = new AsyncDisposableStack()
		const { url } = opened.use(await createTestDatabase(engine))
		const database = opened.use(await openDatabase(url, { hasFixedPlans: true }))
		await migrate(database, migrationsFolder)
		const { createProduct } = createProductStore(database)
		const facts = { title: 'A thing', description: '', brand: '', category: '', attributes: {}, imageUrls: [] }
		for (const sku of ['CUP', 'MUG']) await createProduct({ sku, ...facts, currency: 'EUR', amountMinor: 100 })
		await database.query('update stock set on_hand = 100')
		const reserve = reserveBatch(createReservationStore(database))
		const sell = (...requests: ReservationRequest[]) => reserve(requests, createBudget(60_000))
		await sell(orderOf('CUP', 'MUG'))
		await sell(orderOf('CUP', 'MUG'))
		const resources = opened.move()
		return {
			reserve: sell,
			change: (sql: string) => database.query(sql),
			async available() {
				const rows = await database.query<{ sku: string; available: number }>(
					'select sku, on_hand - held as available from stock order by sku',
				)
				return Object.fromEntries(rows.map(({ sku, available }) => [sku, available]))
			},
			[Symbol.asyncDispose]: () => resources.disposeAsync(),
		}
	}
})

function orderOf(...skus: string[]): ReservationRequest {
	return { orderId: randomUUID(), holdMs: 60_000, lines: skus.map((sku) => ({ sku, quantity: 1 })), createOnly: false }
}

test('a hold lasts from when its stock was locked, however long that took', async () => {
	await using shop = await openShelf('CUP')
	let held: Promise<Date | undefined> | undefined
	const [unlocked] = await shop.database.transaction(async (transaction) => {
		await transaction.query('select from stock for update')
		held = shop.holdAtOnce([holdOf('CUP')])
		await shop.someoneWaits()
		// So much later that the clock shows it.
		return transaction.query<{ at: Date }>('select clock_timestamp() as at from pg_sleep(0.02)')
	})
	expect((await held)?.getTime()).toBeGreaterThanOrEqual(unlocked?.at.getTime() ?? Number.NaN)
})

test('stock is taken in the order in which everyone locks it', async () => {
	await using shop = await openShelf('Mug', 'cup')
	let held: Promise<Date | undefined> | undefined
	await shop.database.transaction(async (transaction) => {
		await transaction.query("select from stock where sku = 'Mug' for update")
		held = shop.holdAtOnce([holdOf('cup'), holdOf('Mug')])
		await shop.someoneWaits()
		await transaction.query("select from stock where sku = 'cup' for update nowait")
	})
	expect(await held).toBeInstanceOf(Date)
})

test('nothing is held at once when another replica reserves for one of the orders at that moment', async () => {
	await using shop = await openShelf('CUP')
	const hold = holdOf('CUP')
	let held: Promise<Date | undefined> | undefined
	await shop.database.transaction(async (transaction) => {
		await transaction.query("insert into reservation (order_id, state, lines) values ($1, 'released', '[]')", [
			hold.orderId,
		])
		held = shop.holdAtOnce([hold])
		await shop.someoneWaits()
	})
	expect(await held).toBe(undefined)
	expect(await shop.database.query('select held from stock')).toEqual([{ held: 0 }])
})

test('nothing is held at once when another replica takes the last piece at that moment', async () => {
	await using shop = await openShelf('CUP')
	let held: Promise<Date | undefined> | undefined
	await shop.database.transaction(async (transaction) => {
		await transaction.query('update stock set held = held + 1')
		held = shop.holdAtOnce([holdOf('CUP')])
		await shop.someoneWaits()
	})
	expect(await held).toBe(undefined)
	expect(await shop.database.query('select held from stock')).toEqual([{ held: 1 }])
	expect(await shop.database.query('select from reservation')).toEqual([])
})

/** Products at 100, of each of which one is there. */
async function openShelf(...skus: string[]) {
	await using opened = new AsyncDisposableStack()
	const { url } = opened.use(await createTestDatabase('postgres'))
	const database = opened.use(await openDatabase(url, { hasFixedPlans: true }))
	await migrate(database, migrationsFolder)
	const facts = { title: 'A thing', description: '', brand: '', category: '', attributes: {}, imageUrls: [] }
	const { createProduct } = createProductStore(database)
	for (const sku of skus) await createProduct({ sku, ...facts, currency: 'EUR', amountMinor: 100 })
	await database.query('update stock set on_hand = 1')
	const resources = opened.move()
	return {
		database,
		...createNewHoldStore(database, () => {}),
		async someoneWaits() {
			const waiting = "select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"
			await vi.waitFor(async () => expect(await database.query(waiting)).toHaveLength(1), { timeout: 10_000 })
		},
		[Symbol.asyncDispose]: () => resources.disposeAsync(),
	}
}

function holdOf(sku: string) {
	const lines = [{ sku, title: 'A thing', quantity: 1, amountMinor: 100 }]
	return { orderId: randomUUID(), lines, currency: 'EUR', totalMinor: 100, holdMs: 1_000 }
}
