import { randomUUID } from 'node:crypto'
import { type Database, openDatabase } from '@mercat/database/database'
import { eventually } from '@mercat/testing/eventually'
import { engines } from '@mercat/testing/test-database'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expectInvalid } from '../expect-invalid.ts'
import { storesOn } from '../open-stores.ts'
import { orderWrite } from '../order-write.ts'
import { newCustomer, orderOf, type Services, startServices } from '../start-services.ts'
import { token } from '../tokens.ts'
import { prepareDatabase } from '../webhooks/prepared-database.ts'

const staff = token('staff', 'orders:manage')
const orderIds = Array.from({ length: 50 }, () => randomUUID())

// Each order has a command that waits and one that is dead, all of one moment. The commands wait for a time far away, so that
// the service leaves them alone.
async function plantCommands(database: Database): Promise<void> {
	await storesOn(database).placingStore.insertOrders(orderIds.map((id) => orderWrite(id, 'mine')))
	await database.query(
		`insert into outbox (order_id, version, destination, type, state, attempts, created_at, next_attempt_at, settled_at, last_error)
		select id, message.version, destination, type, message.state, 7, '2026-01-02T03:04:05.678Z', '2999-01-01',
			case when message.state <> 'pending' then clock_timestamp() end, case when message.state = 'dead' then 'RESERVATION_NOT_FOUND' end
		from orders cross join (values
			(2, 'catalog', 'commit', 'dead'), (3, 'catalog', 'release', 'pending'), (4, 'catalog', 'release', 'delivered'),
			(2, 'https://gone.example/', 'order.paid', 'dead')
		) as message (version, destination, type, state)`,
	)
}

describe.each(engines)('the outbox over the API on %s', (engine) => {
	let database: Awaited<ReturnType<typeof prepareDatabase>>
	let services: Services
	beforeAll(async () => {
		database = await prepareDatabase(engine, plantCommands)
		services = await startServices(engine, { databaseUrl: database.url })
	})
	afterAll(async () => {
		await services?.[Symbol.asyncDispose]()
		await database?.[Symbol.asyncDispose]()
	})

	const list = (query = '', as = staff) => services.get(`/v1/outbox${query}`, { token: as })
	const redrive = (body?: object, as = staff) => services.request('POST', '/v1/outbox/redrive', { token: as, body })

	async function readPages(query: string): Promise<{ id: string; orderId: string; state: string }[][]> {
		const pages = []
		let pageToken = ''
		do {
			const { status, body } = await list(`?${query}&pageToken=${pageToken}`)
			expect(status).toBe(200)
			pages.push(body.messages)
			pageToken = body.nextPageToken
		} while (pageToken !== '')
		return pages
	}

	test('staff lists the commands that wait or are dead, and no message to a webhook of an earlier version', async () => {
		const { body } = await list('?pageSize=100')
		expect(body.nextPageToken).toBe('')
		expect(body.messages).toHaveLength(100)
		const common = { id: expect.stringMatching(/^\d+$/), attempts: 7, createdAt: '2026-01-02T03:04:05.678Z' }
		expect(body.messages.filter(({ orderId }: { orderId: string }) => orderId === orderIds[0])).toEqual([
			{
				...common,
				orderId: orderIds[0],
				version: 2,
				type: 'commit',
				state: 'dead',
				nextAttemptAt: null,
				lastError: 'RESERVATION_NOT_FOUND',
			},
			{
				...common,
				orderId: orderIds[0],
				version: 3,
				type: 'release',
				state: 'pending',
				nextAttemptAt: '2999-01-01T00:00:00.000Z',
				lastError: null,
			},
		])
	})

	test('the pages of the outbox have every command once, the oldest first, although all have the same time', async () => {
		const pages = await readPages('pageSize=30')
		expect(pages.map(({ length }) => length)).toEqual([30, 30, 30, 10])
		const ids = pages.flat().map(({ id }) => Number(id))
		expect(ids).toEqual([...new Set(ids)].toSorted((one, other) => one - other))
		const dead = await readPages('pageSize=30&state=dead')
		expect(dead.map(({ length }) => length)).toEqual([30, 20])
		expect(new Set(dead.flat().map(({ state }) => state))).toEqual(new Set(['dead']))
		expect((await readPages('state=pending')).map(({ length }) => length)).toEqual([20, 20, 10])
	})

	test('a page token of the outbox is refused with another state, and when it is made up', async () => {
		const { nextPageToken } = (await list('?state=dead&pageSize=1')).body
		await expectInvalid(list(`?pageToken=${nextPageToken}`), '#/pageToken')
		await expectInvalid(list(`?state=pending&pageToken=${nextPageToken}`), '#/pageToken')
		await expectInvalid(list('?pageToken=made-up'), '#/pageToken')
		await expectInvalid(list('?state=delivered'), '#/state')
		await expectInvalid(list('?limit=5'), '#/limit')
	})

	test('a page token of the orders is no page token of the outbox, whatever the customer is called', async () => {
		const orders = (query: string) => services.get(`/v1/orders?customerId=outbox${query}`, { token: staff })
		const sku = await services.catalog.createProduct()
		for (let time = 0; time < 2; time++) await services.place(orderOf(sku), { customer: 'outbox' })
		const { nextPageToken } = (await orders('&pageSize=1')).body
		expect(nextPageToken).not.toBe('')
		expect(await orders(`&pageToken=${nextPageToken}`)).toMatchObject({ status: 200 })
		await expectInvalid(list(`?pageToken=${nextPageToken}`), '#/pageToken')
		const ofOutbox = (await list('?pageSize=1')).body.nextPageToken
		await expectInvalid(orders(`&pageToken=${ofOutbox}`), '#/pageToken')
	})

	test('a customer gets 403 for the outbox, and nobody gets 401', async () => {
		const customer = token(newCustomer())
		expect(await list('', customer)).toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } })
		expect(await redrive({}, customer)).toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } })
		expect(await services.get('/v1/outbox')).toMatchObject({ status: 401 })
		expect(await services.request('POST', '/v1/outbox/redrive')).toMatchObject({ status: 401 })
	})

	test.each([
		[{ orderId: 'any' }, '#/orderId'],
		[{ orderId: `urn:uuid:${randomUUID()}` }, '#/orderId'],
		[{ orderId: null }, '#/orderId'],
		[{ id: '1' }, '#/id'],
	])('the wish to send %j again is refused with the place %s', (body, pointer) => expectInvalid(redrive(body), pointer))

	test('the dead command of one order is sent again, and then those of all; messages to webhooks stay dead', async () => {
		const [orderId] = orderIds
		expect(await redrive({ orderId: randomUUID() })).toMatchObject({ status: 200, body: { redriven: 0 } })
		expect(await redrive({ orderId: orderId?.toUpperCase() })).toMatchObject({ status: 200, body: { redriven: 1 } })
		expect(await redrive()).toMatchObject({ status: 200, body: { redriven: 49 } })
		// The catalog has no reservation of these orders, so it refuses each command, and they are dead again.
		await eventually(async () => {
			const dead = (await readPages('pageSize=100&state=dead')).flat()
			expect(dead).toEqual(orderIds.map(() => expect.objectContaining({ attempts: 1, version: 2 })))
		})
	})
})

test('a command that is sent again reaches the catalog at once', async () => {
	await using services = await startServices('postgres')
	await using database = await openDatabase(services.orderDatabaseUrl)
	const { id } = (await services.place(orderOf(await services.catalog.createProduct()))).body
	await services.request('POST', `/v1/orders/${id}/pay`, { token: staff, body: { reference: 'bank-1' } })
	const commands = async () => (await services.get(`/v1/orders/${id}/events`, { token: staff })).body.commands
	await eventually(async () => expect(await commands()).toMatchObject([{ type: 'commit', state: 'delivered' }]))
	await database.query("update outbox set state = 'dead', attempts = 9, last_error = 'UNKNOWN'")

	const answer = await services.request('POST', '/v1/outbox/redrive', { token: staff, body: { orderId: id } })
	expect(answer).toMatchObject({ status: 200, body: { redriven: 1 } })
	await eventually(async () => {
		expect(await commands()).toMatchObject([{ state: 'delivered', attempts: 1, nextAttemptAt: null }])
	})
})
