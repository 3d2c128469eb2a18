import { randomUUID } from 'node:crypto'
import { engines } from '@mercat/testing/test-database'
import { describe, expect, test } from 'vitest'
import { openEventTail } from '../../src/events/event-tail.ts'
import { createLogReader, type ReadLog, type ReadLogNeeds } from '../../src/events/log-reader.ts'
import type { EventFilter } from '../../src/events/logged-event.ts'
import { openStores } from '../open-stores.ts'
import { orderWrite } from '../order-write.ts'

const placedType = 'mercat.order.placed.v1'
const paidType = 'mercat.order.paid.v1'

/** A log of `count` orders. The first is paid after half of them. */
async function openLog(engine: (typeof engines)[number], count: number) {
	await using opened = new AsyncDisposableStack()
	const stores = opened.use(await openStores(engine))
	const { eventLogStore, placingStore, readingStore, transitionStore } = stores
	const [first, ...others] = Array.from({ length: count }, () => randomUUID()) as [string, ...string[]]
	const place = (ids: string[]) => placingStore.insertOrders(ids.map((id) => orderWrite(id, 'mine')))
	await place([first, ...others.slice(0, count / 2)])
	const order = await readingStore.findOrder({ id: first, owner: undefined })
	if (order === undefined) throw new Error('the order was not placed')
	await transitionStore.writeTransition({ order, action: 'pay', who: 'tester', reference: 'p' })
	await place(others.slice(count / 2))
	await eventLogStore.assignPositions(1_000)
	const pages: number[] = []
	const tail = opened.use(await openEventTail({ ...eventLogStore, onPositions: () => () => {} }))
	const needs: ReadLogNeeds = {
		tail,
		readPage(query, ...rest) {
			pages.push(query.after)
			return eventLogStore.readPage(query, ...rest)
		},
	}
	const readLog = createLogReader(needs, { most: 1, rests: true, farFrom: 'tail' })
	const readPages = createLogReader(needs, { most: 1, rests: false, farFrom: 'database' })
	const resources = opened.move()
	return { ...stores, first, tail, readLog, readPages, pages, [Symbol.asyncDispose]: () => resources.disposeAsync() }
}

async function readAll(readLog: ReadLog, filter: EventFilter, last: number, limit = 100): Promise<number[]> {
	const positions: number[] = []
	for (let position = 0; position < last; ) {
		const { events, readTo } = await readLog({ after: position, filter, limit })
		expect(readTo).toBeGreaterThan(position)
		positions.push(...events.map((event) => event.position))
		position = readTo
	}
	return positions
}

describe.each(engines)('a reader of the log on %s', (engine) => {
	test('gets the events of a filter once each, far from the end and near to it', async () => {
		await using log = await openLog(engine, 2_400)
		const last = log.tail.last()
		expect(last).toBe(2_401)
		const paid = await readAll(log.readLog, { types: [paidType] }, last)
		expect(paid).toHaveLength(1)
		expect(log.pages).toEqual([0])
		expect(await readAll(log.readLog, { types: [paidType, placedType], orderId: log.first }, last, 1)).toHaveLength(2)
		const placed = await readAll(log.readLog, { types: [placedType] }, last)
		expect(placed).toHaveLength(2_400)
		expect(placed).toEqual([...new Set(placed)].toSorted((one, other) => one - other))
		const everything = Array.from({ length: last }, (_, index) => index + 1)
		log.pages.length = 0
		expect(await readAll(log.readLog, {}, last, 7)).toEqual(everything)
		expect(log.pages).toEqual([])
		expect(await readAll(log.readPages, {}, last, 500)).toEqual(everything)
		expect(log.pages).toEqual(Array.from({ length: 15 }, (_, piece) => piece * 100))
	})

	test('is told when the events after its position are deleted, also while it reads', async () => {
		await using log = await openLog(engine, 2_400)
		await log.database.query('delete from event where position <= 250')
		const read = (after: number, filter: EventFilter = {}) => log.readLog({ after, filter, limit: 10 })
		for (const filter of [{}, { types: [placedType] }, { orderId: log.first }, { customerId: 'ann' }]) {
			for (const after of [0, 120, 249]) {
				await expect(read(after, filter), JSON.stringify(filter)).rejects.toMatchObject({ first: 251 })
				const page = log.readPages({ after, filter, limit: 10 })
				await expect(page, JSON.stringify(filter)).rejects.toMatchObject({ first: 251 })
			}
		}
		expect((await read(250)).events[0]?.position).toBe(251)
		expect((await read(250, { customerId: 'ann' })).events[0]?.position).toBe(251)
	})
})
