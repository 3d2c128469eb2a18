import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { eventually } from '@mercat/testing/eventually'
import { engines } from '@mercat/testing/test-database'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { startWebhookReceiver, type WebhookReceiver } from '../webhook-receiver.ts'
import { startReceiver } from './receiver.ts'
import { type Dispatching, secret, startDispatching } from './start-dispatching.ts'

describe.each(engines)('a webhook that is changed while attempts are under way, on %s', (engine) => {
	let opened: AsyncDisposableStack
	let shop: Dispatching
	let receiver: WebhookReceiver
	let webhook: string
	beforeEach(async () => {
		opened = new AsyncDisposableStack()
		receiver = opened.use(await startWebhookReceiver(secret))
		shop = opened.use(await startDispatching(engine))
		webhook = await shop.addWebhook(receiver.url)
		opened.use(await shop.startProcess())
		receiver.answerWith(() => 'hang')
	})
	afterEach(async () => {
		expect(receiver.forgeries).toEqual([])
		await opened.disposeAsync()
	})

	/** Waits until the process has asked for the row of the webhook, from now on. */
	async function refreshed(): Promise<void> {
		const settles = () => shop.statements.filter((name) => name === 'settle-deliveries').length
		// One statement may have begun before.
		const enough = settles() + 2
		const startedAt = performance.now()
		await eventually(() => expect(settles()).toBeGreaterThanOrEqual(enough))
		expect(performance.now() - startedAt).toBeLessThan(6_000)
	}

	async function hang(count: number): Promise<void> {
		await eventually(() => expect(receiver.attempts()).toHaveLength(count))
	}

	async function leaseEnds(): Promise<void> {
		await eventually(async () => {
			expect(await shop.database.query('select lease_id as lease from webhook')).toEqual([{ lease: null }])
		})
	}

	test('gets no more events when it is paused, and the attempts are recorded', async () => {
		await shop.place(30)
		await hang(12)
		await shop.webhookStore.changeWebhook(webhook, { state: 'paused' })
		await refreshed()
		receiver.answerWith(() => 200)
		await leaseEnds()
		expect(receiver.attempts()).toHaveLength(12)
		const rows = await shop.deliveries(webhook)
		expect(rows.filter(({ attempts }) => attempts.length === 1)).toHaveLength(12)
		expect(rows.filter(({ tries, state }) => tries === 0 && state === 'pending')).toHaveLength(rows.length - 12)

		await shop.webhookStore.changeWebhook(webhook, { state: 'active' })
		await receiver.tookAll(30)
	})

	test('gets nothing more at its former URL', async () => {
		await using other = await startWebhookReceiver(secret)
		await shop.place(30)
		await hang(12)
		await shop.webhookStore.changeWebhook(webhook, { url: other.url })
		await refreshed()
		receiver.answerWith(() => 200)
		await shop.inTime(() => expect(new Set(other.taken().map(({ webhookId }) => webhookId)).size).toBe(30))
		expect(receiver.attempts()).toHaveLength(12)
		expect(other.forgeries).toEqual([])
	})

	test('goes on when its former URL answers 410', async () => {
		const answers: ServerResponse[] = []
		await using former = await startReceiver((_request, response) => answers.push(response))
		await shop.webhookStore.changeWebhook(webhook, { url: former.url })
		await shop.place(1)
		await eventually(() => expect(answers).toHaveLength(1))
		receiver.answerWith(() => 200)
		await shop.webhookStore.changeWebhook(webhook, { url: receiver.url })
		answers[0]?.writeHead(410).end()
		await shop.inTime(() => expect(receiver.taken()).toHaveLength(1))
		expect(await shop.webhookStore.findWebhook(webhook)).toMatchObject({ state: 'active' })
		expect(shop.logged.map(({ message }) => message)).not.toContainEqual(expect.stringContaining('410'))
	})

	test('has its attempts stopped when it is deleted', async () => {
		const closed: Promise<unknown>[] = []
		await using hanging = await startReceiver((_request, response) => void closed.push(once(response, 'close')))
		await shop.webhookStore.changeWebhook(webhook, { url: hanging.url })
		await shop.place(2)
		await eventually(() => expect(closed).toHaveLength(2))
		const deletedAt = performance.now()
		await shop.webhookStore.deleteWebhook(webhook)
		await Promise.all(closed)
		expect(performance.now() - deletedAt).toBeLessThan(6_000)
		expect(shop.logged).toMatchObject([{ level: 'warn', webhook }])
		expect(await shop.deliveries(webhook)).toEqual([])
	})

	test('gets events of its new types from the same process, and no attempt is forgotten', async () => {
		await shop.webhookStore.changeWebhook(webhook, { types: ['mercat.order.placed.v1'] })
		opened.use(await shop.startProcess())
		const ids = await shop.place(6)
		await hang(6)
		const lease = () => shop.database.query('select lease_id as lease from webhook')
		const before = await lease()
		await shop.webhookStore.changeWebhook(webhook, { types: ['mercat.order.placed.v1', 'mercat.order.paid.v1'] })
		expect(await lease()).toEqual(before)
		for (const id of ids) await shop.act(id, 'pay')
		await refreshed()
		expect(receiver.attempts()).toHaveLength(6)
		receiver.answerWith(() => 200)
		await shop.inTime(() => {
			for (const id of ids) {
				expect(receiver.taken(id).map(({ event }) => event.data.status)).toEqual(['placed', 'paid'])
			}
		})
		await shop.caughtUp(webhook)
		for (const id of ids) {
			const [placed] = await shop.deliveries(webhook, id)
			expect(placed?.attempts).toHaveLength(receiver.attempts(id).length - 1)
		}
	})
})
