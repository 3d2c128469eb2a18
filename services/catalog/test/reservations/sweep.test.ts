import { randomUUID } from 'node:crypto'
import { entriesRead } from '@mercat/testing/index-use'
import { expect, test } from 'vitest'
import { createReservationStore } from '../../src/reservations/reservation-store.ts'
import { sweepReservations } from '../../src/reservations/settling/sweep-reservations.ts'
import { openCatalogDatabase } from '../catalog-database.ts'

test('a sweep reads no hold whose end has not come', async () => {
	await using database = await openCatalogDatabase('postgres', [])
	const lines = [{ sku: 'CUP', title: 'A cup', quantity: 1, amountMinor: 100 }]
	const hold = { write: 'insert', lines, currency: 'EUR', totalMinor: 100, holdMs: 60_000 } as const
	const holds = Array.from({ length: 300 }, () => ({ ...hold, orderId: randomUUID() }))
	const store = createReservationStore(database)
	await store.transaction((transaction) => transaction.writeHoldsAndCommit(holds))
	expect(await sweepReservations(store)).toBe(0)
	expect(await entriesRead(database, 'reservation_sweepable')).toBe(0)
})
