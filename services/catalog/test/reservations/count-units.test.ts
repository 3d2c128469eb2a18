import { randomUUID } from 'node:crypto'
import { eventually } from '@mercat/testing/eventually'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { countHolds, countUnits } from '../../src/reservations/count-units.ts'
import { createNewHoldStore } from '../../src/reservations/new-hold-store.ts'
import { createReservationStore } from '../../src/reservations/reservation-store.ts'
import { openCatalogDatabase } from '../catalog-database.ts'
import { inventoryCalls, reservationOf } from '../inventory-calls.ts'
import { metric } from '../metric.ts'
import { startTestCatalog, type TestCatalog } from '../start-catalog.ts'

const changes = ['held', 'sold', 'released', 'expired', 'returned'] as const

async function units(): Promise<Record<string, number>> {
	const counts = changes.map(async (change) => [change, await metric('mercat_stock_units_total', { change })])
	return Object.fromEntries(await Promise.all(counts))
}

/** The units that the work has moved. */
async function unitsOf(work: () => Promise<unknown>) {
	const before = await units()
	await work()
	const after = await units()
	return Object.fromEntries(
		changes.flatMap((change) => {
			const difference = (after[change] ?? 0) - (before[change] ?? 0)
			return difference === 0 ? [] : [[change, difference]]
		}),
	)
}

describe('the units of a running catalog', () => {
	let catalog: TestCatalog
	beforeAll(async () => {
		catalog = await startTestCatalog('postgres')
	})
	afterAll(() => catalog[Symbol.asyncDispose]())

	test('are held once by an order, whether its products are remembered or not, and not by a refused one', async () => {
		const inventory = inventoryCalls(catalog)
		const sku = await inventory.stocked(10)
		const first = reservationOf({ [sku]: 3 })
		expect(await unitsOf(() => inventory.reserve(first))).toEqual({ held: 3 })
		expect(await unitsOf(() => inventory.reserve(reservationOf({ [sku]: 4 })))).toEqual({ held: 4 })
		expect(await unitsOf(() => inventory.reserve(first))).toEqual({})
		expect(await unitsOf(() => inventory.reserve(reservationOf({ [sku]: 4 })))).toEqual({})
	})

	test('are sold, released, or returned after their sale', async () => {
		const inventory = inventoryCalls(catalog)
		const sku = await inventory.stocked(10)
		const [sold, released] = [reservationOf({ [sku]: 3 }), reservationOf({ [sku]: 2 })]
		await inventory.reserveAll([sold, released])
		expect(await unitsOf(() => inventory.commit(sold.orderId))).toEqual({ sold: 3 })
		expect(await unitsOf(() => inventory.commit(sold.orderId))).toEqual({})
		expect(await unitsOf(() => inventory.release(released.orderId, randomUUID()))).toEqual({ released: 2 })
		expect(await unitsOf(() => inventory.release(sold.orderId))).toEqual({ returned: 3 })
	})

	test('expire with their hold, and the sweep counts the hold', async () => {
		const inventory = inventoryCalls(catalog)
		const sku = await inventory.stocked(10)
		const before = { holds: await metric('mercat_holds_expired_total'), sweeps: await metric('mercat_sweeps_total') }
		const reservation = reservationOf({ [sku]: 5 }, { holdS: 1 })
		const moved = await unitsOf(async () => {
			await inventory.reserve(reservation)
			await eventually(async () => expect(await metric('mercat_holds_expired_total')).toBe(before.holds + 1))
		})
		expect(moved).toEqual({ held: 5, expired: 5 })
		expect(await metric('mercat_sweeps_total')).toBeGreaterThan(before.sweeps)
		expect(await unitsOf(() => inventory.release(reservation.orderId))).toEqual({})
	})
})

const lines = [{ sku: 'CUP', title: 'CUP', quantity: 2, amountMinor: 100 }]
const hold = () => ({ orderId: randomUUID(), lines, currency: 'EUR', totalMinor: 200, holdMs: 60_000 })

test('a transaction that is rolled back counts no units, and one that runs again counts them once', async () => {
	await using database = await openCatalogDatabase('postgres', ['CUP'], { onHand: 100 })
	const transaction = countUnits(createReservationStore(database).transaction)
	const held = hold()
	await transaction((steps) => steps.writeHoldsAndCommit([{ ...held, write: 'insert' }]))
	let attempts = 0
	const sell = (failure: Error | undefined) =>
		transaction(async (steps) => {
			attempts++
			const [reservation] = (await steps.lockReservations([held.orderId])).values()
			if (reservation === undefined) throw new Error('there is no reservation')
			await steps.lockShelf(['CUP'])
			await steps.settle([{ reservation, to: 'committed' }])
			if (failure !== undefined && attempts === 1) throw failure
		})
	expect(await unitsOf(() => sell(new Error('no')).catch(() => {}))).toEqual({})
	attempts = 0
	const deadlock = Object.assign(new Error('deadlock detected'), { code: '40P01' })
	expect(await unitsOf(() => sell(deadlock))).toEqual({ sold: 2 })
	expect(attempts).toBe(2)
})

test('holds that do not stand any more count no units', async () => {
	await using database = await openCatalogDatabase('postgres', ['CUP'])
	const holdAtOnce = countHolds(createNewHoldStore(database).holdAtOnce)
	const moved = await unitsOf(async () => expect(await holdAtOnce([hold()], undefined as never)).toBeUndefined())
	expect(moved).toEqual({})
})
