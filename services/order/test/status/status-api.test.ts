import { randomUUID } from 'node:crypto'
import type { Status } from '@mercat/order-api/status-schemas'
import { eventually } from '@mercat/testing/eventually'
import { engines } from '@mercat/testing/test-database'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newCustomer, orderOf, type Services, severalTimes, startServices } from '../start-services.ts'
import { token } from '../tokens.ts'
import { type FollowedStatus, followStatus } from './follow-status.ts'

const newStaff = () => token(`staff-${randomUUID()}`, 'orders:manage')

describe.each(engines)('the status on %s', (engine) => {
	let services: Services
	beforeAll(async () => {
		services = await startServices(engine)
	})
	afterAll(() => services[Symbol.asyncDispose]())

	const getStatus = async () => (await services.get('/v1/status', { token: newStaff() })).body as Status
	const follow = () => followStatus(services.url, { token: newStaff() })
	const total = (reader: FollowedStatus, of: (status: Status) => number | undefined) =>
		reader.statuses().reduce((sum, status) => sum + (of(status) ?? 0), 0)

	test('tells how both services are, and whose figures these are', async () => {
		const answer = await services.get('/v1/status', { token: newStaff() })
		expect(answer.headers.get('cache-control')).toBe('no-store')
		expect(answer.body).toMatchObject({
			instance: expect.stringMatching(new RegExp(`^.+:${process.pid}$`)),
			workers: 1,
			services: [
				{ name: 'order', state: 'up', missing: [], parts: [{ name: 'database', state: 'up' }] },
				{
					name: 'catalog',
					state: 'up',
					missing: [],
					parts: [
						{ name: 'health', state: 'up' },
						{ name: 'channel', state: 'up' },
						{ name: 'breaker', state: 'up', detail: 'closed' },
					],
				},
			],
			lags: { destinations: [{ destination: 'catalog' }], dead: 0, overdueOrders: 0 },
			breaker: 'closed',
		})
	})

	test('counts each order, refusal, replay and transition once, with what placing took', async () => {
		using reader = await follow()
		await reader.until({ rates: expect.anything() })
		const before = total(reader, ({ latency }) => latency?.count)
		const sku = await services.catalog.createProduct()
		const gone = await services.catalog.createProduct({ onHand: 0 })
		const again = { customer: newCustomer(), key: randomUUID() }
		const placed = await severalTimes(7, () => services.place(orderOf(sku)))
		await severalTimes(3, () => services.place(orderOf(gone)))
		await services.place(orderOf(sku), again)
		expect((await services.place(orderOf(sku), again)).headers.get('idempotent-replayed')).toBe('true')
		for (const { body } of placed.slice(0, 2)) {
			const paid = await services.request('POST', `/v1/orders/${body.id}/pay`, {
				token: newStaff(),
				body: { reference: 'p' },
			})
			expect(paid.status).toBe(200)
		}
		await eventually(() => expect(total(reader, ({ latency }) => latency?.count)).toBe(before + 12))
		await reader.until({ latency: { count: 0, p50Ms: null, p95Ms: null, p99Ms: null } })

		// Each status tells of about a second, so the sum of the rates is about the number of the requests.
		const about = (count: number) => expect.closeTo(count, -0.5)
		const sumOf = (of: (rates: NonNullable<Status['rates']>) => number | undefined) =>
			total(reader, ({ rates }) => (rates === null ? 0 : of(rates)))
		expect({
			placed: sumOf(({ placed }) => placed),
			replayed: sumOf(({ replayed }) => replayed),
			refused: sumOf(({ refused }) => refused),
			outOfStock: sumOf(({ refusals }) => refusals['OUT_OF_STOCK']),
			paid: sumOf(({ transitions }) => transitions['paid']),
		}).toEqual({ placed: about(8), replayed: about(1), refused: about(3), outOfStock: about(3), paid: about(2) })
		expect(sumOf(({ requests }) => requests)).toBeGreaterThan(10)
		const busy = reader.statuses().find(({ latency }) => (latency?.count ?? 0) > 0)
		expect(busy?.latency?.p50Ms).toBeGreaterThan(0)
		expect(busy?.latency?.p99Ms).toBeGreaterThanOrEqual(busy?.latency?.p50Ms ?? 0)
		const inserts = reader.statuses().flatMap(({ batches }) => batches.filter(({ name }) => name === 'insert orders'))
		expect(Math.max(...inserts.map(({ meanSize }) => meanSize))).toBeGreaterThanOrEqual(1)
	})

	test('is the same for the stream and for one answer, and counts streams', async () => {
		using reader = await follow()
		using _other = await follow()
		const seen = await reader.until({ streams: 2 })
		const { at } = await getStatus()
		expect(at >= seen.at).toBe(true)
		await eventually(() => expect(reader.statuses().map((status) => status.at)).toContain(at))
	})

	test.each([
		['a customer', token(newCustomer()), 403],
		['a reader of events', token(newCustomer(), 'events:read'), 403],
		['nobody', undefined, 401],
	])('is not for %s', async (_who, given, status) => {
		for (const path of ['/v1/status', '/v1/status/stream', `/v1/status/stream?access_token=${newStaff()}`]) {
			expect(await services.get(path, { token: given })).toMatchObject({ status })
		}
	})
})
