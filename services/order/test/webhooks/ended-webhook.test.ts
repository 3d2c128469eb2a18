import { eventually } from '@mercat/testing/eventually'
import { createTestDatabase } from '@mercat/testing/test-database'
import { Webhook } from 'standardwebhooks'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { orderOf, type Services, startServices } from '../start-services.ts'
import { token } from '../tokens.ts'
import { startWebhookReceiver, type WebhookReceiver } from '../webhook-receiver.ts'
import { secret } from './start-dispatching.ts'

type LogLine = { service: string; level: string; msg: string; webhooks?: number; events?: number }

const as = token('operator', 'webhooks:manage')
const secretsKey = { SECRETS_KEY: 'a-key-of-32-bytes-is-long-enough', WEBHOOK_ALLOW_PRIVATE: 'true' }

let opened: AsyncDisposableStack
let receiver: WebhookReceiver
let services: Services
let lines: LogLine[]
let id: string
let orderId: string

const ask = (method: string, path: string, body?: unknown) =>
	services.request(method, `/v1/webhooks${path}`, { token: as, body })

/** A service without WEBHOOK_URLS and WEBHOOK_SECRET, after one whose webhook had the receiver down. */
async function startWithout(env: Record<string, string>): Promise<void> {
	opened = new AsyncDisposableStack()
	lines = []
	receiver = opened.use(await startWebhookReceiver(secret))
	receiver.answerWith(() => 500)
	const databaseUrl = opened.use(await createTestDatabase('postgres')).url
	{
		await using before = await startServices('postgres', {
			databaseUrl,
			env: { WEBHOOK_URLS: receiver.url, WEBHOOK_SECRET: secret },
		})
		const placed = await before.place(orderOf(await before.catalog.createProduct()))
		orderId = placed.body.id
		const listed = await before.request('GET', '/v1/webhooks', { token: as })
		id = listed.body.webhooks[0].id
		await eventually(async () => {
			const { body } = await before.request('GET', `/v1/webhooks/${id}/deliveries`, { token: as })
			expect(body.deliveries).toMatchObject([{ state: 'pending', event: { orderId } }])
		})
		expect(await before.request('DELETE', `/v1/webhooks/${id}`, { token: as })).toMatchObject({ status: 409 })
	}
	const logTo = { write: (line: string) => void lines.push(JSON.parse(line)) }
	services = opened.use(await startServices('postgres', { databaseUrl, env, logTo }))
}

beforeEach(() => startWithout(secretsKey))
afterEach(() => opened.disposeAsync())

const endedAt = expect.stringMatching(/Z$/)

test('a webhook whose URL has left WEBHOOK_URLS shows it, and the log tells that its events wait for the secret', async () => {
	expect(await ask('GET', '')).toMatchObject({
		body: { webhooks: [{ id, state: 'active', origin: 'environment', endedAt }] },
	})
	expect(lines.filter(({ msg }) => msg.includes('WEBHOOK_SECRET'))).toMatchObject([
		{ level: 'warn', webhooks: 1, events: 1 },
	])
	for (const refused of [await ask('PATCH', `/${id}`, { types: ['*'] }), await ask('POST', `/${id}/rotate-secret`)]) {
		expect(refused).toMatchObject({ status: 409, body: { code: 'WEBHOOK_OF_ENVIRONMENT' } })
		expect(refused.body.detail).toContain('has left `WEBHOOK_URLS`')
	}
})

test('such a webhook can be deleted with its pending deliveries', async () => {
	expect(await ask('DELETE', `/${id}`)).toMatchObject({ status: 204 })
	expect(await ask('GET', '')).toMatchObject({ body: { webhooks: [] } })
	expect(await ask('GET', `/${id}/deliveries`)).toMatchObject({ status: 404 })
})

test('such a webhook goes on with another URL, as one of the API with a secret of its own', async () => {
	const shown = await ask('PATCH', `/${id}`, { url: 'http://127.0.0.1:1/events', state: 'paused' })
	expect(shown).toMatchObject({ status: 200, body: { id, origin: 'api', state: 'paused' } })
	expect(shown.body).not.toHaveProperty('endedAt')
	const own = opened.use(await startWebhookReceiver(shown.body.secret))
	expect(() => new Webhook(shown.body.secret)).not.toThrow()
	const later = await services.place(orderOf(await services.catalog.createProduct()))
	const resumed = await ask('PATCH', `/${id}`, { url: own.url, state: 'active' })
	expect(resumed.body).not.toHaveProperty('secret')
	await own.tookAll(1, orderId)
	await own.tookAll(1, later.body.id)
	expect(own.forgeries).toEqual([])
	expect(await ask('DELETE', `/${id}`)).toMatchObject({ status: 204 })
})

test('such a webhook is taken over only with a URL that is allowed, and with a key for its secret', async () => {
	await opened.disposeAsync()
	await startWithout({})
	expect(await ask('PATCH', `/${id}`, { url: receiver.url })).toMatchObject({
		status: 422,
		body: { code: 'WEBHOOK_TARGET_REFUSED' },
	})
	expect(await ask('PATCH', `/${id}`, { url: 'https://shop.example/events' })).toMatchObject({
		status: 501,
		body: { code: 'WEBHOOKS_NOT_CONFIGURED' },
	})
	expect(await ask('GET', `/${id}`)).toMatchObject({ body: { url: receiver.url, origin: 'environment', endedAt } })
})
