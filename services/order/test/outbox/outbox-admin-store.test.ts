import { randomUUID } from 'node:crypto'
import { engines } from '@mercat/testing/test-database'
import { describe, expect, test } from 'vitest'
import { createOutboxAdminStore } from '../../src/outbox/outbox-admin-store.ts'
import type { Settlement } from '../../src/outbox/outbox-message.ts'
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
		relay: stores.outboxStore,
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
	for (const change of [outbox.admin.drop, outbox.admin.redrive, (ids: number[]) => outbox.admin.redirect(ids, newUrl)])
		expect(await change([first])).toEqual([{ id: first, outcome: 'dropped' }])
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

describe.each(engines)('a message that a relay has claimed, on %s', (engine) => {
	const outcomes: [string, Pick<Settlement, 'outcome'> & { delayMs?: number; error?: string }][] = [
		['delivered', { outcome: 'delivered' }],
		['dead', { outcome: 'dead', error: 'HTTP 410' }],
		['to be tried again', { outcome: 'retry', delayMs: 3_600_000, error: 'HTTP 500' }],
	]

	test.each(outcomes)(
		'is still to be delivered to its new URL when the old one settles it as %s',
		async (_name, outcome) => {
			await using outbox = await openOutbox(engine, [{ destination: oldUrl, state: 'pending' }])
			const messages = await outbox.relay.claim(oldUrl, 1, 60_000)
			const [id = 0] = outbox.ids
			expect(messages).toMatchObject([{ id }])
			await outbox.admin.redirect([id], newUrl)
			await outbox.relay.settle({ destination: oldUrl, messages }, [{ id, ...outcome } as Settlement])
			expect(await outbox.rows()).toEqual([
				{ destination: newUrl, state: 'pending', attempts: 0, settled: false, error: null },
			])
			expect(await outbox.relay.claim(newUrl, 1, 60_000)).toMatchObject([{ id, attempts: 1 }])
		},
	)

	test.each(outcomes)('stays dropped when its attempt settles it as %s', async (_name, outcome) => {
		await using outbox = await openOutbox(engine, [{ destination: oldUrl, state: 'pending' }])
		const messages = await outbox.relay.claim(oldUrl, 1, 60_000)
		const [id = 0] = outbox.ids
		await outbox.admin.drop([id])
		await outbox.relay.settle({ destination: oldUrl, messages }, [{ id, ...outcome } as Settlement])
		expect(await outbox.admin.drop([id])).toEqual([{ id, outcome: 'dropped' }])
	})

	test('is not given up by an attempt whose lease has ended, while a later one is under way', async () => {
		await using outbox = await openOutbox(engine, [{ destination: oldUrl, state: 'pending' }])
		const slow = await outbox.relay.claim(oldUrl, 1, 0)
		const later = await outbox.relay.claim(oldUrl, 1, 60_000)
		const [id = 0] = outbox.ids
		await outbox.relay.settle({ destination: oldUrl, messages: slow }, [{ id, outcome: 'dead', error: 'HTTP 500' }])
		expect(await outbox.rows()).toMatchObject([{ state: 'pending', error: null }])
		await outbox.relay.settle({ destination: oldUrl, messages: later }, [{ id, outcome: 'dead', error: 'HTTP 410' }])
		expect(await outbox.rows()).toMatchObject([{ state: 'dead', error: 'HTTP 410' }])
	})
})
