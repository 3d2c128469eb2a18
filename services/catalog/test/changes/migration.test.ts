import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { openDatabase } from '@mercat/database/database'
import { migrate } from '@mercat/database/migrate'
import { createEarlierDatabase } from '@mercat/database/testing/earlier-database'
import { expect, test, vi } from 'vitest'
import { migrationsFolder } from '../../src/server.ts'

const name = '006.do.changes-and-prices.sql'
const earlier = {
	migrationsFolder,
	migrations: readdirSync(migrationsFolder).filter((file) => file < name),
	rows: `
		insert into product (
			sku, title, description, brand, category, currency, amount_minor, attributes, image_urls, search_document, search_text
		) values ('MUG-1', 'Mug', '', '', '', 'EUR', 1290, '{}', '{}', '', '');
		insert into stock (sku, on_hand) values ('MUG-1', 5);`,
}
const dump = 'lock table product in access share mode'
const sleeping = "select from pg_stat_activity where datname = current_database() and wait_event = 'PgSleep'"

test('the migration waits for a dump without stopping the sale, and then goes on', async () => {
	await using created = await createEarlierDatabase('postgres', earlier)
	await using database = await openDatabase(created.url)
	await using other = await openDatabase(created.url)
	let migrating: Promise<void> | undefined
	await other.transaction(async (transaction) => {
		await transaction.query(dump)
		migrating = migrate(database, migrationsFolder)
		await vi.waitFor(async () => expect(await database.query(sleeping)).toHaveLength(1), {
			timeout: 10_000,
			interval: 5,
		})
		for (let sale = 0; sale < 20; sale++) {
			await database.query("update product set title = 'Cup', version = version + 1")
			await database.query('update stock set held = held + 1 where held < on_hand')
		}
		const versions = await database.query("select 1 from pg_class where relname = 'product_change'")
		expect(versions).toEqual([])
	})
	await migrating
	await database.query("update product set title = 'Bowl', version = version + 1")
	expect(await database.query('select count(*) as count from product_change')).toEqual([{ count: 1 }])
})

test('the migration gives up when a dump does not end, says so, and changes nothing', async () => {
	await using created = await createEarlierDatabase('postgres', earlier)
	await using database = await openDatabase(created.url)
	const script = readFileSync(join(migrationsFolder, name), 'utf8')
	const impatient = script.replace("interval '60 s'", "interval '0.2 s'")
	expect(impatient).not.toBe(script)
	await using other = await openDatabase(created.url)
	await other.transaction(async (transaction) => {
		await transaction.query(dump)
		const refusal =
			'other transactions keep the tables product and held_price: end them (a dump, for example), and start again'
		await expect(database.transaction((migration) => migration.query(impatient))).rejects.toThrow(refusal)
	})
	expect(await database.query("select 1 from pg_class where relname = 'product_change'")).toEqual([])
	await migrate(database, migrationsFolder)
})
