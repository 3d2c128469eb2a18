import { randomUUID } from 'node:crypto'
import { type Database, openDatabase } from '@mercat/database/database'
import { engines } from '@mercat/testing/test-database'
import { describe, expect, test } from 'vitest'
import type { Order } from '../../src/order/order.ts'
import type { Action } from '../../src/order/order-states.ts'
import { openStores, patient, storesOn } from '../open-stores.ts'
import { orderWrite, traceparent } from '../order-write.ts'

type Stores = Awaited<ReturnType<typeof openStores>>

const hour = 3_600_000

async function place({ placingStore }: Pick<Stores, 'placingStore'>, ...ids: string[]): Promise<void> {
	await placingStore.insertOrders(ids.map((id) => orderWrite(id, 'mine')))
}

async function take(
	{ readingStore, transitionStore }: Pick<Stores, 'readingStore' | 'transitionStore'>,
	id: string,
	action: Action,
) {
	const order = (await readingStore.findOrder({ id, owner: undefined })) as Order
	return transitionStore.writeTransition({ order, action, who: 'tester', why: 'a test', reference: 'r1' })
}

async function readAll({ eventLogStore }: Pick<Stores, 'eventLogStore'>) {
	const { last } = await eventLogStore.ends()
	return eventLogStore.readBlock(0, last)
}

const namesOf = (events: { orderId: string; version: number }[]) =>
	events.map(({ orderId, version }) => `${orderId} ${version}`)

describe.each(engines)('the log of events on %s', (engine) => {
	test('has each transition once, in ascending positions, with the order as it was then', async () => {
		await using stores = await openStores(engine)
		const [one, other] = [randomUUID(), randomUUID()].sort() as [string, string]
		await place(stores, one, other)
		await take(stores, one, 'pay')
		expect(await stores.eventLogStore.assignPositions(100)).toMatchObject({ events: 3, lastPosition: 3, isMore: false })
		const early = await readAll(stores)
		expect(namesOf(early)).toEqual([`${one} 1`, `${other} 1`, `${one} 2`])
		await take(stores, one, 'cancel')
		await take(stores, other, 'cancel')
		expect(await stores.eventLogStore.assignPositions(100)).toMatchObject({ events: 2, lastPosition: 5 })

		const events = await readAll(stores)
		expect(events.slice(0, 3)).toEqual(early)
		const [placed, , paid, cancelled, unpaid] = events.map(({ text }) => JSON.parse(text))
		const { history } = (await stores.readingStore.findOrder({ id: one, owner: undefined })) as Order
		expect(placed).toMatchObject({
			specversion: '1.0',
			id: `msg_${one}_1`,
			source: '/v1/orders',
			type: 'mercat.order.placed.v1',
			subject: one,
			datacontenttype: 'application/json',
			data: { id: one, status: 'placed', version: 1, change: { from: null, to: 'placed', who: 'ann' } },
		})
		expect(paid).toMatchObject({
			type: 'mercat.order.paid.v1',
			time: new Date(history[1]?.when ?? '').toISOString(),
			data: {
				status: 'paid',
				version: 2,
				reference: 'mine',
				updatedAt: new Date(history[1]?.when ?? '').toISOString(),
				change: { from: 'placed', to: 'paid', who: 'tester', why: 'a test', reference: 'r1' },
			},
		})
		expect(cancelled.data).toMatchObject({ version: 3, paymentMustBeReturned: true })
		expect(unpaid.data).not.toHaveProperty('paymentMustBeReturned')
	})

	test('has the trace of each transition that has one, and no trace for a transition of an earlier version', async () => {
		await using stores = await openStores(engine)
		const id = randomUUID()
		await stores.placingStore.insertOrders([orderWrite(id, 'mine', traceparent)])
		await take(stores, id, 'pay')
		await stores.eventLogStore.assignPositions(100)
		const [placed, paid] = await readAll(stores)
		expect(placed?.traceparent).toBe(traceparent)
		expect(JSON.parse(placed?.text ?? '')).toMatchObject({ specversion: '1.0', traceparent, subject: id })
		expect(placed?.text.split(traceparent)).toHaveLength(2)
		expect(paid?.traceparent).toBeUndefined()
		expect(JSON.parse(paid?.text ?? '')).not.toHaveProperty('traceparent')
	})

	test('has the first transition of a new database, however often the writer has run before', async () => {
		await using stores = await openStores(engine)
		for (let run = 0; run < 4; run++) await stores.eventLogStore.assignPositions(100)
		await place(stores, randomUUID())
		expect(await stores.eventLogStore.assignPositions(100)).toMatchObject({ events: 1, lastPosition: 1 })
	})

	test('has no event of a write that was refused, or of an order that only acknowledged a sale', async () => {
		await using stores = await openStores(engine)
		const id = randomUUID()
		await place(stores, id)
		await place(stores, id)
		const stale = (await stores.readingStore.findOrder({ id, owner: undefined })) as Order
		await take(stores, id, 'pay')
		await stores.transitionStore.writeTransition({ order: stale, action: 'cancel', who: 'tester' })
		await stores.outboxStore.acknowledgeCommits([id])
		await stores.eventLogStore.assignPositions(100)
		expect(namesOf(await readAll(stores))).toEqual([`${id} 1`, `${id} 2`])
	})

	test('gives a transition that is in the inbox twice one event', async () => {
		await using stores = await openStores(engine)
		const ids = [randomUUID(), randomUUID()]
		await place(stores, ...ids)
		const copyInbox = `insert into event_inbox (order_ids, version, status, happened_at)
			select order_ids, version, status, happened_at from event_inbox`
		await stores.database.query(copyInbox)
		await stores.eventLogStore.assignPositions(100)
		await stores.database.query(`insert into event_inbox (order_ids, version, status, happened_at)
			select array_agg(order_id), version, status, logged_at from event group by version, status, logged_at`)
		await stores.eventLogStore.assignPositions(100)
		expect(namesOf(await readAll(stores)).sort()).toEqual(ids.map((id) => `${id} 1`).sort())
	})

	test('gives the first transition of all a position after runs that found nothing', async () => {
		await using stores = await openStores(engine)
		for (let run = 0; run < 5; run++) await stores.eventLogStore.assignPositions(100)
		await place(stores, randomUUID())
		expect(await stores.eventLogStore.assignPositions(100)).toMatchObject({ events: 1, lastPosition: 1 })
	})

	test('gives few positions at a time when it is told so, and says that more wait', async () => {
		await using stores = await openStores(engine)
		const ids = [randomUUID(), randomUUID(), randomUUID()]
		for (const id of ids) await place(stores, id)
		expect(await stores.eventLogStore.assignPositions(2)).toMatchObject({ events: 2, lastPosition: 2, isMore: true })
		expect(await stores.eventLogStore.assignPositions(2)).toMatchObject({ events: 1, lastPosition: 3, isMore: false })
		expect(await stores.eventLogStore.assignPositions(2)).toMatchObject({ events: 0, lastPosition: 3, isMore: false })
		expect(namesOf(await readAll(stores))).toEqual(ids.map((id) => `${id} 1`))
	})

	test('reads pages by type, customer and order, and tells how far it has read', async () => {
		await using stores = await openStores(engine)
		const { eventLogStore } = stores
		const [one, other] = [randomUUID(), randomUUID()] as const
		await place(stores, one)
		await place(stores, other)
		await take(stores, one, 'pay')
		await take(stores, other, 'cancel')
		await eventLogStore.assignPositions(100)
		const page = async (filter: object, after = 0, limit = 100) => {
			const { events, readTo } = await eventLogStore.readPage({ after, filter, limit }, 4)
			return [events.map(({ position }) => position), readTo]
		}
		expect(await page({})).toEqual([[1, 2, 3, 4], 4])
		expect(await page({}, 1, 2)).toEqual([[2, 3], 3])
		expect(await page({}, 4)).toEqual([[], 4])
		expect(await page({ types: ['mercat.order.paid.v1', 'mercat.order.placed.v1'] })).toEqual([[1, 2, 3], 4])
		expect(await page({ types: ['mercat.order.paid.v1'] }, 3)).toEqual([[], 4])
		expect(await page({ customerId: 'ann' }, 2)).toEqual([[3, 4], 4])
		expect(await page({ customerId: 'bob' })).toEqual([[], 4])
		expect(await page({ orderId: one })).toEqual([[1, 3], 4])
		expect(await page({ orderId: one }, 1)).toEqual([[3], 4])
		expect(await page({ orderId: one, types: ['mercat.order.cancelled.v1'] })).toEqual([[], 4])
	})

	test('deletes old events from its beginning, and remembers through which time', async () => {
		await using stores = await openStores(engine)
		const { eventLogStore, database } = stores
		for (let order = 0; order < 5; order++) await place(stores, randomUUID())
		await eventLogStore.assignPositions(100)
		expect(await eventLogStore.prune(hour, 100)).toBe(0)
		await database.query("update event set logged_at = logged_at - interval '2 hours' where position <= 3")
		expect(await eventLogStore.prune(hour, 2)).toBe(2)
		expect(await eventLogStore.prune(hour, 2)).toBe(1)
		expect(await eventLogStore.prune(hour, 2)).toBe(0)
		expect(await eventLogStore.ends()).toEqual({ first: 4, last: 5 })
		expect(
			await database.query("select pruned_before < clock_timestamp() - interval '1 hour' as old from event_log"),
		).toEqual([{ old: true }])
		expect(await eventLogStore.prune(-hour, 100)).toBe(2)
		expect(await eventLogStore.ends()).toEqual({ first: 6, last: 5 })
	})
})

describe('the log of events under transactions that overlap', () => {
	async function openTwo() {
		await using opened = new AsyncDisposableStack()
		const stores = opened.use(await openStores('postgres'))
		const second = opened.use(await openDatabase(stores.url, patient))
		const resources = opened.move()
		return { stores, second, [Symbol.asyncDispose]: () => resources.disposeAsync() }
	}
	/** A transaction that has paid an order and is not yet committed. */
	async function openPayment(database: Database, id: string) {
		const [committing, paid] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
		const done = database.transaction(async (transaction) => {
			await transaction.query(
				`update orders set status = 'paid', version = version + 1,
					history = history || '{"from": "placed", "to": "paid", "when": "2026-11-29T10:00:00Z", "who": "late", "messages": 1}'
				where id = $1`,
				[id],
			)
			paid.resolve()
			await committing.promise
		})
		await paid.promise
		return {
			commit(): Promise<void> {
				committing.resolve()
				return done
			},
		}
	}

	test('an open transaction delays its own event and no other, and the versions of an order ascend', async () => {
		await using two = await openTwo()
		const { stores, second } = two
		const [one, other] = [randomUUID(), randomUUID()] as const
		await place(stores, one, other)
		await stores.eventLogStore.assignPositions(100)

		const payment = await openPayment(second, one)
		await take(stores, other, 'pay')
		await take(stores, other, 'cancel')
		expect(await stores.eventLogStore.assignPositions(100)).toMatchObject({ events: 2 })
		// It waits for the lock that the open transaction holds. The order was read before, so it changes nothing.
		await payment.commit()
		await take(stores, one, 'cancel')
		expect(await stores.eventLogStore.assignPositions(100)).toMatchObject({ events: 2 })
		const names = namesOf(await readAll(stores))
		expect(names.slice(2)).toEqual([`${other} 2`, `${other} 3`, `${one} 2`, `${one} 3`])
	})

	test('a transaction that began before another one and changes the same order after it gets the later position', async () => {
		await using two = await openTwo()
		const { stores, second } = two
		const [id, unrelated] = [randomUUID(), randomUUID()] as const
		await place(stores, id, unrelated)
		const [began, paid] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
		const early = second.transaction(async (transaction) => {
			// It has a transaction id, a snapshot and an event before the other transaction begins.
			await transaction.query(
				`update orders set version = version + 1, status = 'paid',
					history = history || '{"from": "placed", "to": "paid", "when": "2026-11-29T10:00:00Z", "who": "early", "messages": 1}'
				where id = $1`,
				[unrelated],
			)
			began.resolve()
			await paid.promise
			await transaction.query(
				`update orders set version = version + 1, status = 'cancelled',
					history = history || '{"from": "paid", "to": "cancelled", "when": "2026-11-29T10:00:01Z", "who": "early", "messages": 1}'
				where id = $1`,
				[id],
			)
		})
		await began.promise
		await take(stores, id, 'pay')
		// The payment is logged or not when the earlier transaction commits.
		paid.resolve()
		await early
		await stores.eventLogStore.assignPositions(100)
		const names = namesOf(await readAll(stores)).filter((name) => name.startsWith(id))
		expect(names).toEqual([1, 2, 3].map((version) => `${id} ${version}`))
	})

	test('while one writer holds the log another one gives no positions, and does not wait', async () => {
		await using two = await openTwo()
		const { stores, second } = two
		await place(stores, randomUUID())
		const other = storesOn(second).eventLogStore
		await stores.database.transaction(async (transaction) => {
			await transaction.query('select from event_log for update')
			const refused = await other.assignPositions(100)
			expect(refused).toMatchObject({ events: 0, lastPosition: 0 })
			expect(refused.waitingS).toBeGreaterThan(0)
		})
		expect(await other.assignPositions(100)).toMatchObject({ events: 1, lastPosition: 1 })
	})

	test('many writers at once under load give each transition one position, and readers see no gap close', async () => {
		await using two = await openTwo()
		const { stores, second } = two
		const writers = [stores, storesOn(second)]
		let isPlacing = true
		const seen: string[] = []
		const reading = (async () => {
			let position = 0
			for (;;) {
				const isLast = !isPlacing
				for (const writer of writers) await Promise.all([1, 2].map(() => writer.eventLogStore.assignPositions(3)))
				const { last } = await stores.eventLogStore.ends()
				seen.push(...namesOf(await stores.eventLogStore.readBlock(position, last)))
				position = last
				if (isLast && (await stores.eventLogStore.assignPositions(3)).events === 0) return
			}
		})()
		const ids = Array.from({ length: 60 }, () => randomUUID())
		await Promise.all(
			ids.map(async (id, index) => {
				const mine = index % 2 === 0 ? stores : storesOn(second)
				await place(mine, id)
				await take(mine, id, 'pay')
				await take(mine, id, 'cancel')
			}),
		)
		isPlacing = false
		await reading
		const expected = ids.flatMap((id) => [1, 2, 3].map((version) => `${id} ${version}`))
		expect([...seen].sort()).toEqual([...expected].sort())
		for (const id of ids) {
			expect(seen.filter((name) => name.startsWith(id))).toEqual([1, 2, 3].map((version) => `${id} ${version}`))
		}
	})
})

test('the retention of the log leaves no hole, also when the clock of the database was wrong for a while', async () => {
	await using stores = await openStores('postgres')
	const { eventLogStore, placingStore, database } = stores
	for (let order = 0; order < 4; order++) await placingStore.insertOrders([orderWrite(randomUUID(), 'mine')])
	await eventLogStore.assignPositions(100)
	await database.query("update event set logged_at = logged_at - interval '1 day' where position in (2, 3)")
	await eventLogStore.prune(3_600_000, 100)
	const { first, last } = await eventLogStore.ends()
	const left = await eventLogStore.readBlock(0, last)
	expect(left.map(({ position }) => position)).toEqual(
		Array.from({ length: last - first + 1 }, (_, index) => first + index),
	)
})
