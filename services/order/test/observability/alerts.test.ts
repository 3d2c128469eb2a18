import { randomUUID } from 'node:crypto'
import { openDatabase } from '@mercat/database/database'
import { eventually } from '@mercat/testing/eventually'
import { withPrometheus } from '@mercat/testing/with-prometheus'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startWebhookReceiver } from '../webhook-receiver.ts'
import { holdLock, startTroubledShop, type TroubledShop } from './troubled-shop.ts'

// More than a process of the order service has under way.
const flood = 700
// More than a process has connections to its database.
const manyReaders = 40
const goneReceiver = 'http://127.0.0.1:9/'
const threeDaysPass = `
	update webhook_delivery set trying_since = trying_since - interval '3 days', next_attempt_at = clock_timestamp()
	where tries > 0`
const lag = 'mercat_outbox_lag_seconds'
const ofCatalog = { destination: 'catalog' }

withPrometheus('the alerts for running services', () => {
	let shop: TroubledShop
	beforeAll(async () => {
		shop = await startTroubledShop()
	})
	afterAll(() => shop?.[Symbol.asyncDispose]())

	test('a stopped catalog makes orders fail, and commands wait', async () => {
		const id = await shop.placeOne()
		const alerts = ['MercatDown', 'MercatNotReady', 'MercatOutboxLag', 'MercatPlacingFails', 'MercatPlacingFailsSlowly']
		await shop.expectAlerts(
			{ minutes: 10, alerts },
			{
				async begin() {
					await shop.catalog.signal('SIGTERM')
					await shop.act(id, 'pay')
					await shop.rises(lag, ofCatalog)
				},
				customers: shop.placeMany,
				async end() {
					await shop.catalog.start()
					await shop.cluster.settled()
				},
			},
		)
	})

	test('a slow catalog makes orders slow', async () => {
		await shop.expectAlerts(
			{ minutes: 15, alerts: ['MercatPlacingSlow', 'MercatPlacingSlowForLong'] },
			{
				begin: () => shop.proxy.begin({ kind: 'delay', delayMs: 300, jitterMs: 0 }),
				customers: shop.placeLogged,
				end: shop.proxy.end,
			},
		)
	})

	test('a stopped database makes orders fail', async () => {
		await shop.expectAlerts(
			{ minutes: 10, alerts: ['MercatNotReady', 'MercatPlacingFails', 'MercatPlacingFailsSlowly'] },
			{ begin: () => shop.orderServer.stop(), customers: shop.placeMany, end: shop.orderServer.start },
		)
	})

	test('a stopped database is noticed while nobody orders', async () => {
		await shop.expectAlerts(
			{ minutes: 5, alerts: ['MercatNotReady'] },
			{ begin: () => shop.orderServer.stop(), end: shop.orderServer.start },
		)
	})

	test('more orders than the service can have under way are refused, and the others are slow', async () => {
		const failing = ['MercatPlacingFails', 'MercatPlacingFailsSlowly']
		const slow = ['MercatPlacingSlow', 'MercatPlacingSlowForLong']
		await using lock = await holdLock(shop.cluster.urls.order, 'lock table event_inbox in exclusive mode')
		await shop.expectAlerts(
			{ minutes: 10, alerts: [...failing, ...slow, 'MercatRequestsShed'] },
			{ begin: lock.take, customers: () => shop.placeMany(flood), end: lock.release },
		)
	})

	test('a stock that was changed by hand is guarded by the database', async () => {
		await using database = await openDatabase(shop.cluster.urls.catalog)
		const sku = await shop.cluster.stocked(1)
		const id = await shop.placeOne(sku)
		const setHeld = (held: number) => database.query('update stock set held = $2 where sku = $1', [sku, held])
		let refusals = 0
		await shop.expectAlerts(
			{ minutes: 10, alerts: ['MercatOutboxLag', 'MercatOversellGuard'] },
			{
				async begin() {
					await setHeld(0)
					await shop.act(id, 'pay')
					await shop.rises(lag, ofCatalog)
				},
				// The order service asks again and again.
				async customers() {
					await shop.above(refusals, 'mercat_stock_guard_total')
					refusals = await shop.measure('mercat_stock_guard_total')
				},
				async end() {
					await setHeld(1)
					await shop.cluster.settled()
				},
			},
		)
	})

	test('an open transaction that holds the log of events keeps events without a position', async () => {
		await using lock = await holdLock(shop.cluster.urls.order, 'select from event_log for update')
		await shop.expectAlerts(
			{ minutes: 10, alerts: ['MercatEventLag'] },
			{
				async begin() {
					await lock.take()
					await shop.placeOne()
					await shop.rises('mercat_event_waiting_seconds')
				},
				end: lock.release,
			},
		)
	})

	test('a lock of the log of events keeps events without a position while orders are placed', async () => {
		await using lock = await holdLock(shop.cluster.urls.order, 'lock table event_log in access exclusive mode')
		await shop.expectAlerts(
			{ minutes: 10, alerts: ['MercatEventLag'] },
			{ begin: lock.take, customers: shop.placeMany, end: lock.release },
		)
	})

	test('an open transaction that holds the log of product changes keeps changes without a position', async () => {
		const { catalog } = shop.cluster.urls
		await using lock = await holdLock(catalog, 'select from product_change_log for update')
		await using database = await openDatabase(catalog)
		await shop.expectAlerts(
			{ minutes: 10, alerts: ['MercatProductChangeLag'] },
			{
				async begin() {
					await lock.take()
					await database.query('update product set version = version + 1')
					await shop.rises('mercat_product_change_waiting_seconds')
				},
				end: lock.release,
			},
		)
	})

	test('statements that wait for a lock leave no connection for others', async () => {
		await using lock = await holdLock(shop.cluster.urls.order, 'lock table orders in access exclusive mode')
		const closing = new AbortController()
		async function read(_: unknown, index: number): Promise<void> {
			const token = shop.cluster.customerToken(`reader-${index}`)
			while (!closing.signal.aborted) await shop.ask('GET', '/v1/orders', { token })
		}
		let readers: Promise<void>[] = []
		await shop.expectAlerts(
			// The check of the readiness waits for a connection, too.
			{ minutes: 10, alerts: ['MercatDatabasePool'], possible: 'MercatNotReady' },
			{
				async begin() {
					await lock.take()
					readers = Array.from({ length: manyReaders }, read)
				},
				customers: () => shop.above(0, 'mercat_db_pool', { job: 'mercat-order', state: 'waiting' }),
				async end() {
					closing.abort()
					await lock.release()
					await Promise.all(readers)
				},
			},
		)
	})

	test('a webhook whose receiver is gone lags', async () => {
		const webhook = await shop.addWebhook(goneReceiver)
		await shop.expectAlerts(
			{ minutes: 30, alerts: ['MercatWebhookLag'] },
			{
				async begin() {
					await shop.placeOne()
					await shop.rises(lag, { destination: webhook.id })
				},
				end: () => shop.removeWebhook(webhook.id),
			},
		)
	})

	test('a delivery that is given up after three days is dead until the events are replayed', async () => {
		await using database = await openDatabase(shop.cluster.urls.order)
		await using receiver = await startWebhookReceiver(randomUUID())
		receiver.answerWith(() => 500)
		const webhook = await shop.addWebhook(receiver.url)
		await shop.expectAlerts(
			{ minutes: 5, alerts: ['MercatDeliveriesDead'] },
			{
				async begin() {
					await shop.placeOne()
					// An attempt that is under way while the three days pass counts from the old time, so they pass again.
					await eventually(
						async () => {
							await database.query(threeDaysPass)
							expect(await shop.measure('mercat_deliveries_dead')).toBeGreaterThan(0)
						},
						{ interval: 100 },
					)
				},
				async end() {
					receiver.answerWith(() => 204)
					await shop.replayWebhook(webhook.id)
					await eventually(async () => expect(await shop.measure('mercat_deliveries_dead')).toBe(0), { interval: 100 })
					await shop.removeWebhook(webhook.id)
				},
			},
		)
	})

	test('a killed process is down', async () => {
		await shop.expectAlerts(
			{ minutes: 5, alerts: ['MercatDown'] },
			{ begin: () => shop.order.signal('SIGKILL'), end: () => shop.order.start() },
		)
	})
})
