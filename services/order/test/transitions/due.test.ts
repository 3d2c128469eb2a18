import { randomUUID } from 'node:crypto'
import { type Database, openDatabase } from '@mercat/database/database'
import { migrate } from '@mercat/database/migrate'
import type { Statement } from '@mercat/database/queryable'
import { entriesRead } from '@mercat/testing/index-use'
import { createTestDatabase } from '@mercat/testing/test-database'
import { expect, test } from 'vitest'
import { createOutboxStore } from '../../src/outbox/outbox-store.ts'
import { createOrderStore } from '../../src/placing/placing-store.ts'
import { migrationsFolder } from '../../src/server.ts'
import { createTransitionStore } from '../../src/transitions/transition-store.ts'
import { orderWrite } from '../placing/order-write.ts'

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
		// What the updates left behind is not to be counted.
		await database.query('vacuum analyze orders, outbox')
	}
	{
		await using database = await openDatabase(file.url, { hasFixedPlans: true })
		await read(database)
		expect(await entriesRead(database, index)).toBe(0)
	}
})

// An index gives only what fits, so that what is passed over shows in the pages that are read.
test('a look-up passes over none of the orders that its customer has placed long ago', async () => {
	await using file = await createTestDatabase('postgres')
	await using database = await openDatabase(file.url, { hasFixedPlans: true })
	await migrate(database, migrationsFolder)
	const quiet = { ...options, webhooks: [] }
	const writes = Array.from({ length: 5_000 }, () => orderWrite(randomUUID(), 'mine'))
	await createOrderStore(database, quiet).insertOrders(writes)
	await database.query("update orders set placed_at = placed_at - interval '1 hour'")
	await database.query('vacuum analyze orders')

	const explained: string[] = []
	const explain: Database['query'] = async (statement, values) => {
		const { text } = statement as Statement
		const rows = await database.query<Record<string, string>>(`explain (analyze, buffers) ${text}`, values)
		explained.push(...rows.map((row) => row['QUERY PLAN'] ?? ''))
		return database.query(statement, values)
	}
	const watched = { ...database, within: () => ({ query: explain }) } as Database
	await createOrderStore(watched, quiet).lookUpOrders([{ id: randomUUID(), customerId: 'ann' }])
	const [pages] = explained.flatMap((line) => line.match(/(?<=Buffers: shared hit=)\d+/) ?? [])
	expect(Number(pages)).toBeLessThan(20)
})
