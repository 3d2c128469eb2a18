import { randomUUID } from 'node:crypto'
import { openDatabase } from '@mercat/database/database'
import { migrate } from '@mercat/database/migrate'
import { createTestDatabase, engines } from '@mercat/testing/test-database'
import { expect, test } from 'vitest'
import { createOutboxStore } from '../../src/outbox/outbox-store.ts'
import { createOrderStore } from '../../src/placing/placing-store.ts'
import { migrationsFolder } from '../../src/server.ts'
import { orderWrite } from '../placing/order-write.ts'

const target = 'http://127.0.0.1:1/'

test.each(engines)('what was delivered stays delivered, whatever a slower relay says: on %s', async (engine) => {
	await using file = await createTestDatabase(engine)
	await using database = await openDatabase(file.url)
	await migrate(database, migrationsFolder)
	const store = createOrderStore(database, { maxUnpaidOrders: 0, paymentWindowMs: 60_000, webhooks: [target] })
	const outbox = createOutboxStore(database)
	await store.insertOrders([orderWrite(randomUUID(), 'mine')])

	const [message] = await outbox.claim(target, 1, 0)
	const id = message?.id ?? 0
	expect(await outbox.claim(target, 1, 60_000)).toMatchObject([{ id, attempts: 2 }])
	await outbox.settle([{ id, outcome: 'delivered' }])
	await outbox.settle([{ id, outcome: 'retry', delayMs: 0, error: 'late' }])
	await outbox.settle([{ id, outcome: 'dead', error: 'late' }])
	const rows = await database.query('select state, last_error, settled_at is not null as settled from outbox')
	expect(rows).toEqual([{ state: 'delivered', last_error: null, settled: true }])
})
