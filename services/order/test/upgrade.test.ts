import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { openDatabase } from '@mercat/database/database'
import { migrate } from '@mercat/database/migrate'
import { createEarlierDatabase } from '@mercat/database/testing/earlier-database'
import { eventually } from '@mercat/testing/eventually'
import { engines } from '@mercat/testing/test-database'
import { describe, expect, test } from 'vitest'
import { migrationsFolder } from '../src/server.ts'
import { storesOn } from './open-stores.ts'
import { startServices } from './start-services.ts'
import { token } from './tokens.ts'
import { startWebhookReceiver } from './webhook-receiver.ts'

// The migrations of the version before, with the SHA-256 of their content. Applied migrations never change.
const earlierMigrations = {
	'001.do.orders.sql': '65a6c97b6cd40aa6d169f949c469eb3b5761eac4129e1017ece1ee1ad4861a8d',
	'002.do.outbox.sql': '2bd6b9284bb3f135442dfd4345ca19697de76a311f2e67a63e09d53b0f7267f2',
	'003.do.statistics.sql': 'ba7fb333e8879845826b0cf819eed8cd9b0e844ba0bc03e36a95debc0b978295',
	'004.do.comments.sql': 'e14a7c409a9da73873e17553a153d82348becd5e71ed4ca3464181ab7db3a5ba',
}

const staff = token('staff', 'orders:manage')
const alice = token('alice', 'orders:read orders:write')

// Ids and fingerprints as the version before made them.
const placedOrder = {
	id: '6bc36934-16a9-5888-b27e-56c9f97dc255',
	key: 'first-key',
	body: { items: [{ sku: 'CUP', quantity: 2 }], reference: 'PO-1' },
	fingerprint: '79beb38b1350dc0b64ce022bd370eb2159c0329e72b3da8d9ab832205e06966e',
}
const paidOrder = {
	id: 'd42025a3-5185-5361-8888-f125e9fca209',
	key: 'second-key',
	body: { items: [{ sku: 'CUP', quantity: 1 }], reference: 'PO-1' },
	fingerprint: 'd794e0dbc441e50a4635f661c29c3852b375fe82917774f2ecfecbcc14e404f1',
}

// The placed order has delivered its event. The paid order has not: its event of the placing was given up, and the
// command and the event of its payment are pending.
const earlierRows = (webhook: string) => `
	insert into orders (id, customer_id, idempotency_key, fingerprint, status, version, items, currency, total_minor, details,
		placed_at, updated_at, expires_at, history) values
	('${placedOrder.id}', 'alice', '${placedOrder.key}', '\\x${placedOrder.fingerprint}', 'placed', 1,
		'[{ "sku": "CUP", "title": "A cup", "quantity": 2, "amountMinor": 1290 }]', 'EUR', 2580, '{ "reference": "PO-1" }',
		'2026-11-01T10:00:00.123Z', '2026-11-01T10:00:00.123Z', clock_timestamp() + interval '1 hour',
		'[{ "from": null, "to": "placed", "when": "2026-11-01T10:00:00.123+00:00", "who": "alice", "messages": 1 }]'),
	('${paidOrder.id}', 'alice', '${paidOrder.key}', '\\x${paidOrder.fingerprint}', 'paid', 2,
		'[{ "sku": "CUP", "title": "A cup", "quantity": 1, "amountMinor": 1290 }]', 'EUR', 1290, '{ "reference": "PO-1" }',
		'2026-11-01T11:00:00.456Z', '2026-11-01T11:05:00.789Z', '2026-11-01T11:15:00.456Z',
		'[{ "from": null, "to": "placed", "when": "2026-11-01T11:00:00.456+00:00", "who": "alice", "messages": 1 },
			{ "from": "placed", "to": "paid", "when": "2026-11-01T11:05:00.789+00:00", "who": "staff", "why": "by telephone",
				"reference": "payment-1", "messages": 2 }]');
	insert into outbox (order_id, version, destination, type, data, state, attempts, settled_at, last_error) values
	('${placedOrder.id}', 1, '${webhook}', 'order.placed', '${eventData(placedOrder, 'placed', 1)}', 'delivered', 1,
		clock_timestamp(), null),
	('${paidOrder.id}', 1, '${webhook}', 'order.placed', '${eventData(paidOrder, 'placed', 1)}', 'dead', 15,
		clock_timestamp(), 'HTTP 500'),
	('${paidOrder.id}', 2, 'catalog', 'commit', null, 'pending', 3, null, 'The catalog did not answer'),
	('${paidOrder.id}', 2, '${webhook}', 'order.paid', '${eventData(paidOrder, 'paid', 2)}', 'pending', 0, null, null);`

function eventData({ id, body }: typeof placedOrder, status: string, version: number): string {
	const quantity = body.items[0]?.quantity ?? 0
	return JSON.stringify({
		orderId: id,
		customerId: 'alice',
		status,
		version,
		items: [{ sku: 'CUP', title: 'A cup', quantity, amountMinor: 1290 }],
		total: { amountMinor: 1290 * quantity, currency: 'EUR' },
	})
}

test('the migrations of the version before have not changed', () => {
	for (const [name, sha256] of Object.entries(earlierMigrations)) {
		const content = readFileSync(join(migrationsFolder, name))
		expect(createHash('sha256').update(content).digest('hex'), name).toBe(sha256)
	}
})

describe.each(engines)('an order service that starts on a %s database of the version before', (engine) => {
	test('shows its orders, replays its requests and delivers its pending messages', async () => {
		await using receiver = await startWebhookReceiver('the secret of the webhook')
		await using earlier = await createEarlierDatabase(engine, {
			migrationsFolder,
			migrations: Object.keys(earlierMigrations),
			rows: earlierRows(receiver.url),
		})
		await using services = await startServices(engine, {
			databaseUrl: earlier.url,
			env: { WEBHOOK_URLS: receiver.url, WEBHOOK_SECRET: 'the secret of the webhook' },
			async prepareCatalog(catalog) {
				await catalog.createProduct({ sku: 'CUP', onHand: 5, price: { currencyCode: 'EUR', amountMinor: 1290 } })
				await catalog.hold(paidOrder.id, 'CUP')
			},
		})

		expect(await services.get(`/v1/orders/${placedOrder.id}`, { token: alice })).toMatchObject({
			status: 200,
			body: { status: 'placed', version: 1, reference: 'PO-1', total: { amountMinor: 2580, currency: 'EUR' } },
		})
		const listed = await services.get('/v1/orders', { token: alice })
		expect(listed.body.orders.map(({ id }: { id: string }) => id)).toEqual([paidOrder.id, placedOrder.id])
		const history = await services.get(`/v1/orders/${paidOrder.id}/history`, { token: alice })
		expect(history.body).toEqual({
			history: [
				{ from: null, to: 'placed', when: '2026-11-01T11:00:00.456Z', who: 'alice' },
				{
					from: 'placed',
					to: 'paid',
					when: '2026-11-01T11:05:00.789Z',
					who: 'staff',
					why: 'by telephone',
					reference: 'payment-1',
				},
			],
		})

		for (const { id, key, body } of [placedOrder, paidOrder]) {
			const replayed = await services.place(body, { customer: 'alice', key })
			expect(replayed).toMatchObject({ status: 201, body: { id } })
			expect(replayed.headers.get('idempotent-replayed')).toBe('true')
		}
		expect(await services.place(paidOrder.body, { customer: 'alice', key: placedOrder.key })).toMatchObject({
			status: 422,
			body: { code: 'IDEMPOTENCY_KEY_REUSED' },
		})

		await receiver.tookAll(1)
		expect(receiver.taken()).toMatchObject([
			{ event: { id: `msg_${paidOrder.id}_2`, type: 'order.paid', data: { orderId: paidOrder.id, status: 'paid' } } },
		])
		expect(receiver.forgeries).toEqual([])
		await eventually(async () => expect(await services.catalog.stockOf('CUP')).toMatchObject({ onHand: 4, held: 0 }))
		const shipping = { token: staff, body: { reference: 'parcel-1' } }
		expect(await services.request('POST', `/v1/orders/${paidOrder.id}/ship`, shipping)).toMatchObject({
			status: 200,
			body: { status: 'shipped', version: 3 },
		})
		// The transition has an event. Those of the version before have none.
		await receiver.tookAll(2)
		expect(receiver.taken().slice(1)).toMatchObject([
			{ event: { id: `msg_${paidOrder.id}_3`, type: 'mercat.order.shipped.v1', data: { status: 'shipped' } } },
		])
		expect(receiver.forgeries).toEqual([])
	})

	test('gives events to transitions that replicas of the version before make while the update is under way', async () => {
		await using receiver = await startWebhookReceiver('the secret of the webhook')
		await using earlier = await createEarlierDatabase(engine, {
			migrationsFolder,
			migrations: Object.keys(earlierMigrations),
			rows: earlierRows(receiver.url),
		})
		await using database = await openDatabase(earlier.url)
		await migrate(database, migrationsFolder)
		const { eventLogStore } = storesOn(database)

		const placed = '00000000-0000-5000-8000-000000000001'
		await database.query(placeAsBefore, [[placed], receiver.url])
		await database.query(payAsBefore, [placedOrder.id, receiver.url])
		await eventLogStore.assignPositions(100)
		const events = await eventLogStore.readBlock(0, 100)
		expect(
			events.map(({ orderId, version, type, hasOldMessages }) => [orderId, version, type, hasOldMessages]),
		).toEqual([
			[placed, 1, 'mercat.order.placed.v1', true],
			[placedOrder.id, 2, 'mercat.order.paid.v1', true],
		])
		expect(JSON.parse(events[1]?.text ?? '')).toMatchObject({
			data: {
				status: 'paid',
				version: 2,
				change: { from: 'placed', to: 'paid', who: 'staff', reference: 'payment-2' },
			},
		})
	})
})

// The statements of the version before, for one webhook.
const placeAsBefore = `
	with clock as materialized (
		select now, jsonb_build_array(jsonb_build_object('from', null, 'to', 'placed', 'when', now, 'messages', 1)) as history
		from (select clock_timestamp()::timestamptz(3) as now) as read
	), placed as (
		insert into orders (id, customer_id, idempotency_key, fingerprint, status, items, currency, total_minor, details,
			placed_at, updated_at, expires_at, history)
		select id, 'alice', id::text, decode(repeat('ab', 32), 'hex'), 'placed', '[]', 'EUR', 0, '{}',
			now, now, now + interval '15 minutes', jsonb_set(history, '{0,who}', to_jsonb('alice'::text))
		from clock, unnest($1::uuid[]) as asked (id)
		on conflict (id) do nothing
		returning id, placed_at
	), owed as (
		insert into outbox (order_id, version, destination, type, data) select id, 1, $2::text, 'order.placed', '{}'::jsonb from placed
	)
	select id, placed_at from placed`
const payAsBefore = `
	with changed as (
		update orders
		set status = 'paid', version = orders.version + 1, updated_at = clock_timestamp(),
			history = history || ('{"from": "placed", "to": "paid", "who": "staff", "reference": "payment-2", "messages": 2}'::jsonb
				|| jsonb_build_object('when', clock_timestamp()::timestamptz(3)))
		where id = $1 and status = 'placed'
		returning orders.*
	), owed as (
		insert into outbox (order_id, version, destination, type, data)
		select id, version, destination, type, null::jsonb
		from changed, (values ('catalog', 'commit'), ($2::text, 'order.paid')) as message (destination, type)
	)
	select * from changed`
