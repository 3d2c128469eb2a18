import type { Database } from '@mercat/database/database'
import { engines } from '@mercat/testing/test-database'
import { expect, test } from 'vitest'
import { createChangeAuditStore } from '../../src/audit/change-audit-store.ts'
import { openChangeStores } from './open-change-stores.ts'

/** A database that others change before each statement. */
function changing(database: Database, change: () => Promise<void>): Database {
	const afterChange = (query: Database['query']): Database['query'] =>
		async function afterOthers(...asked) {
			await change()
			return query(...asked)
		}
	return {
		...database,
		within: (budget) => ({ ...database.within(budget), query: afterChange(database.within(budget).query) }),
		transaction: (work, budget) =>
			database.transaction((transaction) => {
				// The embedded database has one connection.
				if (database.engine === 'pglite') return work(transaction)
				return work({ ...transaction, query: afterChange(transaction.query) })
			}, budget),
	}
}

test.each(engines)(
	'the audit of a log that others write, number and prune finds no breach, and one that is there, on %s',
	async (engine) => {
		await using stores = await openChangeStores(engine)
		const { database } = stores
		const skus = Array.from({ length: 6 }, (_, number) => `P-${number}`)
		for (const sku of skus) await stores.create(sku)
		let turn = 0
		async function change(): Promise<void> {
			turn++
			for (const sku of skus) await stores.rename(sku, `Title ${turn}`)
			if (turn % 2 === 0) await stores.log.assignPositions(1_000, 0)
			// The audit has read the ends, the gaps and a page.
			if (turn === 24)
				await database.query(
					'delete from product_change where position < (select last_position from product_change_log) - 60',
				)
		}
		for (let entries = 0; entries < 20; entries++) await change()
		const store = createChangeAuditStore(changing(database, change))
		expect(await store.changeBreaches()).toEqual([])
		expect(turn).toBeGreaterThan(24)
		await database.query('alter table product disable trigger user')
		await database.query("update product set version = version + 1 where sku = 'P-3'")
		expect(await createChangeAuditStore(database).changeBreaches()).toMatchObject([{ subject: 'P-3' }])
	},
)
