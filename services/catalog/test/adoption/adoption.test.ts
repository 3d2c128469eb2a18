import { openDatabase } from '@mercat/database/database'
import { migrate } from '@mercat/database/migrate'
import { createTestDatabase } from '@mercat/testing/test-database'
import { expect, test } from 'vitest'
import { createAdoptionStore } from '../../src/adoption/adoption-store.ts'
import { migrationsFolder } from '../../src/server.ts'

// As a server leaves them that has had very many transactions.
const fromElsewhere = [
	`insert into search_change (xid, skus, dead_docs) values ('8000000000', '{A}', '{1,2}'), ('7000000000', '{B}', '{3}')`,
	`update search_sweep set counted = '7500000000:7500000000:', dead_since = 5`,
	`update search_index set changes_known = '7500000000:7500000000:', check_from = '8000000001'`,
	`insert into stock_change (xid, skus) values ('8000000000', '{A}')`,
	`insert into product_change (xid, changes) values ('8000000000', '[]')`,
]

test('a catalog that was copied from a server with more transactions follows those of its own', async () => {
	await using created = await createTestDatabase('postgres')
	await using database = await openDatabase(created.url)
	await migrate(database, migrationsFolder)
	for (const statement of fromElsewhere) await database.query(statement)

	expect(await createAdoptionStore(database).adopt()).toEqual([
		'the catalog follows the transactions of this server',
		'the rebuild of the search index goes on',
		'changes of products that get their positions here: 1',
	])

	const ahead = `
		select (select count(*) from search_change) as changes, (select count(*) from stock_change) as stock,
			(select dead_since from search_sweep) as dead,
			(select pg_snapshot_xmax(counted) <= pg_snapshot_xmax(pg_current_snapshot()) from search_sweep) as counts,
			(select check_from <= pg_snapshot_xmax(pg_current_snapshot())
				and pg_snapshot_xmax(changes_known) <= pg_snapshot_xmax(pg_current_snapshot()) from search_index) as "goesOn",
			(select xid < pg_snapshot_xmax(pg_current_snapshot()) from product_change) as "isOwn"`
	// Two docs had died after the moment up to which they were counted.
	expect(await database.query(ahead)).toEqual([
		{ changes: 0, stock: 0, dead: 7, counts: true, goesOn: true, isOwn: true },
	])
	expect(await createAdoptionStore(database).adopt()).toHaveLength(3)
})
