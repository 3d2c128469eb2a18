import { randomUUID } from 'node:crypto'
import { engines } from '@mercat/testing/test-database'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expectInvalid } from '../expect-invalid.ts'
import { type Services, startServices } from '../start-services.ts'
import { token } from '../tokens.ts'
import { plantDelivery, plantWebhook, prepareDatabase } from './prepared-database.ts'

const as = token('operator', 'webhooks:manage')
const webhookId = randomUUID()
const otherId = randomUUID()
const deletedId = randomUUID()
const refusedId = randomUUID()
const orderId = randomUUID()
const attempts = [
	{ at: '2026-01-02T03:04:05.678+00:00', ms: 12, status: 503, error: 'HTTP 503', answer: 'closed' },
	{ at: '2026-01-02T03:04:06.900Z', ms: 1001, error: 'connect ECONNREFUSED' },
]
/** As many as a delivery can have in three days, with an answer of a kilobyte each. */
const manyAttempts = Array.from({ length: 85 }, (_, index) => {
	return { at: '2026-01-02T03:04:05.678Z', ms: index, status: 500, error: 'HTTP 500', answer: 'x'.repeat(1_024) }
})
// Every third delivery is dead, and position 25 is pending.
const stateAt = (position: number) => (position === 25 ? 'pending' : position % 3 === 0 ? 'dead' : 'delivered')
const positions = Array.from({ length: 25 }, (_, index) => index + 1)

describe.each(engines)('deliveries over the API on %s', (engine) => {
	let database: Awaited<ReturnType<typeof prepareDatabase>>
	let services: Services
	beforeAll(async () => {
		database = await prepareDatabase(engine, async (opened) => {
			for (const id of [webhookId, otherId, deletedId, refusedId]) await plantWebhook(opened, { id, position: 25 })
			// The service must not try to deliver what this file looks at.
			await opened.query("update webhook set state = 'paused'")
			for (const position of positions) {
				await plantDelivery(opened, { webhookId, position, orderId, state: stateAt(position), attempts })
			}
			await plantDelivery(opened, { webhookId: otherId, position: 2, orderId, state: 'dead' })
			await plantDelivery(opened, { webhookId: deletedId, position: 2, orderId, state: 'dead' })
			for (let position = 1; position <= 100; position++) {
				await plantDelivery(opened, { webhookId: refusedId, position, orderId, state: 'dead', attempts: manyAttempts })
			}
		})
		services = await startServices(engine, { databaseUrl: database.url })
	})
	afterAll(async () => {
		await services?.[Symbol.asyncDispose]()
		await database?.[Symbol.asyncDispose]()
	})

	const list = (query = '', id = webhookId) => services.get(`/v1/webhooks/${id}/deliveries${query}`, { token: as })
	const redeliver = (deliveryId: string, id = webhookId) =>
		services.request('POST', `/v1/webhooks/${id}/deliveries/${deliveryId}/redeliver`, { token: as })
	const idsOf = ({ body }: Awaited<ReturnType<typeof list>>): string[] =>
		body.deliveries.map(({ id }: { id: string }) => id)

	test('a delivery tells its event and its attempts', async () => {
		const { status, body } = await list('?pageSize=1')
		expect(status).toBe(200)
		expect(body.deliveries).toEqual([
			{
				id: '25',
				event: { position: '25', id: `msg_${orderId}_2`, type: 'mercat.order.paid.v1', orderId },
				state: 'pending',
				attempts: [
					{ ...attempts[0], at: '2026-01-02T03:04:05.678Z' },
					{ at: '2026-01-02T03:04:06.900Z', ms: 1001, error: 'connect ECONNREFUSED' },
				],
				attemptCount: 2,
				nextAttemptAt: '2999-01-01T00:00:00.000Z',
			},
		])
	})

	test('a delivery has its last ten attempts, so that a page stays small', async () => {
		const { text, body } = await list('?pageSize=100', refusedId)
		expect(body.deliveries).toHaveLength(100)
		expect(body.deliveries[0]).toMatchObject({ attempts: manyAttempts.slice(75), attemptCount: 85 })
		expect(text.length).toBeLessThan(1_300_000)
	})

	test('the pages of a list have every delivery once, the newest event first', async () => {
		const ids: string[] = []
		const lengths: number[] = []
		let pageToken = ''
		do {
			const page = await list(`?pageSize=10&pageToken=${pageToken}`)
			ids.push(...idsOf(page))
			lengths.push(page.body.deliveries.length)
			pageToken = page.body.nextPageToken
		} while (pageToken !== '')
		expect(ids).toEqual(positions.toReversed().map(String))
		expect(lengths).toEqual([10, 10, 5])
	})

	test('a page has 20 deliveries, or as many as the query asks for, up to 100', async () => {
		for (const [query, size] of [
			['', 20],
			['?pageSize=0', 20],
			['?pageSize=101', 25],
		] as const) {
			expect(idsOf(await list(query))).toHaveLength(size)
		}
	})

	test('the query parameter state filters the list, across pages', async () => {
		expect(idsOf(await list('?state=pending'))).toEqual(['25'])
		expect(idsOf(await list('?state=delivered&pageSize=100'))).toHaveLength(16)
		const first = await list('?state=dead&pageSize=5')
		const rest = await list(`?state=dead&pageSize=5&pageToken=${first.body.nextPageToken}`)
		expect([...idsOf(first), ...idsOf(rest)]).toEqual(['24', '21', '18', '15', '12', '9', '6', '3'])
		expect(rest.body.nextPageToken).toBe('')
	})

	test('a page token is refused with another query and for another webhook', async () => {
		const { nextPageToken } = (await list('?state=dead&pageSize=1')).body
		await expectInvalid(list(`?pageToken=${nextPageToken}`), '#/pageToken')
		await expectInvalid(list(`?state=delivered&pageToken=${nextPageToken}`), '#/pageToken')
		await expectInvalid(list(`?state=dead&pageToken=${nextPageToken}`, otherId), '#/pageToken')
		await expectInvalid(list('?pageToken=made-up'), '#/pageToken')
	})

	test.each([
		['?state=lost', '#/state'],
		['?state=', '#/state'],
		['?state=dead&state=pending', '#/state'],
		['?pageSize=-1', '#/pageSize'],
		['?pageSize=x', '#/pageSize'],
		['?limit=5', '#/limit'],
	])('a list with the query %s is refused with the place %s', (query, pointer) => expectInvalid(list(query), pointer))

	test('a delivery that is sent again is pending and due, and keeps its attempts', async () => {
		const before = Date.now()
		const { status, body } = await redeliver('2', otherId)
		expect(status).toBe(200)
		expect(body).toMatchObject({ id: '2', state: 'pending', attempts: [], attemptCount: 0 })
		// By the clock of the database, which is this machine's.
		expect(Math.abs(Date.parse(body.nextAttemptAt) - before)).toBeLessThan(60_000)
		expect(idsOf(await list('?state=pending', otherId))).toEqual(['2'])
		expect(await redeliver('24')).toMatchObject({ status: 200, body: { state: 'pending', attempts: [{ ms: 12 }, {}] } })
		await redeliver('24')
	})

	test.each(['3', '0', '-2', '2.0', '02', '26', 'any', '9007199254740993', '99999999999999999999', '%00'])(
		'the delivery %s, which the webhook does not have, is 404',
		async (id) => {
			expect(await redeliver(id, otherId)).toMatchObject({ status: 404, body: { code: 'DELIVERY_NOT_FOUND' } })
		},
	)

	test('the deliveries of a deleted webhook are gone with it', async () => {
		expect(await services.request('DELETE', `/v1/webhooks/${deletedId}`, { token: as })).toMatchObject({ status: 204 })
		expect(await list('', deletedId)).toMatchObject({ status: 404, body: { code: 'WEBHOOK_NOT_FOUND' } })
		expect(await redeliver('2', deletedId)).toMatchObject({ status: 404, body: { code: 'WEBHOOK_NOT_FOUND' } })
	})
})
