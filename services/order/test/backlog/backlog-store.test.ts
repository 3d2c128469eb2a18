import { randomUUID } from 'node:crypto'
import { type Database, openDatabase } from '@mercat/database/database'
import { createMigratedDatabase } from '@mercat/database/testing/migrated-database'
import { entriesRead } from '@mercat/testing/index-use'
import { engines } from '@mercat/testing/test-database'
import { describe, expect, test } from 'vitest'
import { createBacklogStore } from '../../src/backlog/backlog-store.ts'
import type { Order } from '../../src/order/order.ts'
import type { Settlement } from '../../src/outbox/outbox-message.ts'
import { migrationsFolder } from '../../src/server.ts'
import { openStores, storesOn } from '../open-stores.ts'
import { orderWrite } from '../order-write.ts'
import { plantDelivery, plantEvents, plantWebhook } from '../webhooks/prepared-database.ts'

type Stores = Awaited<ReturnType<typeof openStores>>

const url = 'https://receiver.example/events'

/** Places orders, and pays the first ones. */
async function place({ placingStore, readingStore, transitionStore }: Stores, count: number, paid = 0) {
	const ids = Array.from({ length: count }, () => randomUUID())
	await placingStore.insertOrders(ids.map((id) => orderWrite(id, 'mine')))
	for (const id of ids.slice(0, paid)) {
		const order = (await readingStore.findOrder({ id, owner: undefined })) as Order
		await transitionStore.writeTransition({ order, action: 'pay', who: 'tester' })
	}
	return ids
}

async function backlogOf(database: Database) {
	const { destinations, ...rest } = await createBacklogStore(database).findBacklog()
	return { of: Object.fromEntries(destinations.map(({ destination, ...own }) => [destination, own])), ...rest }
}

describe.each(engines)('the backlog on %s', (engine) => {
	test('of a new shop is empty, and has the catalog', async () => {
		await using stores = await openStores(engine)
		expect(await backlogOf(stores.database)).toEqual({
			of: { catalog: { pending: 0, oldestS: 0 } },
			unloggedEvents: 0,
			oldestUnloggedS: 0,
			dead: 0,
			overdueOrders: 0,
		})
	})

	test('of the log is the transitions without a position, with the age of the oldest', async () => {
		await using stores = await openStores(engine)
		await place(stores, 3, 1)
		await stores.database.query(
			"update event_inbox set happened_at = happened_at - interval '1 hour' where version = 1",
		)
		expect(await backlogOf(stores.database)).toMatchObject({
			unloggedEvents: 4,
			oldestUnloggedS: expect.closeTo(3_600, -2),
		})
		await stores.eventLogStore.assignPositions(1_000)
		expect(await backlogOf(stores.database)).toMatchObject({ unloggedEvents: 0, oldestUnloggedS: 0 })
	})

	test('of the catalog is its pending commands, with the age of the oldest', async () => {
		await using stores = await openStores(engine)
		const { database, outboxStore } = stores
		await place(stores, 3, 3)
		const messages = await outboxStore.claim('catalog', 1, 0)
		const delivered = messages.map(({ id }): Settlement => ({ id, outcome: 'delivered' }))
		await outboxStore.settle({ destination: 'catalog', messages }, delivered)
		await database.query("update outbox set created_at = created_at - interval '2 hours' where state = 'delivered'")
		await database.query("update outbox set created_at = created_at - interval '1 hour' where state = 'pending'")
		const { of } = await backlogOf(database)
		expect(of).toEqual({ catalog: { pending: 2, oldestS: expect.closeTo(3_600, -2) } })
	})

	test('of a webhook is its pending deliveries and the events that it has not read, also while none works on it', async () => {
		await using stores = await openStores(engine)
		const { database } = stores
		const [behind, good, failing, paused, deleted] = Array.from({ length: 5 }, () => randomUUID())
		await plantEvents(database, 1, 3)
		await database.query('update event set logged_at = logged_at - make_interval(hours => (4 - position)::int)')
		await plantWebhook(database, { id: behind!, position: 1 })
		await plantWebhook(database, { id: good!, position: 3 })
		await plantWebhook(database, { id: failing!, position: 3 })
		await plantWebhook(database, { id: paused! })
		await plantWebhook(database, { id: deleted! })
		await database.query("update webhook set state = 'paused' where id = $1", [paused])
		await database.query('delete from webhook where id = $1', [deleted])
		await plantDelivery(database, { webhookId: failing!, position: 2, orderId: randomUUID(), state: 'pending' })
		await plantDelivery(database, { webhookId: failing!, position: 1, orderId: randomUUID(), state: 'delivered' })
		const { of } = await backlogOf(database)
		expect(of).toEqual({
			catalog: { pending: 0, oldestS: 0 },
			[behind!]: { pending: 2, oldestS: expect.closeTo(7_200, -2) },
			[good!]: { pending: 0, oldestS: 0 },
			[failing!]: { pending: 1, oldestS: expect.closeTo(7_200, -2) },
		})
	})

	test('of a webhook of the environment has the messages that an earlier version wrote for its URL', async () => {
		await using stores = await openStores(engine)
		const { database } = stores
		const [id, other] = [randomUUID(), randomUUID()]
		await plantWebhook(database, { id, origin: 'environment', url })
		await plantWebhook(database, { id: other, url })
		await place(stores, 2)
		await database.query(
			`insert into outbox (order_id, version, destination, type, created_at)
			select id, 1, $1, 'order.placed', clock_timestamp() - interval '1 hour' from orders`,
			[url],
		)
		const { of } = await backlogOf(database)
		expect(of).toEqual({
			catalog: { pending: 0, oldestS: 0 },
			[id]: { pending: 2, oldestS: expect.closeTo(3_600, -2) },
			[other]: { pending: 0, oldestS: 0 },
		})
	})

	test('has the deliveries and commands that were given up, and the orders that the next sweep expires', async () => {
		await using stores = await openStores(engine)
		const { database, outboxStore } = stores
		await place(stores, 4, 1)
		const messages = await outboxStore.claim('catalog', 1, 0)
		const error = 'RESERVATION_NOT_FOUND'
		const refused = messages.map(({ id }): Settlement => ({ id, outcome: 'dead', error }))
		await outboxStore.settle({ destination: 'catalog', messages }, refused)
		const webhookId = randomUUID()
		await plantWebhook(database, { id: webhookId })
		for (const position of [1, 2]) {
			await plantDelivery(database, { webhookId, position, orderId: randomUUID(), state: 'dead' })
		}
		await database.query("update orders set expires_at = clock_timestamp() where status in ('paid', 'placed')")
		await place(stores, 1)
		expect(await backlogOf(database)).toMatchObject({ dead: 3, overdueOrders: 3 })
	})
})

test('a count of the backlog ends at 100,001, and the oldest is found without reading all', async () => {
	await using file = await createMigratedDatabase('postgres', migrationsFolder)
	{
		await using database = await openDatabase(file.url)
		await storesOn(database).placingStore.insertOrders([orderWrite(randomUUID(), 'mine')])
		for (let last = 20_000; last <= 120_000; last += 20_000) {
			// The oldest was not inserted first.
			await database.query(
				`insert into outbox (order_id, version, destination, type, created_at)
				select id, next, 'catalog', 'commit', clock_timestamp() - case next when 50000 then interval '1 hour' else '0' end
				from orders, generate_series($1::int - 19999, $1) as next`,
				[last],
			)
		}
		await database.query('vacuum analyze outbox')
	}
	await using database = await openDatabase(file.url, { hasFixedPlans: true })
	const { of } = await backlogOf(database)
	expect(of).toEqual({ catalog: { pending: 100_001, oldestS: expect.closeTo(3_600, -2) } })
	expect(await entriesRead(database, 'outbox_unsettled')).toBeLessThan(110_000)
})
