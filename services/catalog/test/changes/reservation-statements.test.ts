import { randomUUID } from 'node:crypto'
import type { Database } from '@mercat/database/database'
import type { AnyStatement } from '@mercat/database/queryable'
import { engines } from '@mercat/testing/test-database'
import { describe, expect, test } from 'vitest'
import { createNewHoldStore } from '../../src/reservations/new-hold-store.ts'
import { openCatalogDatabase } from '../catalog-database.ts'

/** A database that writes down the statements outside of transactions. */
function recording(database: Database): { database: Database; names: string[] } {
	const names: string[] = []
	const nameOf = (statement: AnyStatement) =>
		typeof statement === 'string' ? statement : 'name' in statement ? statement.name : statement.summary
	const recorded: Database = {
		...database,
		within: (budget) => ({
			query(statement, values) {
				names.push(nameOf(statement))
				return database.within(budget).query(statement, values)
			},
		}),
	}
	return { database: recorded, names }
}

describe.each(engines)('a reservation on %s', (engine) => {
	test('takes the one statement that it took before, and its rows and triggers are as before', async () => {
		await using opened = await openCatalogDatabase(engine, ['A'], { onHand: 5 })
		const { database, names } = recording(opened)
		const noted: string[] = []
		const { holdAtOnce } = createNewHoldStore(database, (skus) => noted.push(...skus))
		const line = { sku: 'A', title: 'A thing', quantity: 1, amountMinor: 100 }
		const hold = { orderId: randomUUID(), currency: 'EUR', totalMinor: 100, holdMs: 60_000, lines: [line] }
		expect(await holdAtOnce([hold])).toBeInstanceOf(Date)
		expect(names).toEqual(['hold-at-once'])
		expect(noted).toEqual(['A'])

		expect(await opened.query('select skus from stock_change')).toEqual([])
		const triggers = await opened.query<{ name: string }>(`
			select tgname as name from pg_trigger
			where tgrelid in ('stock'::regclass, 'reservation'::regclass) and not tgisinternal`)
		expect(triggers).toEqual([{ name: 'stock_flipped' }])
		const columns = await opened.query<{ name: string }>(`
			select attname as name from pg_attribute where attrelid = 'stock'::regclass and attnum > 0 order by attnum`)
		expect(columns.map(({ name }) => name)).toEqual(['sku', 'on_hand', 'held'])
	})
})
