import { openDatabase } from '@mercat/database/database'
import { eventually } from '@mercat/testing/eventually'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newCustomer, orderOf, type Services, severalTimes, startServices } from '../start-services.ts'
import { token, tokenUntil } from '../tokens.ts'
import { type OpenStreamOptions, openStream } from './open-stream.ts'

const newReader = () => token(newCustomer(), 'events:read')

describe('the connection of a stream', () => {
	let services: Services
	beforeAll(async () => {
		services = await startServices('postgres')
	})
	afterAll(() => services[Symbol.asyncDispose]())

	const stream = (options: Partial<OpenStreamOptions> = {}) =>
		openStream(services.url, '?after=now', { token: newReader(), ...options })
	const endOfLog = async () => (await services.get('/v1/events?after=now', { token: newReader() })).body.next

	test('has headers that keep caches, proxies and pages of strangers away', async () => {
		using reader = await stream()
		expect(reader.headers).toMatchObject({
			'cache-control': 'no-store',
			'x-accel-buffering': 'no',
			'x-content-type-options': 'nosniff',
			vary: 'Accept',
			connection: 'close',
		})
		await eventually(() =>
			expect(reader.frames[0]).toMatchObject({ retry: '1000', id: expect.stringMatching(/^\d+$/) }),
		)
	})

	test('sends a comment every 5 s, and stays open longer than an idle connection', async () => {
		using reader = await stream()
		const openedAt = performance.now()
		const comments = () => reader.frames.filter(({ comment }) => comment !== undefined)
		await eventually(() => expect(comments().length).toBeGreaterThanOrEqual(2), { timeout: 13_000 })
		expect(performance.now() - openedAt).toBeGreaterThan(9_500)
		const { body } = await services.place(orderOf(await services.catalog.createProduct()))
		await reader.receive(1)
		expect(reader.events()[0]?.data).toContain(body.id)
	})

	test('ends when its token does, with its position', async () => {
		const untilS = Math.floor(Date.now() / 1000) + 4
		const clockSkewS = 30
		using reader = await stream({ token: tokenUntil(untilS - clockSkewS, 'events:read') })
		expect(reader.status).toBe(200)
		expect(await reader.untilEnded()).toBe('complete')
		expect(Date.now() / 1000).toBeGreaterThanOrEqual(untilS)
		expect(reader.frames.at(-1)).toEqual({ comment: 'the token has expired', id: reader.frames[0]?.id })
	})

	test.each(['abc', '-1', '01', '9007199254740992', 'now', '9007199254740991'])(
		'the made-up Last-Event-ID "%s" gets 400, and counts more than a good position',
		async (position) => {
			const headers = { accept: 'text/event-stream', 'last-event-id': position }
			const answer = await services.get('/v1/events?after=0', { token: newReader(), headers })
			expect(answer).toMatchObject({ status: 400, body: { errors: [{ pointer: '#/headers/last-event-id' }] } })
		},
	)

	test('HEAD has the headers of a stream and ends at once', async () => {
		const head = await services.request('HEAD', '/v1/events', {
			token: newReader(),
			headers: { accept: 'text/event-stream' },
		})
		expect([head.status, head.headers.get('content-type')]).toEqual([200, 'text/event-stream; charset=utf-8'])
	})

	test('HTTP/1.0 has a stream without chunks', async () => {
		const next = await endOfLog()
		const untilS = Math.floor(Date.now() / 1000) + 4
		const head = [
			'GET /v1/events?after=now HTTP/1.0',
			`authorization: Bearer ${tokenUntil(untilS - 30, 'events:read')}`,
			'accept: text/event-stream',
		]
		const answer = await services.exchange(`${head.join('\r\n')}\r\n\r\n`)
		expect([answer.status, answer.closed, answer.headers.get('transfer-encoding')]).toEqual([200, true, null])
		expect(answer.text).toMatch(`retry: 1000\nid: ${next}\n\n`)
		expect(answer.text.endsWith(`: the token has expired\nid: ${next}\n\n`)).toBe(true)
	})

	test('a token in the query does not sign in', async () => {
		const answer = await services.get(`/v1/events?access_token=${newReader()}`, {
			headers: { accept: 'text/event-stream' },
		})
		expect(answer.status).toBe(401)
	})
})

test('a stream stays open while the log cannot be read, and goes on afterwards', async () => {
	await using opened = new AsyncDisposableStack()
	const services = opened.use(await startServices('postgres'))
	const database = opened.use(await openDatabase(services.orderDatabaseUrl))
	const sku = await services.catalog.createProduct()
	await severalTimes(3, () => services.place(orderOf(sku)))
	await eventually(async () => {
		expect(await database.query('select last_position from event_log')).toEqual([{ last_position: 3 }])
	})
	await database.query('alter table orders rename to moved')
	using reader = await openStream(services.url, '', { token: newReader() })
	await eventually(() => expect(reader.frames.length).toBeGreaterThanOrEqual(2))
	expect(reader.frames[1]).toEqual({ comment: 'nothing new', id: '0' })
	await database.query('alter table moved rename to orders')
	await reader.receive(3)
})

describe('the limit of streams', () => {
	test('a customer has at most five, with all tokens together, and gets a place back when a stream is closed', async () => {
		await using services = await startServices('postgres')
		const customer = newCustomer()
		const open = (subject = customer) =>
			openStream(services.url, '?after=now', { token: token(subject, 'events:read') })
		const streams = await severalTimes(5, () => open())
		using sixth = await open()
		expect([sixth.status, Number(sixth.headers['retry-after'])]).toEqual([429, 5])
		using other = await open(newCustomer())
		expect(other.status).toBe(200)
		streams[2]?.[Symbol.dispose]()
		await eventually(async () => {
			using again = await open()
			expect(again.status).toBe(200)
		})
		const page = await services.get('/v1/events', { token: token(customer, 'events:read') })
		expect(page.status).toBe(200)
		for (const each of streams) each[Symbol.dispose]()
	})

	test('a process has at most MAX_STREAMS', async () => {
		await using services = await startServices('postgres', { env: { MAX_STREAMS: '2' } })
		using first = await openStream(services.url, '', { token: newReader() })
		using second = await openStream(services.url, '', { token: newReader() })
		expect([first.status, second.status]).toEqual([200, 200])
		const refused = await services.get('/v1/events', { token: newReader(), headers: { accept: 'text/event-stream' } })
		expect(refused).toMatchObject({ status: 429, body: { code: 'TOO_MANY_STREAMS' } })
	})
})

describe('a shutdown', () => {
	test('ends every stream within a second, with its position, while requests are still answered', async () => {
		await using services = await startServices('postgres')
		const sku = await services.catalog.createProduct()
		await severalTimes(3, () => services.place(orderOf(sku)))
		using reader = await openStream(services.url, '', { token: newReader() })
		using filtered = await openStream(services.url, '?types=mercat.order.paid.v1', { token: newReader() })
		await reader.receive(3)
		await eventually(() => expect(filtered.frames.length).toBeGreaterThan(0))
		const announcedAt = performance.now()
		services.announceShutdown()
		expect([await reader.untilEnded(), await filtered.untilEnded()]).toEqual(['complete', 'complete'])
		expect(performance.now() - announcedAt).toBeLessThan(1_000)
		expect(reader.frames.at(-1)).toEqual({ comment: 'the service shuts down', id: String(reader.positions().at(-1)) })
		expect(filtered.frames.at(-1)).toMatchObject({ comment: 'the service shuts down' })
		expect((await services.place(orderOf(sku))).status).toBe(201)
		using late = await openStream(services.url, '', { token: newReader() })
		expect(await late.untilEnded()).toBe('complete')
		expect(late.lastId()).toBe('0')
	})

	test('does not wait for streams, even for one that nobody reads', async () => {
		const services = await startServices('postgres')
		using reader = await openStream(services.url, '', { token: newReader() })
		using paused = await openStream(services.url, '', { token: newReader(), isPaused: true })
		expect([reader.status, paused.status]).toEqual([200, 200])
		const closedAt = performance.now()
		await services[Symbol.asyncDispose]()
		expect(performance.now() - closedAt).toBeLessThan(2_500)
		expect(reader.ended()).toBe('complete')
	})
})
