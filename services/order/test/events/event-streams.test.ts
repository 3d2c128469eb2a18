import { register } from '@mercat/service/metrics'
import { eventually } from '@mercat/testing/eventually'
import { engines } from '@mercat/testing/test-database'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newCustomer, orderOf, type Services, severalTimes, startServices } from '../start-services.ts'
import { token } from '../tokens.ts'
import { type OpenStreamOptions, openStream } from './open-stream.ts'

const newReader = () => token(newCustomer(), 'events:read')
const staff = token('staff', 'orders:manage')

describe.each(engines)('the stream of events on %s', (engine) => {
	let services: Services
	let sku: string
	beforeAll(async () => {
		services = await startServices(engine)
		sku = await services.catalog.createProduct({ onHand: 100_000 })
	})
	afterAll(() => services[Symbol.asyncDispose]())

	const stream = (query = '', options: Partial<OpenStreamOptions> = {}) =>
		openStream(services.url, query, { token: newReader(), ...options })
	const readPage = async (query: string) => (await services.get(`/v1/events${query}`, { token: staff })).body
	const place = (count: number, customer = newCustomer()) =>
		severalTimes(count, async () => {
			const { status, body } = await services.place(orderOf(sku), { customer })
			expect(status).toBe(201)
			return body.id as string
		})
	const pay = (id: string) =>
		services.request('POST', `/v1/orders/${id}/pay`, { token: staff, body: { reference: 'p' } })

	test('has the events as pages have them, first the old ones and then each new one', async () => {
		const ids = await place(12)
		using reader = await stream()
		expect([reader.status, reader.headers['content-type']]).toEqual([200, 'text/event-stream; charset=utf-8'])
		await eventually(() => expect(reader.events().length).toBeGreaterThanOrEqual(12))
		for (const id of ids) await pay(id)
		const texts = () => reader.events().map(({ data }) => data ?? '')
		await eventually(() => {
			for (const id of ids) expect(texts().filter((text) => text.includes(`msg_${id}_`))).toHaveLength(2)
		})
		const { events } = await readPage('?limit=1000')
		expect(reader.events().map(({ id, event, data }) => ({ id, event, data: JSON.parse(data ?? '') }))).toEqual(
			// biome-ignore lint/suspicious/noExplicitAny: pages of JSON
			events.map(({ position, event }: any) => ({ id: position, event: event.type, data: event })),
		)
	})

	test('is counted while it is open', async () => {
		const isOpen = (count: number) =>
			eventually(async () => {
				const metric = await register.getSingleMetric('mercat_streams_open')?.get()
				expect(metric?.values).toMatchObject([{ value: count }])
			})
		await isOpen(0)
		{
			using _one = await stream()
			using _other = await stream()
			await isOpen(2)
		}
		await isOpen(0)
	})

	test('gives every event once to a reader that is cut again and again and changes to pages in between', async () => {
		const { next: start } = await readPage('?after=now')
		let position = start as string
		const seen: number[] = []
		const writing = place(60)
		while (seen.length < 60) {
			{
				using reader = await stream('?after=0', { headers: { 'last-event-id': position } })
				await eventually(() =>
					expect(reader.positions().length + seen.length).toBeGreaterThanOrEqual(Math.min(60, seen.length + 7)),
				)
				seen.push(...reader.positions())
				position = reader.lastId() ?? position
			}
			const page = await readPage(`?after=${position}&limit=5`)
			seen.push(...page.events.map((entry: { position: string }) => Number(entry.position)))
			position = page.next
		}
		await writing
		expect(seen).toEqual([...new Set(seen)].toSorted((one, other) => one - other))
		expect(seen).toHaveLength(60)
		expect(seen.at(-1)! - seen[0]!).toBe(59)
	})

	test('has only the events of its filter, and tells how far it has read', async () => {
		const customer = newCustomer()
		const [mine] = await place(1, customer)
		using reader = await stream(`?customerId=${customer}&types=mercat.order.placed.v1`)
		await reader.receive(1)
		await place(3)
		await pay(mine as string)
		await place(1, customer)
		await reader.receive(2)
		expect(reader.events().map(({ event }) => event)).toEqual(Array(2).fill('mercat.order.placed.v1'))
		const [, last] = await place(2)
		await eventually(async () => expect((await readPage(`?orderId=${last}`)).events).toHaveLength(1))
		const { next } = await readPage('?after=now')
		await eventually(() => expect(Number(reader.lastId())).toBeGreaterThanOrEqual(Number(next)))
		expect(reader.frames.at(-1)).toMatchObject({ comment: expect.any(String), id: expect.any(String) })
		expect(reader.events()).toHaveLength(2)
	})
})

test('orders are placed while 100 streams are open', async () => {
	await using services = await startServices('postgres')
	const sku = await services.catalog.createProduct()
	const streams = await severalTimes(100, () => openStream(services.url, '', { token: newReader() }))
	const placed = await severalTimes(30, () => services.place(orderOf(sku)))
	expect(new Set(placed.map(({ status }) => status))).toEqual(new Set([201]))
	await Promise.all(streams.map((stream) => stream.receive(30)))
	for (const each of streams) {
		expect(each.positions()).toEqual(streams[0]?.positions())
		each[Symbol.dispose]()
	}
})
