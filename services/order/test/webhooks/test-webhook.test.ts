import { randomUUID } from 'node:crypto'
import { eventually } from '@mercat/testing/eventually'
import { engines } from '@mercat/testing/test-database'
import { Webhook } from 'standardwebhooks'
import { describe, expect, test } from 'vitest'
import { type Services, startServices } from '../start-services.ts'
import { token } from '../tokens.ts'
import { plantDelivery, plantWebhook, prepareDatabase } from './prepared-database.ts'
import { startRawReceiver, startReceiver } from './receiver.ts'

const as = token('operator', 'webhooks:manage')
const env = { SECRETS_KEY: 'k'.repeat(32), WEBHOOK_ALLOW_PRIVATE: 'true' }

const ask = (services: Services, method: string, path: string, body?: unknown) =>
	services.request(method, `/v1/webhooks${path}`, { token: as, body })

describe.each(engines)('test events on %s', (engine) => {
	test('a test event is sent at once, signed with the new and the replaced secret, also while the webhook is paused', async () => {
		await using services = await startServices(engine, { env })
		await using receiver = await startReceiver((_request, response) => response.writeHead(202).end('thanks'))
		const made = (await ask(services, 'POST', '', { url: receiver.url, types: ['mercat.order.paid.v1'] })).body
		const path = `/${made.id}`
		expect(await ask(services, 'POST', `${path}/test`)).toMatchObject({
			status: 200,
			body: { delivered: true, attempt: { ms: expect.any(Number), status: 202, answer: 'thanks' } },
		})
		const [posted] = receiver.posted
		const event = new Webhook(made.secret).verify(posted?.body ?? '', posted?.headers ?? {})
		expect(event).toEqual({
			specversion: '1.0',
			id: posted?.headers['webhook-id'],
			source: '/v1/webhooks',
			type: 'mercat.webhook.test.v1',
			subject: made.id,
			time: expect.stringMatching(/Z$/),
			datacontenttype: 'application/json',
			data: {},
		})

		const { secret } = (await ask(services, 'POST', `${path}/rotate-secret`)).body
		await ask(services, 'PATCH', path, { state: 'paused' })
		expect((await ask(services, 'POST', `${path}/test`)).body.delivered).toBe(true)
		const last = receiver.posted.at(-1)
		for (const each of [secret, made.secret]) new Webhook(each).verify(last?.body ?? '', last?.headers ?? {})
		expect((await ask(services, 'GET', `${path}/deliveries`)).body.deliveries).toEqual([])
	})

	test('a test event of a webhook of WEBHOOK_URLS is signed with WEBHOOK_SECRET, and may go to a private address', async () => {
		await using receiver = await startReceiver((_request, response) => response.writeHead(500).end())
		const id = randomUUID()
		await using database = await prepareDatabase(engine, (opened) =>
			plantWebhook(opened, { id, origin: 'environment', url: receiver.url }),
		)
		await using services = await startServices(engine, {
			databaseUrl: database.url,
			env: { WEBHOOK_URLS: receiver.url, WEBHOOK_SECRET: 'the secret of the whole shop' },
		})
		const { status, body } = await ask(services, 'POST', `/${id}/test`)
		expect([status, body.delivered, body.attempt.status]).toEqual([200, false, 500])
		const posted = receiver.posted.find(({ body }) => body.includes('mercat.webhook.test.v1'))
		new Webhook('the secret of the whole shop', { format: 'raw' }).verify(posted?.body ?? '', posted?.headers ?? {})
	})

	test('a receiver that counts as down is tried again when it takes a test event', async () => {
		let status = 500
		await using receiver = await startReceiver((_request, response) => response.writeHead(status).end())
		const id = randomUUID()
		await using database = await prepareDatabase(engine, async (opened) => {
			await plantWebhook(opened, { id, origin: 'environment', url: receiver.url })
			await opened.query('update webhook set failures_in_row = 30')
			await plantDelivery(opened, { webhookId: id, position: 1, orderId: randomUUID(), state: 'pending' })
		})
		await using services = await startServices(engine, {
			databaseUrl: database.url,
			env: { WEBHOOK_URLS: receiver.url, WEBHOOK_SECRET: 'the secret of the whole shop' },
		})
		const nextAttempt = async () => {
			await ask(services, 'POST', `/${id}/test`)
			return (await ask(services, 'GET', `/${id}/deliveries?state=pending`)).body.deliveries[0].nextAttemptAt
		}
		expect(await nextAttempt()).toMatch(/^2999/)
		status = 200
		expect(await nextAttempt()).not.toMatch(/^2999/)
	})
})

test('a receiver that does not answer gets the time of the request, and the answer tells of the failure', async () => {
	await using services = await startServices('postgres', { env: { ...env, REQUEST_BUDGET_MS: '700' } })
	await using receiver = await startRawReceiver(() => {})
	const id = await eventually(async () => {
		const { status, body } = await ask(services, 'POST', '', { url: receiver.url })
		expect(status).toBe(201)
		return body.id
	})
	const { status, body } = await ask(services, 'POST', `/${id}/test`)
	expect(status).toBe(200)
	expect(body).toEqual({
		delivered: false,
		attempt: { at: expect.any(String), ms: expect.any(Number), error: expect.any(String) },
	})
	expect(body.attempt.ms).toBeLessThan(700)
	const [, withinMs] = /^no answer within (\d+) ms$/.exec(body.attempt.error) ?? []
	expect(Number(withinMs)).toBeLessThanOrEqual(500)
	expect(body.attempt.ms).toBeGreaterThanOrEqual(Number(withinMs) - 1)
})

test('a test event does not go to a private address that the service does not permit', async () => {
	await using receiver = await startReceiver((_request, response) => response.end())
	await using database = await prepareDatabase('postgres', async () => {})
	const made = await (async () => {
		await using permissive = await startServices('postgres', { databaseUrl: database.url, env })
		return (await ask(permissive, 'POST', '', { url: receiver.url })).body
	})()
	await using services = await startServices('postgres', {
		databaseUrl: database.url,
		env: { ...env, WEBHOOK_ALLOW_PRIVATE: 'false' },
	})
	expect(await ask(services, 'POST', `/${made.id}/test`)).toMatchObject({ status: 200, body: { delivered: false } })
	expect(receiver.posted).toEqual([])
})

test('without SECRETS_KEY, or with another key, webhooks are listed and changed, and secrets are neither made nor used', async () => {
	await using database = await prepareDatabase('postgres', async () => {})
	const made = await (async () => {
		await using services = await startServices('postgres', { databaseUrl: database.url, env })
		return (await ask(services, 'POST', '', { url: 'https://shop.example/' })).body
	})()
	const notConfigured = { status: 501, body: { code: 'WEBHOOKS_NOT_CONFIGURED' } }
	{
		await using services = await startServices('postgres', { databaseUrl: database.url })
		expect(await ask(services, 'POST', '', { url: 'https://shop.example/' })).toMatchObject(notConfigured)
		expect(await ask(services, 'POST', `/${made.id}/rotate-secret`)).toMatchObject(notConfigured)
		expect(await ask(services, 'POST', `/${made.id}/test`)).toMatchObject(notConfigured)
		expect((await ask(services, 'GET', '')).body.webhooks).toMatchObject([{ id: made.id }])
		expect(await ask(services, 'PATCH', `/${made.id}`, { state: 'paused' })).toMatchObject({ status: 200 })
	}
	{
		const otherKey = { SECRETS_KEY: 'x'.repeat(32) }
		await using services = await startServices('postgres', { databaseUrl: database.url, env: otherKey })
		expect(await ask(services, 'POST', `/${made.id}/test`)).toMatchObject(notConfigured)
		expect(await ask(services, 'DELETE', `/${made.id}`)).toMatchObject({ status: 204 })
	}
})
