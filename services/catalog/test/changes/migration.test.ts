import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { openDatabase } from '@mercat/database/database'
import { migrate } from '@mercat/database/migrate'
import { createEarlierDatabase } from '@mercat/database/testing/earlier-database'
import { eventually } from '@mercat/testing/eventually'
import { expect, test } from 'vitest'
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
		await eventually(async () => expect(await database.query(sleeping)).toHaveLength(1), { interval: 5 })
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

test('the migration gives up when a dump does not end, names it, and changes nothing', async () => {
	await using created = await createEarlierDatabase('postgres', earlier)
	await using database = await openDatabase(created.url)
	const script = readFileSync(join(migrationsFolder, name), 'utf8')
	const impatient = script.replace("interval '60 s'", "interval '0.2 s'")
	expect(impatient).not.toBe(script)
	await using other = await openDatabase(created.url)
	await other.transaction(async (transaction) => {
		await transaction.query(dump)
		await transaction.query("set local application_name = 'dump of the night'")
		const refusal =
			/keep the tables product and held_price: dump of the night \(process \d+\) since 20.+\. End them, and start again/
		await expect(database.transaction((migration) => migration.query(impatient))).rejects.toThrow(refusal)
	})
	expect(await database.query("select 1 from pg_class where relname = 'product_change'")).toEqual([])
	await migrate(database, migrationsFolder)
})

test('the migration gets its turn among transactions that overlap', async () => {
	await using created = await createEarlierDatabase('postgres', earlier)
	await using database = await openDatabase(created.url)
	const migration = new AbortController()
	let transactions = 0
	const sellOn = async () => {
		await using client = await openDatabase(created.url)
		while (!migration.signal.aborted) {
			await client.transaction(async (transaction) => {
				await transaction.query('select from product')
				await transaction.query('select pg_sleep(0.05)')
			})
			transactions++
		}
	}
	const selling = Array.from({ length: 6 }, sellOn)
	await eventually(() => expect(transactions).toBeGreaterThan(12), { interval: 5 })
	await migrate(database, migrationsFolder).finally(() => migration.abort())
	await Promise.all(selling)
})

test('the migration waits for a vacuum so long that an automatic one gives way', async () => {
	await using created = await createEarlierDatabase('postgres', earlier)
	await using database = await openDatabase(created.url)
	await using other = await openDatabase(created.url)
	const waiting = `
		select from pg_locks where relation = 'product'::regclass and waitstart < clock_timestamp() - interval '1 s'`
	let migrating: Promise<void> | undefined
	await other.transaction(async (transaction) => {
		await transaction.query('lock table product in share update exclusive mode')
		migrating = migrate(database, migrationsFolder)
		await eventually(async () => expect(await transaction.query(waiting)).toHaveLength(1), { interval: 5 })
	})
	await migrating
})
