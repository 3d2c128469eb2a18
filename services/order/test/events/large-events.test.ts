import { randomUUID } from 'node:crypto'
import { openDatabase } from '@mercat/database/database'
import type { LogPart } from '@mercat/event-log/log-part'
import { eventually } from '@mercat/testing/eventually'
import { engines } from '@mercat/testing/test-database'
import { describe, expect, test } from 'vitest'
import { openEventTail } from '../../src/events/event-tail.ts'
import { createLogReader, type ReadLogOptions } from '../../src/events/log-reader.ts'
import type { EventFilter, LoggedEvent } from '../../src/events/logged-event.ts'
import { openStores, storesOn } from '../open-stores.ts'
import { largeOrderWrite } from '../order-write.ts'
import { startServices } from '../start-services.ts'
import { token } from '../tokens.ts'

const reader = token('warehouse', 'events:read')
const largestPage = 2_100_000

const largeOrders = (count: number) => Array.from({ length: count }, () => largeOrderWrite(randomUUID()))
const bytesOf = ({ events }: LogPart<LoggedEvent>) =>
	events.reduce((bytes, { text }) => bytes + Buffer.byteLength(text), 0)

describe.each(engines)('a log of large events on %s', (engine) => {
	/** A log of 140 large events. Its reader records how many events each read of the database brings. */
	async function openLog(options: Pick<ReadLogOptions, 'farFrom'>) {
		await using opened = new AsyncDisposableStack()
		const { database, eventLogStore, placingStore } = opened.use(await openStores(engine))
		for (let batch = 0; batch < 7; batch++) await placingStore.insertOrders(largeOrders(20))
		await eventLogStore.assignPositions(1_000)
		// Far from the end, and never near to it.
		await database.query('update event_log set last_position = 5000')
		const tail = opened.use(await openEventTail({ ...eventLogStore, onPositions: () => () => {} }))
		const reads: number[] = []
		const readLog = createLogReader(
			{
				tail,
				async readPage(...query) {
					const part = await eventLogStore.readPage(...query)
					reads.push(part.events.length)
					return part
				},
			},
			{ most: 1, rests: false, ...options },
		)
		const resources = opened.move()
		return { readLog, reads, [Symbol.asyncDispose]: () => resources.disposeAsync() }
	}

	test.each<['database' | 'tail', EventFilter]>([
		['database', {}],
		['database', { customerId: 'ann' }],
		['tail', {}],
	])('is read from the %s in parts of bounded size: %j', async (farFrom, filter) => {
		await using log = await openLog({ farFrom })
		const positions: number[] = []
		for (let after = 0; after < 140; ) {
			const part = await log.readLog({ after, filter, limit: 1_000, mostBytes: 1_000_000 })
			expect(bytesOf(part)).toBeLessThan(1_100_000)
			expect(part.readTo).toBeGreaterThan(after)
			positions.push(...part.events.map((event) => event.position))
			after = part.readTo
		}
		expect(positions).toEqual(Array.from({ length: 140 }, (_, index) => index + 1))
		expect(Math.max(0, ...log.reads)).toBeLessThanOrEqual(100)
		const first = await log.readLog({ after: 0, filter, limit: 1_000, mostBytes: 1 })
		expect([first.events.length, first.readTo]).toEqual([1, 1])
	})
})

/** A service with a log of `count` large events. */
async function startWithLargeEvents(count: number) {
	await using opened = new AsyncDisposableStack()
	const services = opened.use(await startServices('postgres'))
	const database = opened.use(await openDatabase(services.orderDatabaseUrl))
	const { placingStore } = storesOn(database)
	for (let written = 0; written < count; written += 20) await placingStore.insertOrders(largeOrders(20))
	const page = (query = '') => services.get(`/v1/events?limit=1000${query}`, { token: reader })
	await eventually(async () => expect((await page('&after=now')).body.next).toBe(`${count}`))
	const resources = opened.move()
	return { page, [Symbol.asyncDispose]: () => resources.disposeAsync() }
}

test('a page ends at about 2 MB, and the pages after it have the rest', async () => {
	await using log = await startWithLargeEvents(80)
	const positions: string[] = []
	const sizes: number[] = []
	let after = '0'
	for (let isCaughtUp = false; !isCaughtUp; ) {
		const { text, body } = await log.page(`&after=${after}`)
		sizes.push(text.length)
		positions.push(...body.events.map(({ position }: { position: string }) => position))
		after = body.next
		isCaughtUp = body.caughtUp
	}
	expect(positions).toEqual(Array.from({ length: 80 }, (_, index) => `${index + 1}`))
	expect(Math.max(...sizes)).toBeLessThan(largestPage)
	expect(sizes[0]).toBeGreaterThan(1_900_000)
})
