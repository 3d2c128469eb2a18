import { randomUUID } from 'node:crypto'
import type { Database } from '@mercat/database/database'
import { engines } from '@mercat/testing/test-database'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Order } from '../../src/order/order.ts'
import { toOrderEvents } from '../../src/record/order-events.ts'
import type { OrderRecord } from '../../src/record/order-record.ts'
import { createOrderRecordStore } from '../../src/record/order-record-store.ts'
import { openStores, storesOn } from '../open-stores.ts'
import { orderWrite, traceparent } from '../order-write.ts'
import { type Services, startServices } from '../start-services.ts'
import { token } from '../tokens.ts'
import { plantDelivery, plantWebhook, prepareDatabase } from '../webhooks/prepared-database.ts'

const staff = token('staff', 'orders:manage')
const orderId = randomUUID()
const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
const attempt = { at: '2026-01-02T03:04:05.678+00:00', ms: 12, status: 503, error: 'HTTP 503', answer: 'closed' }
const shownAttempt = { ...attempt, at: '2026-01-02T03:04:05.678Z' }

/** Webhooks by what they do: the service delivers nothing to them while it is looked at. */
const webhooks = {
	refusing: randomUUID(),
	retrying: randomUUID(),
	behind: randomUUID(),
	paused: randomUUID(),
	picky: randomUUID(),
	ended: randomUUID(),
	late: randomUUID(),
}

// The events of the order, placed and paid, have the positions 1 and 2.
async function plantOrder(database: Database): Promise<void> {
	const { placingStore, readingStore, transitionStore, eventLogStore } = storesOn(database)
	await placingStore.insertOrders([orderWrite(orderId, 'mine', traceparent)])
	const placed = (await readingStore.findOrder({ id: orderId, owner: undefined })) as Order
	await transitionStore.writeTransition({ order: placed, action: 'pay', who: 'clerk', reference: 'bank-1' })
	await eventLogStore.assignPositions(100)
	// The catalog has no reservation of this order, so the service must not try it.
	await database.query(
		"update outbox set state = 'dead', attempts = 3, settled_at = '2026-01-01', last_error = 'UNKNOWN'",
	)

	const { refusing, retrying, behind, paused, picky, ended, late } = webhooks
	for (const [id, position] of [
		[refusing, 2],
		[retrying, 2],
		[behind, 1],
		[paused, 0],
		[picky, 0],
		[late, 2],
	] as const) {
		await plantWebhook(database, { id, position, url: 'https://shop.example/events?key=secret' })
	}
	await plantWebhook(database, { id: ended, position: 0, origin: 'environment' })
	await database.query(
		`update webhook set hold_until = '2999-01-01';
		update webhook set state = 'paused' where id = '${paused}';
		update webhook set types = '{mercat.order.shipped.v1}' where id = '${picky}';
		update webhook set until_position = 1, ended_at = clock_timestamp() where id = '${ended}'`,
	)
	for (const position of [1, 2]) {
		await plantDelivery(database, {
			webhookId: refusing,
			position,
			orderId,
			state: position === 1 ? 'delivered' : 'dead',
			attempts: position === 1 ? [{ at: attempt.at, ms: 3, status: 204 }] : Array(12).fill(attempt),
		})
	}
	await plantDelivery(database, { webhookId: retrying, position: 2, orderId, state: 'pending', attempts: [attempt] })
	// Deliveries of an event of another order.
	await plantDelivery(database, { webhookId: refusing, position: 3, orderId: randomUUID(), state: 'dead' })
}

describe.each(engines)('the events of an order on %s', (engine) => {
	let database: Awaited<ReturnType<typeof prepareDatabase>>
	let services: Services
	beforeAll(async () => {
		database = await prepareDatabase(engine, plantOrder)
		services = await startServices(engine, { databaseUrl: database.url })
	})
	afterAll(async () => {
		await services?.[Symbol.asyncDispose]()
		await database?.[Symbol.asyncDispose]()
	})

	const read = (id: string = orderId, as = staff) => services.get(`/v1/orders/${id}/events`, { token: as })
	async function deliveriesAt(position: number): Promise<Record<string, object>> {
		const { body } = await read()
		const { deliveries } = body.events[position - 1]
		const names = new Map<string, string>(Object.entries(webhooks).map(([name, id]) => [id, name]))
		return Object.fromEntries(
			deliveries.map(({ webhookId, ...delivery }: { webhookId: string }) => [names.get(webhookId), delivery]),
		)
	}

	test('staff reads each event as the log has it, and the command that the payment owes to the catalog', async () => {
		const { status, body } = await read()
		expect(status).toBe(200)
		const logged = await services.get(`/v1/events?orderId=${orderId}`, { token: staff })
		expect(body.events).toMatchObject([
			{ position: '1', version: 1, type: 'mercat.order.placed.v1', loggedAt: time, event: { traceparent } },
			{ position: '2', version: 2, type: 'mercat.order.paid.v1', loggedAt: time },
		])
		expect(body.events.map(({ event }: { event: object }) => event)).toEqual(
			logged.body.events.map(({ event }: { event: object }) => event),
		)
		expect(body.commands).toEqual([
			{
				id: expect.stringMatching(/^\d+$/),
				version: 2,
				type: 'commit',
				state: 'dead',
				attempts: 3,
				createdAt: time,
				nextAttemptAt: null,
				settledAt: '2026-01-01T00:00:00.000Z',
				lastError: 'UNKNOWN',
			},
		])
	})

	test('an event has the deliveries of each webhook that has got it or is still to get it, with the last attempt', async () => {
		const common = { url: 'https://shop.example/events', webhookState: 'active', nextAttemptAt: null }
		const untried = { ...common, state: 'pending', attempts: 0, lastAttempt: null }
		expect(await deliveriesAt(1)).toEqual({
			refusing: {
				...common,
				id: '1',
				state: 'delivered',
				attempts: 1,
				lastAttempt: { at: shownAttempt.at, ms: 3, status: 204 },
			},
			paused: { ...untried, id: '1', webhookState: 'paused' },
			ended: { ...untried, id: '1', url: 'https://shop.example/planted' },
		})
		expect(await deliveriesAt(2)).toEqual({
			refusing: { ...common, id: '2', state: 'dead', attempts: 12, lastAttempt: shownAttempt },
			retrying: {
				...common,
				id: '2',
				state: 'pending',
				attempts: 1,
				nextAttemptAt: '2999-01-01T00:00:00.000Z',
				lastAttempt: shownAttempt,
			},
			behind: { ...untried, id: '2' },
			paused: { ...untried, id: '2', webhookState: 'paused' },
		})
	})

	test('a customer gets 403 for the events of its own order, and staff 404 for an order that does not exist', async () => {
		expect(await read(orderId, token('ann'))).toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } })
		expect(await services.get(`/v1/orders/${orderId}/events`)).toMatchObject({ status: 401 })
		for (const id of [randomUUID(), 'any', orderId.toUpperCase()]) {
			expect(await read(id)).toMatchObject({ status: 404, body: { code: 'ORDER_NOT_FOUND' } })
		}
	})

	test('a dead delivery is sent again by the id that the events of its order tell', async () => {
		const { id } = (await deliveriesAt(2))['refusing'] as { id: string }
		const path = `/v1/webhooks/${webhooks.refusing}/deliveries/${id}/redeliver`
		const answer = await services.request('POST', path, { token: token('staff', 'webhooks:manage') })
		expect(answer.status).toBe(200)
		expect((await deliveriesAt(2))['refusing']).not.toMatchObject({ state: 'dead' })
	})
})

test.each(engines)('an event without a position is told, and has no delivery yet, on %s', async (engine) => {
	await using stores = await openStores(engine)
	await stores.placingStore.insertOrders([orderWrite(orderId, 'mine')])
	await plantWebhook(stores.database, { id: webhooks.behind })
	const record = await createOrderRecordStore(stores.database).findRecord(orderId)
	expect(toOrderEvents(record as OrderRecord).events).toMatchObject([
		{ position: null, loggedAt: null, version: 1, event: { id: `msg_${orderId}_1` }, deliveries: [] },
	])
})

test('an event whose transition is not in the history is told without its document', async () => {
	await using stores = await openStores('postgres')
	await stores.placingStore.insertOrders([orderWrite(orderId, 'mine')])
	const record = (await createOrderRecordStore(stores.database).findRecord(orderId)) as OrderRecord
	const restored = { ...record, order: { ...record.order, history: [] } }
	expect(toOrderEvents(restored).events).toMatchObject([{ version: 1, event: null }])
})
