import { openDatabase } from '@mercat/database/database'
import { expect, test } from 'vitest'
import { newCustomer, orderOf, startServices } from '../start-services.ts'
import { token } from '../tokens.ts'
import { openStream } from './open-stream.ts'

/** A service with a log of three events. */
async function startWithEvents() {
	await using opened = new AsyncDisposableStack()
	const services = opened.use(await startServices('postgres'))
	const database = opened.use(await openDatabase(services.orderDatabaseUrl))
	const sku = await services.catalog.createProduct()
	const reader = token('warehouse', 'events:read')
	const streamAfter = (position: string) =>
		openStream(services.url, '', { token: reader, headers: { 'last-event-id': position } })
	async function place(): Promise<string> {
		const { status, body } = await services.place(orderOf(sku), { customer: newCustomer() })
		expect(status).toBe(201)
		return body.id
	}
	for (let count = 0; count < 3; count++) await place()
	const resources = opened.move()
	return {
		place,
		streamAfter,
		pageAfter: (position: string, headers = {}) =>
			services.get(`/v1/events?after=${position}`, { token: reader, headers }),
		/** Loses the events after a position, as a failover to a replica that was behind does. */
		async loseAfter(position: number): Promise<void> {
			await database.transaction(async (transaction) => {
				await transaction.query('select from event_log for update')
				await transaction.query('delete from event where position > $1', [position])
				await transaction.query('update event_log set last_position = $1', [position])
			})
		},
		[Symbol.asyncDispose]: () => resources.disposeAsync(),
	}
}

test('when the last events are lost, streams end, and their readers learn that their position is gone', async () => {
	await using log = await startWithEvents()
	using stream = await log.streamAfter('0')
	await stream.receive(3)
	await log.loseAfter(1)
	expect(await stream.untilEnded()).toBe('complete')
	expect(stream.frames.at(-1)).toEqual({ comment: 'the last events were lost', id: '3' })
	const { status, body } = await log.pageAfter('0', { accept: 'text/event-stream', 'last-event-id': '3' })
	expect([status, body.code]).toEqual([400, 'INVALID_REQUEST'])
	expect(body.errors).toMatchObject([{ pointer: '#/headers/last-event-id', code: 'position' }])
})

test('readers from an earlier position on get the events that have the lost positions now', async () => {
	await using log = await startWithEvents()
	using before = await log.streamAfter('0')
	await before.receive(3)
	await log.loseAfter(1)
	await before.untilEnded()
	using stream = await log.streamAfter('1')
	const placed = [await log.place(), await log.place(), await log.place()]
	await stream.receive(3)
	expect(stream.positions()).toEqual([2, 3, 4])
	const subjects = stream.events().map(({ data }) => JSON.parse(data ?? '').subject)
	expect(subjects.toSorted()).toEqual(placed.toSorted())
	const { body } = await log.pageAfter('1')
	const onPage = body.events.map(({ event }: { event: { subject: string } }) => event.subject)
	expect(onPage).toEqual(subjects)
})
