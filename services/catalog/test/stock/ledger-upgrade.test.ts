import { randomUUID } from 'node:crypto'
import { type Database, openDatabase } from '@mercat/database/database'
import { migrate } from '@mercat/database/migrate'
import { createEarlierDatabase } from '@mercat/database/testing/earlier-database'
import { engines } from '@mercat/testing/test-database'
import { describe, expect, test } from 'vitest'
import { migrationsFolder } from '../../src/server.ts'
import { inventoryCalls, reservationOf } from '../inventory-calls.ts'
import { startCatalogOn } from '../start-catalog.ts'

// 230 movements from before the ledger kept who made them: many at one moment, and out of the order of their causes.
const earlier = {
	migrationsFolder,
	migrations: ['001.do.products-and-stock.sql', '002.do.statistics.sql'],
	rows: `
		insert into product (
			sku, title, description, brand, category, currency, amount_minor, attributes, image_urls, search_document, search_text
		) select sku, 'Mug', '', '', '', 'EUR', 100, '{}', '{}', '', 'mug' from unnest('{MUG,CUP}'::text[]) as sku;
		insert into stock (sku, on_hand) select sku, 1000 from product;
		insert into stock_movement (sku, kind, cause, delta, created_at)
		select sku, case when number % 3 = 0 then 'adjust' else 'commit' end, gen_random_uuid()::text, 0,
			now() - interval '1 day' - number / 70 * interval '1 second'
		from product, generate_series(1, 230) as number;`,
}

/** Writes a movement of MUG as the version before does. */
async function insertAsBefore(database: Database): Promise<string> {
	const cause = randomUUID()
	await database.query("insert into stock_movement (sku, kind, cause, delta) values ('MUG', 'commit', $1, 0)", [cause])
	return cause
}

/** The same, once the database's clock has moved: two movements of one millisecond have no order of time. */
async function insertAfter(database: Database): Promise<string> {
	const clock =
		"select clock_timestamp() > coalesce(max(created_at), '-infinity') as moved from stock_movement where sku = 'MUG'"
	while (!(await database.query<{ moved: boolean }>(clock))[0]?.moved);
	return insertAsBefore(database)
}

const filesOf = (database: Database) =>
	database.query(
		"select relname, relfilenode from pg_class where relname in ('stock_movement', 'stock_movement_pkey') order by relname",
	)

test('a migration beside the inserts of an old replica writes neither the ledger nor its key anew', async () => {
	await using created = await createEarlierDatabase('postgres', earlier)
	await using database = await openDatabase(created.url)
	const before = await filesOf(database)
	const running = new AbortController()
	const inserts = (async () => {
		const causes: string[] = []
		while (!running.signal.aborted) causes.push(await insertAsBefore(database))
		return causes
	})()
	await migrate(database, migrationsFolder)
	running.abort()
	const causes = [...(await inserts), await insertAsBefore(database)]

	expect(before).toHaveLength(2)
	expect(await filesOf(database)).toEqual(before)
	const ledger = "select cause from stock_movement where sku = 'MUG' and created_at > now() - interval '1 hour'"
	expect(new Set((await database.query<{ cause: string }>(ledger)).map(({ cause }) => cause))).toEqual(new Set(causes))
	// The migration finds no entry for its index, however many movements there were.
	const entries = "select reltuples::int as entries from pg_class where relname = 'stock_movement_newest'"
	expect(await database.query(entries)).toEqual([{ entries: 0 }])
})

describe.each(engines)('the ledger of an earlier version on %s', (engine) => {
	test('is read in pages after the new movements, each movement once and the newest first', async () => {
		await using created = await createEarlierDatabase(engine, earlier)
		await using catalog = await startCatalogOn(created.url)
		const stock = inventoryCalls(catalog)
		const order = reservationOf({ MUG: 2 })
		await stock.adjustStock('MUG', 5)
		await stock.reserve(order)
		await stock.commit(order.orderId)

		const read: string[] = []
		let pageToken = ''
		do {
			const page = await stock.listMovements({ sku: 'MUG', pageSize: 33, pageToken })
			expect(page.movements.length).toBe(page.nextPageToken === '' ? 232 % 33 : 33)
			read.push(...page.movements.map(({ cause }) => cause))
			pageToken = page.nextPageToken
		} while (pageToken !== '')

		await using database = await catalog.stopAndOpenDatabase()
		const ledger = "select cause from stock_movement where sku = 'MUG' order by created_at desc, kind desc, cause desc"
		expect(read).toEqual((await database.query<{ cause: string }>(ledger)).map(({ cause }) => cause))
	})

	test('also has the movements that an old replica makes after the migration, in the order of their times', async () => {
		await using created = await createEarlierDatabase(engine, earlier)
		const causes: string[] = []
		{
			await using database = await openDatabase(created.url)
			await migrate(database, migrationsFolder)
			for (let count = 0; count < 3; count++) causes.unshift(await insertAfter(database))
		}
		await using catalog = await startCatalogOn(created.url)
		const stock = inventoryCalls(catalog)
		await stock.adjustStock('MUG', 5, 'by-the-new-version')
		const { movements } = await stock.listMovements({ sku: 'MUG', pageSize: 4 })
		expect(movements[0]).toMatchObject({ cause: 'by-the-new-version', who: 'tester' })
		expect(movements.slice(1).every(({ who }) => who === '')).toBe(true)
		expect(movements.slice(1).map(({ cause }) => cause)).toEqual(causes)
	})
})
