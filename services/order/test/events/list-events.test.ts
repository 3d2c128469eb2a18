import { randomUUID } from 'node:crypto'
import { openDatabase } from '@mercat/database/database'
import { eventually } from '@mercat/testing/eventually'
import { engines } from '@mercat/testing/test-database'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newCustomer, orderOf, type Services, severalTimes, startServices } from '../start-services.ts'
import { token } from '../tokens.ts'

const reader = token('warehouse', 'events:read')
const staff = token('staff', 'orders:manage')

type Entry = { position: string; event: { id: string; type: string; data: { customerId: string; id: string } } }
type Page = { events: Entry[]; next: string; caughtUp: boolean }

describe.each(engines)('pages of events on %s', (engine) => {
	let services: Services
	let sku: string
	beforeAll(async () => {
		services = await startServices(engine)
		sku = await services.catalog.createProduct()
	})
	afterAll(() => services[Symbol.asyncDispose]())

	const get = (query: string) => services.get(`/v1/events${query}`, { token: reader })

	async function page(query: string): Promise<Page> {
		const { status, body } = await get(query)
		expect(status, JSON.stringify(body)).toBe(200)
		return body
	}

	/** Waits until the log has an event that fits. */
	const pageWith = (query: string, count: number) =>
		eventually(async () => {
			const found = await page(query)
			if (found.events.length < count) throw new Error(`${found.events.length} of ${count} events`)
			return found
		})

	async function placeOne(customer = newCustomer()) {
		const { status, body } = await services.place(orderOf(sku), { customer })
		expect(status).toBe(201)
		return body
	}
	const act = (id: string, action: string, body?: unknown) =>
		services.request('POST', `/v1/orders/${id}/${action}`, { token: staff, body })

	async function readAll(query = '', limit = 3): Promise<Entry[]> {
		const entries: Entry[] = []
		let { next, caughtUp, events } = await page(`?limit=${limit}${query}`)
		entries.push(...events)
		while (!caughtUp) {
			;({ next, caughtUp, events } = await page(`?limit=${limit}&after=${next}${query}`))
			entries.push(...events)
		}
		return entries
	}

	test('a reader that pages from the beginning gets each transition once, in ascending positions', async () => {
		const orders = await severalTimes(7, () => placeOne())
		for (const { id } of orders) await act(id, 'pay', { reference: 'p' })
		await eventually(async () => {
			const entries = await readAll()
			const ids = entries.map(({ event }) => event.id)
			expect(ids).toEqual([...new Set(ids)])
			expect(ids).toEqual(expect.arrayContaining(orders.flatMap(({ id }) => [`msg_${id}_1`, `msg_${id}_2`])))
			const positions = entries.map(({ position }) => Number(position))
			expect(positions).toEqual(positions.toSorted((one, other) => one - other))
		})
	})

	test('a reader from now gets only the events that come later', async () => {
		const { events, next, caughtUp } = await page('?after=now')
		expect({ events, caughtUp }).toEqual({ events: [], caughtUp: true })
		const { id } = await placeOne()
		const later = await pageWith(`?after=${next}&orderId=${id}`, 1)
		expect(later.events.map(({ event }) => event.id)).toEqual([`msg_${id}_1`])
	})

	test('a position has the same event, byte for byte, after the order has changed', async () => {
		const { id } = await placeOne()
		const { events } = await pageWith(`?orderId=${id}`, 1)
		const before = Number(events[0]?.position) - 1
		const asked = () => get(`?after=${before}&limit=1`)
		const early = await asked()
		await act(id, 'pay', { reference: 'p' })
		await act(id, 'cancel')
		await pageWith(`?orderId=${id}`, 3)
		expect((await asked()).text.slice(0, early.text.indexOf('],"next"'))).toBe(
			early.text.slice(0, early.text.indexOf('],"next"')),
		)
	})

	test('a filter finds the events of a customer, of an order and of types', async () => {
		const customer = newCustomer()
		const [one, two] = [await placeOne(customer), await placeOne(customer)]
		await act(one.id, 'cancel')
		const types = (entries: Entry[]) => entries.map(({ event }) => event.type.split('.')[2])
		const own = await pageWith(`?customerId=${customer}`, 3)
		expect(types(own.events)).toEqual(['placed', 'placed', 'cancelled'])
		expect(types(await readAll(`&customerId=${customer}`, 1))).toEqual(types(own.events))
		const ofOrder = await page(`?orderId=${one.id.toUpperCase()}`)
		expect(types(ofOrder.events)).toEqual(['placed', 'cancelled'])
		const placed = 'mercat.order.placed.v1'
		const cancelled = 'mercat.order.cancelled.v1'
		for (const [query, found] of [
			[`types=${placed}`, ['placed', 'placed']],
			[`types=${placed},${cancelled}`, ['placed', 'placed', 'cancelled']],
			[`types=${placed}&types=${cancelled}`, ['placed', 'placed', 'cancelled']],
			[`types=*`, ['placed', 'placed', 'cancelled']],
			[`types=mercat.order.expired.v1`, []],
			[`types=${placed}&orderId=${two.id}`, ['placed']],
		] as const) {
			expect(types((await page(`?customerId=${customer}&${query}`)).events), query).toEqual(found)
		}
		const nothing = await page(`?customerId=${newCustomer()}`)
		expect(nothing).toEqual({ events: [], next: own.next, caughtUp: true })
		const ofNoOrder = await page(`?orderId=${randomUUID()}`)
		expect(ofNoOrder.events).toEqual([])
	})

	test.each(['abc', '-1', '1.5', '01', '9007199254740992', '9999999999999999', ' ', '1e3', '0x1', 'NOW'])(
		'the made-up position "%s" gets 400',
		async (position) => {
			const { status, body } = await get(`?after=${encodeURIComponent(position)}`)
			expect(status).toBe(400)
			expect(body.errors).toMatchObject([{ pointer: '#/after' }])
		},
	)

	test('a position beyond the end gets 400, and the end is a position', async () => {
		const { next } = await page('?after=now')
		expect(await page(`?after=${next}`)).toMatchObject({ events: [], caughtUp: true })
		const beyond = await get(`?after=${Number(next) + 1_000_000}`)
		expect(beyond).toMatchObject({ status: 400, body: { errors: [{ pointer: '#/after', code: 'position' }] } })
	})

	test.each([
		'types=mercat.order.placed',
		'orderId=1',
		'customerId=',
		'limit=-1',
		'limit=x',
		'other=1',
		'after=1&after=2',
	])('the query %s gets 400', async (query) => {
		expect(await get(`?${query}`)).toMatchObject({ status: 400, body: { code: 'INVALID_REQUEST' } })
	})

	test('the refusal of an unknown type names the types', async () => {
		const { body } = await get('?types=order.placed')
		expect(body.errors[0].detail).toMatch(/^must be one of \*, mercat\.order\.placed\.v1, mercat\.order\.paid\.v1/)
	})

	test('a token of a customer does not read the log, and one of staff does', async () => {
		expect(await services.get('/v1/events')).toMatchObject({ status: 401 })
		const refused = await services.get('/v1/events', { token: token(newCustomer()) })
		expect(refused).toMatchObject({ status: 403, body: { detail: expect.stringContaining('events:read') } })
		expect(await services.get('/v1/events', { token: staff })).toMatchObject({ status: 200 })
	})

	test('HEAD has the headers of a page, and other methods get 405', async () => {
		const { status, headers } = await services.request('HEAD', '/v1/events', { token: reader })
		expect([status, headers.get('content-type')]).toEqual([200, 'application/json; charset=utf-8'])
		expect(headers.get('cache-control')).toBe('no-store')
		expect(headers.get('vary')).toBe('Accept')
		for (const method of ['POST', 'DELETE', 'OPTIONS']) {
			const refused = await services.request(method, '/v1/events', { token: reader })
			expect([refused.status, refused.headers.get('allow')], method).toEqual([405, 'GET, HEAD'])
		}
	})
})

test('every process has the same event at a position', async () => {
	await using services = await startServices('postgres')
	await using other = await startServices('postgres', { databaseUrl: services.orderDatabaseUrl })
	const sku = await services.catalog.createProduct()
	await severalTimes(5, () => services.place(orderOf(sku)))
	const read = ({ get }: Services) => get('/v1/events', { token: reader })
	await eventually(async () => expect((await read(services)).body.events).toHaveLength(5))
	expect((await read(other)).text).toBe((await read(services)).text)
})

test('a position before the first event that is left gets 410 with that event', async () => {
	await using opened = new AsyncDisposableStack()
	const services = opened.use(await startServices('postgres'))
	const database = opened.use(await openDatabase(services.orderDatabaseUrl))
	const sku = await services.catalog.createProduct()
	await severalTimes(5, () => services.place(orderOf(sku)))
	const read = (query: string) => services.get(`/v1/events${query}`, { token: reader })
	await eventually(async () => expect((await read('')).body.events).toHaveLength(5))

	await database.query('delete from event where position <= 3')
	for (const after of ['0', '1', '2']) {
		const { status, body } = await read(`?after=${after}`)
		expect([status, body.code, body.first]).toEqual([410, 'POSITION_EXPIRED', '4'])
		const headers = { accept: 'text/event-stream', 'last-event-id': after }
		expect(await services.get('/v1/events', { token: reader, headers })).toMatchObject({ status: 410 })
	}
	expect((await read('?after=3')).body.events).toHaveLength(2)
	expect((await read('')).body.events).toHaveLength(2)

	await database.query('delete from event')
	expect(await read('?after=4')).toMatchObject({ status: 410, body: { first: '6' } })
	for (const query of ['', '?after=5', '?after=now']) {
		expect((await read(query)).body, query).toEqual({ events: [], next: '5', caughtUp: true })
	}
})
