import { randomUUID } from 'node:crypto'
import { type Database, openDatabase } from '@mercat/database/database'
import type { Statement } from '@mercat/database/queryable'
import { createMigratedDatabase } from '@mercat/database/testing/migrated-database'
import { entriesRead } from '@mercat/testing/index-use'
import { expect, test } from 'vitest'
import { createOrderRecordStore } from '../src/record/order-record-store.ts'
import { migrationsFolder } from '../src/server.ts'
import { createDeliveryStore } from '../src/webhooks/dispatching/delivery-store.ts'
import { storesOn } from './open-stores.ts'
import { orderWrite } from './order-write.ts'

const options = { maxUnpaidOrders: 10 }
const writeMessages =
	"insert into outbox (order_id, version, destination, type) select id, 2, 'catalog', 'commit' from orders"

type Stores = ReturnType<typeof storesOn>

test.each<[title: string, index: string, setUp: string, read: (stores: Stores) => Promise<unknown>]>([
	[
		'the expiry of orders reads no order whose payment window is still open',
		'orders_unpaid',
		'select',
		({ transitionStore }) => transitionStore.expireOverdue(200),
	],
	[
		'a look-up reads no index entry of an order whose payment window is over',
		'orders_by_customer',
		"update orders set placed_at = placed_at - interval '1 hour'",
		({ placingStore }) => placingStore.lookUpOrders([{ id: randomUUID(), customerId: 'ann' }]),
	],
	[
		'a relay reads no message whose next attempt is later',
		'outbox_due',
		`${writeMessages}; update outbox set next_attempt_at = next_attempt_at + interval '1 hour'`,
		({ outboxStore }) => outboxStore.claim('catalog', 100, 60_000),
	],
	[
		'a page of the outbox reads no message that is delivered',
		'outbox_unsettled',
		`${writeMessages}; update outbox set state = 'delivered', settled_at = clock_timestamp()`,
		({ outboxAdminStore }) => outboxAdminStore.listOpenCommands({ states: ['pending', 'dead'], limit: 21 }),
	],
	[
		'the wish to send all dead commands again reads no message that is pending',
		'outbox_unsettled',
		`${writeMessages}; update outbox set next_attempt_at = next_attempt_at + interval '1 hour'`,
		({ outboxAdminStore }) => outboxAdminStore.redriveCommands(undefined),
	],
	[
		'the deletion of old messages reads no message that is kept',
		'outbox_settled',
		`${writeMessages}; update outbox set state = 'delivered', settled_at = clock_timestamp()`,
		({ outboxStore }) => outboxStore.prune(60_000),
	],
	[
		'a page of the log reads no event before its position',
		'event_pkey',
		'select',
		async ({ eventLogStore }) => {
			const { lastPosition } = await eventLogStore.assignPositions(1_000)
			await eventLogStore.readPage({ after: lastPosition, filter: {}, limit: 100 }, lastPosition)
		},
	],
	[
		'the writer of events reads no transition that it has taken',
		'event_inbox_pkey',
		'delete from event_inbox',
		({ eventLogStore }) => eventLogStore.assignPositions(1_000),
	],
])('%s', async (_title, index, setUp, read) => {
	await using file = await createMigratedDatabase('postgres', migrationsFolder)
	{
		await using database = await openDatabase(file.url)
		const writes = Array.from({ length: 300 }, () => orderWrite(randomUUID(), 'mine'))
		await storesOn(database, options).placingStore.insertOrders(writes)
		await database.query(setUp)
		// Removes the entries that the updates left behind, which would count.
		await database.query('vacuum analyze orders, outbox, event, event_inbox')
	}
	{
		await using database = await openDatabase(file.url, { hasFixedPlans: true })
		await read(storesOn(database, options))
		expect(await entriesRead(database, index)).toBe(0)
	}
})

// Index entries that a scan passes over show only in the number of pages that it reads.
test('a look-up reads few pages, however many orders its customer placed long ago', async () => {
	await using file = await createMigratedDatabase('postgres', migrationsFolder)
	await using database = await openDatabase(file.url, { hasFixedPlans: true })
	const writes = Array.from({ length: 5_000 }, () => orderWrite(randomUUID(), 'mine'))
	await storesOn(database, options).placingStore.insertOrders(writes)
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
	await storesOn(watched, options).placingStore.lookUpOrders([{ id: randomUUID(), customerId: 'ann' }])
	const [pages] = explained.flatMap((line) => line.match(/(?<=Buffers: shared hit=)\d+/) ?? [])
	expect(Number(pages)).toBeLessThan(20)
})

test('the record of an order reads no delivery of another order', async () => {
	await using file = await createMigratedDatabase('postgres', migrationsFolder)
	await using database = await openDatabase(file.url, { hasFixedPlans: true })
	const id = randomUUID()
	const { placingStore, eventLogStore } = storesOn(database)
	await placingStore.insertOrders([orderWrite(id, 'mine')])
	const { lastPosition } = await eventLogStore.assignPositions(1_000)
	await database.query(
		`insert into webhook (origin, url, types, position, since_position) values ('api', 'https://shop.example/', '{*}', 20000, 0);
		insert into webhook_delivery (webhook_id, position, order_id, version, type, state)
		select id, place, gen_random_uuid(), 1, 'mercat.order.placed.v1', 'delivered'
		from webhook, generate_series(${lastPosition + 1}, 20000) as place`,
	)
	await database.query('vacuum analyze webhook, webhook_delivery, event')
	expect(await createOrderRecordStore(database).findRecord(id)).toMatchObject({ deliveries: [] })
	expect(await entriesRead(database, 'webhook_delivery_pkey')).toBe(0)
})

test('the search for webhooks with due deliveries reads no delivery that waits for an earlier one of its order', async () => {
	await using file = await createMigratedDatabase('postgres', migrationsFolder)
	{
		await using database = await openDatabase(file.url)
		await database.query(
			`insert into webhook (origin, url, types, position, since_position) values ('api', 'https://shop.example/', '{*}', 0, 0);
			insert into webhook_delivery (webhook_id, position, order_id, version, type, state, next_attempt_at)
			select id, version, gen_random_uuid(), version, 'mercat.order.placed.v1', 'pending',
				case version when 1 then clock_timestamp() + interval '1 hour' end
			from webhook, generate_series(1, 20000) as version;
			update webhook_delivery set order_id = (select order_id from webhook_delivery where version = 1)`,
		)
		await database.query('vacuum analyze webhook, webhook_delivery')
	}
	await using database = await openDatabase(file.url, { hasFixedPlans: true })
	const store = createDeliveryStore(database, { webhooks: [] })
	const [webhook] = await database.query<{ id: string }>('select id from webhook')
	expect(await store.claim({ leaseId: randomUUID(), leaseMs: 30_000, except: [], last: 0 })).toEqual([])
	expect(await store.dueRetries(webhook?.id ?? '', 4)).toEqual([])
	expect(await entriesRead(database, 'webhook_delivery_due')).toBe(0)
})
