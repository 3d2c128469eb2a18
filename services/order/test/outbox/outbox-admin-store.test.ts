import { randomUUID } from 'node:crypto'
import { engines } from '@mercat/testing/test-database'
import { expect, test } from 'vitest'
import { createOutboxAdminStore } from '../../src/outbox/outbox-admin-store.ts'
import { openStores } from '../open-stores.ts'
import { orderWrite } from '../order-write.ts'

const oldUrl = 'https://gone.example/events'
const newUrl = 'https://receiver.example/events'

/** An order with messages that an earlier version wrote. Returns the ids of the messages in their order. */
async function openOutbox(engine: (typeof engines)[number], messages: { destination: string; state: string }[]) {
	const stores = await openStores(engine)
	const orderId = randomUUID()
	await stores.placingStore.insertOrders([orderWrite(orderId, 'mine')])
	const rows = await stores.database.query<{ id: number }>(
		`insert into outbox (order_id, version, destination, type, state, attempts)
		select $1, case place when 3 then 2 else 1 end, destination, 'order.placed', state, 7
		from unnest($2::text[], $3::text[]) with ordinality as message (destination, state, place)
		returning id`,
		[orderId, messages.map(({ destination }) => destination), messages.map(({ state }) => state)],
	)
	return {
		ids: rows.map(({ id }) => id),
		admin: createOutboxAdminStore(stores.database),
		rows: () =>
			stores.database.query(
				'select destination, state, attempts, settled_at is not null as settled, last_error as error from outbox order by id',
			),
		[Symbol.asyncDispose]: () => stores[Symbol.asyncDispose](),
	}
}

test.each(engines)('a message to a webhook can be dropped, a command for the catalog cannot, on %s', async (engine) => {
	await using outbox = await openOutbox(engine, [
		{ destination: oldUrl, state: 'pending' },
		{ destination: 'catalog', state: 'pending' },
		{ destination: oldUrl, state: 'delivered' },
	])
	const [first, second, third] = outbox.ids as [number, number, number]
	expect(await outbox.admin.drop([third, first, second, 999_999])).toEqual([
		{ id: third, outcome: 'delivered' },
		{ id: first, outcome: 'changed' },
		{ id: second, outcome: 'command' },
		{ id: 999_999, outcome: 'unknown' },
	])
	expect(await outbox.rows()).toMatchObject([
		{ state: 'delivered', settled: true, error: 'dropped by an operator' },
		{ state: 'pending', settled: false, error: null },
		{ state: 'delivered', settled: false, error: null },
	])
})

test.each(engines)('a message to a webhook can be sent elsewhere, once for each event, on %s', async (engine) => {
	await using outbox = await openOutbox(engine, [
		{ destination: oldUrl, state: 'dead' },
		{ destination: 'https://other.example/events', state: 'pending' },
		{ destination: 'catalog', state: 'dead' },
	])
	const [first, second, third] = outbox.ids as [number, number, number]
	expect(await outbox.admin.redirect(outbox.ids, newUrl)).toEqual([
		{ id: first, outcome: 'changed' },
		{ id: second, outcome: 'duplicate' },
		{ id: third, outcome: 'command' },
	])
	expect(await outbox.rows()).toMatchObject([
		{ destination: newUrl, state: 'pending', attempts: 0 },
		{ destination: 'https://other.example/events', state: 'pending', attempts: 7 },
		{ destination: 'catalog', state: 'dead' },
	])
	expect(await outbox.admin.redirect([second], newUrl)).toEqual([{ id: second, outcome: 'duplicate' }])
})

test.each(engines)('a dead message is sent again, a pending one is left as it is, on %s', async (engine) => {
	await using outbox = await openOutbox(engine, [
		{ destination: oldUrl, state: 'dead' },
		{ destination: 'catalog', state: 'pending' },
	])
	const [dead, pending] = outbox.ids as [number, number]
	expect(await outbox.admin.redrive([dead, pending])).toEqual([
		{ id: dead, outcome: 'changed' },
		{ id: pending, outcome: 'pending', nextAttemptAt: expect.any(Date) },
	])
	expect(await outbox.rows()).toMatchObject([
		{ state: 'pending', attempts: 0 },
		{ state: 'pending', attempts: 7 },
	])
	expect(await outbox.admin.redriveAll()).toBe(0)
})
