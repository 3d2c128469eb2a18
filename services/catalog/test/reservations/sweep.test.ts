import { randomUUID } from 'node:crypto'
import { openDatabase } from '@mercat/database/database'
import { migrate } from '@mercat/database/migrate'
import { entriesRead } from '@mercat/testing/index-use'
import { createTestDatabase } from '@mercat/testing/test-database'
import { expect, test } from 'vitest'
import { createReservationStore } from '../../src/reservations/reservation-store.ts'
import { sweepReservations } from '../../src/reservations/sweep-reservations.ts'
import { migrationsFolder } from '../../src/server.ts'

test('a sweep reads no hold whose end has not come', async () => {
	await using file = await createTestDatabase('postgres')
	await using database = await openDatabase(file.url, { hasFixedPlans: true })
	await migrate(database, migrationsFolder)
	const lines = [{ sku: 'CUP', title: 'A cup', quantity: 1, amountMinor: 100 }]
	const holds = Array.from({ length: 300 }, () => {
		return {
			orderId: randomUUID(),
			write: 'insert',
			lines,
			currency: 'EUR',
			totalMinor: 100,
			holdMs: 60_000,
		} as const
	})
	const store = createReservationStore(database)
	await store.transaction((transaction) => transaction.writeHoldsAndCommit(holds))
	expect(await sweepReservations(store)).toBe(0)
	expect(await entriesRead(database, 'reservation_sweepable')).toBe(0)
})
