import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { openDatabase } from '@mercat/database/database'
import { expect, test } from 'vitest'
import { openStores } from '../open-stores.ts'
import { orderWrite } from '../order-write.ts'

const insertOrder = (id: string) => `insert into orders (id, customer_id, idempotency_key, fingerprint, status, items, currency,
	total_minor, details, placed_at, updated_at, expires_at, history)
	values ('${id}', 'ann', 'late', decode(repeat('ab', 32), 'hex'), 'placed', '[]', 'EUR', 0, '{}', now(), now(), now(),
		jsonb_build_array(jsonb_build_object('from', null, 'to', 'placed', 'when', now(), 'who', 'ann', 'messages', 0)))`

// `pg_snapshot_xmax` is one past the last transaction that has ended, so a transaction with this id may have begun.
test('a transition that begins within a run of the writer, and is committed after the next run, gets its position', async () => {
	await using stores = await openStores('postgres')
	await using locking = await openDatabase(stores.url)
	await using placing = await openDatabase(stores.url)
	const { eventLogStore, placingStore } = stores
	await placingStore.insertOrders([orderWrite(randomUUID(), 'mine')])
	await placingStore.insertOrders([orderWrite(randomUUID(), 'mine')])

	// Holds up a run of the writer after it has got its transaction id.
	const [locked, unlocking] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
	const lock = locking.transaction(async (transaction) => {
		await transaction.query('select from event_inbox for update')
		locked.resolve()
		await unlocking.promise
	})
	await locked.promise
	const run = eventLogStore.assignPositions(100)
	await sleep(200)

	const late = randomUUID()
	const [written, committing] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
	const open = placing.transaction(async (transaction) => {
		await transaction.query(insertOrder(late))
		written.resolve()
		await committing.promise
	})
	await written.promise
	unlocking.resolve()
	await lock
	await run
	await eventLogStore.assignPositions(100)
	committing.resolve()
	await open

	for (let runs = 0; runs < 3; runs++) await eventLogStore.assignPositions(100)
	expect((await eventLogStore.readBlock(0, 10)).map(({ orderId }) => orderId)).toContain(late)
})
