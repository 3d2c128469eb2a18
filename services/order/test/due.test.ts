import { randomUUID } from 'node:crypto'
import { type Database, openDatabase } from '@mercat/database/database'
import { migrate } from '@mercat/database/migrate'
import { entriesRead } from '@mercat/database/testing/index-use'
import { createTestDatabase } from '@mercat/database/testing/test-database'
import { expect, test } from 'vitest'
import { createOrderStore } from '../src/order-store.ts'
import { createOutboxStore } from '../src/outbox-store.ts'
import { migrationsFolder } from '../src/server.ts'
import { createTransitionStore } from '../src/transition-store.ts'
import { orderWrite } from './order-write.ts'

const target = 'http://127.0.0.1:1/'
const options = { maxUnpaidOrders: 10, paymentWindowMs: 60_000, webhooks: [target] }

test.each<[what: string, index: string, setUp: string, read: (database: Database) => Promise<unknown>]>([
	[
		'expiry reads no order whose time has not come',
		'orders_unpaid',
		'select',
		(database) => createTransitionStore(database, []).expireOverdue(200),
	],
	[
		'a look-up reads no order whose time to pay is long over, however many the customer has placed',
		'orders_by_customer',
		"update orders set placed_at = placed_at - interval '1 hour'",
		(database) => createOrderStore(database, options).lookUpOrders([{ id: randomUUID(), customerId: 'ann' }]),
	],
	[
		'a relay reads no message that is to be tried later',
		'outbox_due',
		"update outbox set next_attempt_at = next_attempt_at + interval '1 hour'",
		(database) => createOutboxStore(database).claim(target, 100, 60_000),
	],
	[
		'forgetting reads no message that is still kept',
		'outbox_settled',
		"update outbox set state = 'delivered', settled_at = clock_timestamp()",
		(database) => createOutboxStore(database).prune(60_000),
	],
])('%s', async (_what, index, setUp, read) => {
	await using file = await createTestDatabase('postgres')
	{
		await using database = await openDatabase(file.url)
		await migrate(database, migrationsFolder)
		const writes = Array.from({ length: 300 }, () => orderWrite(randomUUID(), 'mine'))
		await createOrderStore(database, options).insertOrders(writes)
		await database.query(setUp)
		// What the updates left behind is not to be counted, and so small a table is not to be read whole.
		await database.query('vacuum analyze orders, outbox')
		await database.query(`alter database ${new URL(file.url).pathname.slice(1)} set enable_seqscan = off`)
	}
	{
		await using database = await openDatabase(file.url, { hasFixedPlans: true })
		await read(database)
	}
	expect(await entriesRead(file.url, index, 1)).toBe(0)
})
