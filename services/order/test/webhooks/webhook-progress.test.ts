import { randomUUID } from 'node:crypto'
import { engines } from '@mercat/testing/test-database'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Services, startServices } from '../start-services.ts'
import { token } from '../tokens.ts'
import { plantDelivery, plantEvents, plantWebhook, prepareDatabase } from './prepared-database.ts'

const as = token('operator', 'webhooks:manage')
const failed = (at: string) => ({ at, ms: 12, status: 500, error: 'HTTP 500', answer: 'no' })
const taken = { at: '2026-01-01T00:00:00.000Z', ms: 3, status: 204 }

describe.each(engines)('the progress of webhooks over the API on %s', (engine) => {
	const ids = { failing: randomUUID(), paused: randomUUID(), fine: randomUUID(), again: randomUUID() }
	let database: Awaited<ReturnType<typeof prepareDatabase>>
	let services: Services
	beforeAll(async () => {
		database = await prepareDatabase(engine, async (opened) => {
			await plantEvents(opened, 1, 20)
			await opened.query("update event set logged_at = '2026-01-02'::timestamptz + position * interval '1 minute'")
			for (const id of Object.values(ids)) await plantWebhook(opened, { id, position: id === ids.paused ? 5 : 20 })
			for (const webhookId of [ids.failing, ids.paused]) {
				for (const [position, hour] of [
					[3, '04'],
					[4, '05'],
				] as const) {
					const attempts = [failed(`2026-01-02T${hour}:00:00.000+00:00`), failed(`2026-01-02T${hour}:30:00.000Z`)]
					await plantDelivery(opened, { webhookId, position, orderId: randomUUID(), state: 'pending', attempts })
				}
			}
			await plantDelivery(opened, { webhookId: ids.failing, position: 1, orderId: randomUUID(), state: 'dead' })
			await plantDelivery(opened, { webhookId: ids.fine, position: 1, orderId: randomUUID(), state: 'delivered' })
			const redelivered = [taken, failed('2026-01-03T00:00:00.000Z')]
			await plantDelivery(opened, {
				webhookId: ids.again,
				position: 2,
				orderId: randomUUID(),
				state: 'pending',
				attempts: redelivered,
			})
			// The service must not try to deliver what this file looks at.
			await opened.query("update webhook set state = 'paused' where id = $1", [ids.paused])
		})
		services = await startServices(engine, { databaseUrl: database.url })
	})
	afterAll(async () => {
		await services?.[Symbol.asyncDispose]()
		await database?.[Symbol.asyncDispose]()
	})

	const read = async (id: string) => (await services.get(`/v1/webhooks/${id}`, { token: as })).body

	test('a webhook tells since when its oldest event fails, how, and when the next attempt is', async () => {
		expect(await read(ids.failing)).toMatchObject({
			state: 'active',
			pending: 2,
			waitingSince: '2026-01-02T00:03:00.000Z',
			dead: 1,
			failing: {
				since: '2026-01-02T04:00:00.000Z',
				lastAttempt: failed('2026-01-02T04:30:00.000Z'),
				nextAttemptAt: '2999-01-01T00:00:00.000Z',
			},
		})
	})

	test('a paused webhook counts the events of the log that it has not reached, and has no next attempt', async () => {
		expect(await read(ids.paused)).toMatchObject({
			state: 'paused',
			pending: 2 + 15,
			waitingSince: '2026-01-02T00:03:00.000Z',
			failing: { nextAttemptAt: null },
		})
	})

	test('an event that was taken and fails when it is sent again fails since it is sent again', async () => {
		expect((await read(ids.again)).failing.since).toBe('2026-01-01T00:00:00.000Z')
	})

	test('a webhook that has got everything says so', async () => {
		expect(await read(ids.fine)).toMatchObject({ pending: 0, waitingSince: null, dead: 0, failing: null })
	})

	test('the list tells the same of each webhook', async () => {
		const { webhooks } = (await services.get('/v1/webhooks', { token: as })).body
		for (const webhook of webhooks) expect(webhook).toEqual(await read(webhook.id))
	})
})
