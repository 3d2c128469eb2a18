import { randomUUID } from 'node:crypto'
import { openDatabase } from '@mercat/database/database'
import { migrate } from '@mercat/database/migrate'
import { createTestDatabase, engines } from '@mercat/testing/test-database'
import { expect, test } from 'vitest'
import { createOrderStore } from '../../src/placing/placing-store.ts'
import { migrationsFolder } from '../../src/server.ts'
import { orderWrite } from './order-write.ts'

test.each(engines)('of two writes of one order in a batch the first is made, and answered: on %s', async (engine) => {
	await using file = await createTestDatabase(engine)
	await using database = await openDatabase(file.url)
	await migrate(database, migrationsFolder)
	const options = { maxUnpaidOrders: 0, paymentWindowMs: 60_000, webhooks: ['http://127.0.0.1:1/'] }
	const store = createOrderStore(database, options)
	// Enough for the database to sort them as it does many.
	const ids = Array.from({ length: 50 }, () => randomUUID())
	const results = await store.insertOrders([
		...ids.map((id) => orderWrite(id, 'first')),
		...ids.map((id) => orderWrite(id, 'second')),
	])
	const written = await store.findOrders(ids.map((id) => ({ id, owner: undefined })))
	expect(results.slice(50)).toEqual(Array(50).fill(undefined))
	expect(results.slice(0, 50)).toEqual(written.map((order) => ({ ...order, history: undefined })))
	expect(written.map((order) => order?.details.reference)).toEqual(Array(50).fill('first'))
})

test.each(engines)(
	'a batch tells which orders were written, and which came too late or again: on %s',
	async (engine) => {
		await using file = await createTestDatabase(engine)
		await using database = await openDatabase(file.url)
		await migrate(database, migrationsFolder)
		const store = createOrderStore(database, { maxUnpaidOrders: 0, paymentWindowMs: 60_000, webhooks: [] })
		const [early, late, other] = [randomUUID(), randomUUID(), randomUUID()] as const
		const lateWrite = { ...orderWrite(late, 'late'), notAfter: Date.now() - 1_000 }
		expect(await store.insertOrders([lateWrite])).toEqual([undefined])
		expect(await store.insertOrders([lateWrite, orderWrite(early, 'early')])).toMatchObject([undefined, { id: early }])
		const again = await store.insertOrders([orderWrite(early, 'again'), orderWrite(other, 'other')])
		expect(again).toMatchObject([undefined, { id: other, details: { reference: 'other' } }])

		const asked = [late, early, other, early].map((id) => ({ id, customerId: 'ann' }))
		const found = await store.lookUpOrders(asked)
		expect(found.map(({ order }) => order?.details.reference)).toEqual([undefined, 'early', 'other', 'early'])
	},
)

test.each(engines)(
	'a look-up tells how many more unpaid orders a customer may have, which are endless without a limit: on %s',
	async (engine) => {
		await using file = await createTestDatabase(engine)
		await using database = await openDatabase(file.url)
		await migrate(database, migrationsFolder)
		const storeOf = (maxUnpaidOrders: number) =>
			createOrderStore(database, { maxUnpaidOrders, paymentWindowMs: 60_000, webhooks: [] })
		const [paid, old, unpaid] = [randomUUID(), randomUUID(), randomUUID()] as const
		await storeOf(0).insertOrders([paid, old, unpaid].map((id) => orderWrite(id, 'mine')))
		await database.query("update orders set status = 'paid' where id = $1", [paid])
		await database.query("update orders set placed_at = placed_at - interval '1 hour' where id = $1", [old])

		const fresh = randomUUID()
		const asked = [
			{ id: fresh, customerId: 'ann' },
			{ id: fresh, customerId: 'ann' },
			{ id: unpaid, customerId: 'ann' },
			{ id: randomUUID(), customerId: 'anna' },
			{ id: randomUUID(), customerId: 'ana' },
		]
		const rooms = async (limit: number) => (await storeOf(limit).lookUpOrders(asked)).map(({ room }) => room)
		expect(await rooms(0)).toEqual(Array(5).fill(Number.POSITIVE_INFINITY))
		expect(await rooms(1)).toEqual([0, 0, 0, 1, 1])
		expect(await rooms(2)).toEqual([1, 1, 1, 2, 2])
		expect(await rooms(3)).toEqual([2, 2, 2, 3, 3])
	},
)
