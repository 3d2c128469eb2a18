import { randomUUID } from 'node:crypto'
import { expect, test, vi } from 'vitest'
import { openEventStream } from '../../src/events/readers/event-stream.ts'
import { openStores } from '../open-stores.ts'
import { orderWrite } from '../order-write.ts'

test('a stream whose read waits its turn still sends a comment every 5 s', () => {
	vi.useFakeTimers({ toFake: ['performance'] })
	const written: string[] = []
	const stream = openEventStream(
		{
			readLog: () => new Promise(() => {}),
			turns: { wait: (turn) => void turn() },
			last: () => 10,
			onError: () => {},
		},
		{ after: 0, filter: { customerId: 'ann' }, expiresAt: Date.now() + 60_000, unreadMs: 50_000 },
		{ write: (text, done) => (written.push(text), done()), end: () => {}, destroy: () => {} },
	)
	for (let second = 0; second < 12; second++) {
		vi.advanceTimersByTime(1_000)
		stream.check()
	}
	vi.useRealTimers()
	expect(written.length).toBeGreaterThanOrEqual(3)
})

test('the retention leaves no hole, also when the clock of the database was wrong for a while', async () => {
	await using stores = await openStores('postgres')
	const { eventLogStore, placingStore, database } = stores
	for (let order = 0; order < 4; order++) await placingStore.insertOrders([orderWrite(randomUUID(), 'mine')])
	await eventLogStore.assignPositions(100)
	await database.query("update event set logged_at = logged_at - interval '1 day' where position in (2, 3)")
	await eventLogStore.prune(3_600_000, 100)
	const { first, last } = await eventLogStore.ends()
	const left = await eventLogStore.readBlock(0, last)
	expect(left.map(({ position }) => position)).toEqual(Array.from({ length: last - first + 1 }, (_, index) => first + index))
})
