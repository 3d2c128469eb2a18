import { randomUUID } from 'node:crypto'
import { createBudget } from '@mercat/service/budget'
import { engines } from '@mercat/testing/test-database'
import { describe, expect, test } from 'vitest'
import { createNewHoldStore } from '../../src/reservations/new-hold-store.ts'
import type { ReservationRequest } from '../../src/reservations/reservation.ts'
import { createReservationStore } from '../../src/reservations/reservation-store.ts'
import { reserveBatch } from '../../src/reservations/reserve-batch.ts'
import { openCatalogDatabase, waitForLocks } from '../catalog-database.ts'

describe.each(engines)('on %s, a replica that remembers a product', (engine) => {
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
	])('sells it with the %s that another replica has set since', async (_what, change, expected) => {
		await using shop = await openShop()
		await shop.change(`update product set ${change} where sku = 'MUG'`)
		expect(await shop.reserve(orderOf('MUG'))).toMatchObject([held(expected)])
	})

	test('refuses it when another replica has archived it since', async () => {
		await using shop = await openShop()
		await shop.change("update product set archived = true where sku = 'MUG'")
		expect(await shop.reserve(orderOf('MUG'), orderOf('CUP'))).toMatchObject([refused('PRODUCT_ARCHIVED'), held()])
	})

	test('sells only the pieces that other replicas have left, to the earliest requests', async () => {
		await using shop = await openShop()
		await shop.change("update stock set held = on_hand - 2 where sku = 'MUG'")
		expect(await shop.reserve(orderOf('MUG'), orderOf('CUP', 'MUG'), orderOf('MUG'), orderOf('CUP'))).toMatchObject([
			held(),
			held(),
			refused('OUT_OF_STOCK', { lines: [{ available: 0 }] }),
			held(),
		])
		expect(await shop.available()).toEqual({ CUP: 96, MUG: 0 })
	})

	test('sells it again when it was sold out and another replica has added stock since', async () => {
		await using shop = await openShop()
		await shop.change("update stock set held = on_hand where sku = 'MUG'")
		expect(await shop.reserve(orderOf('MUG'))).toMatchObject([refused('OUT_OF_STOCK')])
		await shop.change("update stock set on_hand = on_hand + 1 where sku = 'MUG'")
		expect(await shop.reserve(orderOf('MUG'))).toMatchObject([held()])
	})

	test('answers two equal requests for one order with one hold, and refuses a third one with other lines', async () => {
		await using shop = await openShop()
		const order = orderOf('MUG')
		const other = { ...orderOf('CUP'), orderId: order.orderId }
		const [first, again, different] = await shop.reserve(order, order, other)
		expect(first).toMatchObject(held({ lines: [{ sku: 'MUG' }] }))
		expect(again).toMatchObject(held({ lines: [{ sku: 'MUG' }] }))
		expect(different).toMatchObject(refused('RESERVATION_MISMATCH'))
		expect(await shop.available()).toEqual({ CUP: 98, MUG: 97 })
	})

	test('holds for a create-only request once, and refuses one whose order another replica has reserved for', async () => {
		await using shop = await openShop()
		const order = { ...orderOf('MUG'), createOnly: true }
		const known = { ...orderOf('MUG'), createOnly: true }
		await shop.change(
			`insert into reservation (order_id, state, lines, currency, total_minor, expires_at)
			values ('${known.orderId}', 'expired', '[{ "sku": "CUP", "quantity": 1 }]', 'EUR', 100, now())`,
		)
		expect(await shop.reserve(order, { ...order }, known)).toMatchObject([
			held(),
			refused('RESERVATION_EXISTS', { lines: [] }),
			refused('RESERVATION_EXISTS', { lines: [] }),
		])
		expect(await shop.available()).toEqual({ CUP: 98, MUG: 97 })
	})

	test('takes no stock for an order that another replica has released', async () => {
		await using shop = await openShop()
		const order = orderOf('MUG')
		await shop.change(`insert into reservation (order_id, state, lines) values ('${order.orderId}', 'released', '[]')`)
		expect(await shop.reserve(order, orderOf('MUG'))).toMatchObject([refused('RESERVATION_RELEASED'), held()])
		expect(await shop.available()).toEqual({ CUP: 98, MUG: 97 })
	})

	/** Two products with 100 pieces each, of which two were sold, so that the replica remembers them. */
	async function openShop() {
		await using opened = new AsyncDisposableStack()
		const database = opened.use(await openCatalogDatabase(engine, ['CUP', 'MUG'], { onHand: 100 }))
		const { holdAtOnce } = createNewHoldStore(database)
		const { transaction } = createReservationStore(database)
		const reserve = reserveBatch({ holdAtOnce, transaction })
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

const held = (reservation: object = {}) => ({ outcome: 'reserved', reservation: { state: 'held', ...reservation } })
const refused = (reason: string, rest: object = {}) => ({ outcome: 'refused', reason, ...rest })

function orderOf(...skus: string[]): ReservationRequest {
	return { orderId: randomUUID(), holdMs: 60_000, lines: skus.map((sku) => ({ sku, quantity: 1 })), createOnly: false }
}

test('a hold lasts from the moment when its stock was locked, however long that took', async () => {
	await using shop = await openShelf('CUP')
	let held: Promise<Date | undefined> | undefined
	const [unlocked] = await shop.database.transaction(async (transaction) => {
		await transaction.query('select from stock for update')
		held = shop.holdAtOnce([holdOf('CUP')])
		await waitForLocks(shop.database, 1)
		// The sleep makes the clock show a later time.
		return transaction.query<{ at: Date }>('select clock_timestamp() as at from pg_sleep(0.02)')
	})
	expect((await held)?.getTime()).toBeGreaterThanOrEqual(unlocked?.at.getTime() ?? Number.NaN)
})

test('holds take stock in the order in which every transaction locks it', async () => {
	await using shop = await openShelf('Mug', 'cup')
	let held: Promise<Date | undefined> | undefined
	await shop.database.transaction(async (transaction) => {
		await transaction.query("select from stock where sku = 'Mug' for update")
		held = shop.holdAtOnce([holdOf('cup'), holdOf('Mug')])
		await waitForLocks(shop.database, 1)
		await transaction.query("select from stock where sku = 'cup' for update nowait")
	})
	expect(await held).toBeInstanceOf(Date)
})

test('no hold is written when another replica reserves for one of the orders at that moment', async () => {
	await using shop = await openShelf('CUP')
	const hold = holdOf('CUP')
	let held: Promise<Date | undefined> | undefined
	await shop.database.transaction(async (transaction) => {
		await transaction.query("insert into reservation (order_id, state, lines) values ($1, 'released', '[]')", [
			hold.orderId,
		])
		held = shop.holdAtOnce([hold])
		await waitForLocks(shop.database, 1)
	})
	expect(await held).toBe(undefined)
	expect(await shop.database.query('select held from stock')).toEqual([{ held: 0 }])
})

test('no hold is written when another replica takes the last piece at that moment', async () => {
	await using shop = await openShelf('CUP')
	let held: Promise<Date | undefined> | undefined
	await shop.database.transaction(async (transaction) => {
		await transaction.query('update stock set held = held + 1')
		held = shop.holdAtOnce([holdOf('CUP')])
		await waitForLocks(shop.database, 1)
	})
	expect(await held).toBe(undefined)
	expect(await shop.database.query('select held from stock')).toEqual([{ held: 1 }])
	expect(await shop.database.query('select from reservation')).toEqual([])
})

/** Products with one piece each, and the store that holds them at once. */
async function openShelf(...skus: string[]) {
	const database = await openCatalogDatabase('postgres', skus, { onHand: 1 })
	return {
		database,
		...createNewHoldStore(database),
		[Symbol.asyncDispose]: () => database[Symbol.asyncDispose](),
	}
}

function holdOf(sku: string) {
	const lines = [{ sku, title: 'A thing', quantity: 1, amountMinor: 100 }]
	return { orderId: randomUUID(), lines, currency: 'EUR', totalMinor: 100, holdMs: 1_000 }
}
