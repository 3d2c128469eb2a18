import { register } from '@mercat/service/metrics'
import { eventually } from '@mercat/testing/eventually'
import { engines } from '@mercat/testing/test-database'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { startWebhookReceiver, type WebhookReceiver } from '../webhook-receiver.ts'
import { type Dispatching, secret, startDispatching } from './start-dispatching.ts'

describe.each(engines)('webhooks on %s', (engine) => {
	let opened: AsyncDisposableStack
	let shop: Dispatching
	let receiver: WebhookReceiver
	beforeEach(async () => {
		opened = new AsyncDisposableStack()
		receiver = opened.use(await startWebhookReceiver(secret))
		shop = opened.use(await startDispatching(engine))
	})
	afterEach(() => opened.disposeAsync())

	const lostEvents = async () =>
		(await register.getSingleMetric('mercat_events_lost_total')?.get())?.values[0]?.value ?? 0

	test('without work cost no statement of their own', async () => {
		for (let count = 0; count < 20; count++) await shop.addWebhook(receiver.url, ['mercat.order.expired.v1'])
		await using _process = await shop.startProcess({ urls: [receiver.url] })
		const [id] = await shop.place(1)
		await receiver.tookAll(1, id)
		await eventually(async () => {
			const [row] = await shop.database.query('select count(*) as behind from webhook where position = 0')
			expect(row).toEqual({ behind: 0 })
		})
		const looks = () => shop.statements.filter((name) => name === 'claim-webhooks').length
		const before = { looks: looks(), all: shop.statements.length }
		await eventually(() => expect(looks()).toBeGreaterThan(before.looks + 3))
		expect(shop.statements.length - before.all).toBe(looks() - before.looks)
	})

	test('that deliver without a failure cost a statement for each batch', async () => {
		const webhook = await shop.addWebhook(receiver.url)
		await shop.place(500)
		await using _process = await shop.startProcess()
		await receiver.tookAll(500)
		await shop.caughtUp(webhook)
		const count = (name: string) => shop.statements.filter((statement) => statement === name).length
		// Beside the batches, the row of the webhook is read once a second.
		expect(count('settle-deliveries')).toBeLessThan(20)
		expect(new Set(shop.statements)).toEqual(new Set(['claim-webhooks', 'settle-deliveries']))
	})

	test('go on after the events that were deleted before they got them, and this is told', async () => {
		const webhook = await shop.addWebhook(receiver.url)
		await shop.webhookStore.changeWebhook(webhook, { state: 'paused' })
		await using _process = await shop.startProcess()
		await shop.place(7)
		await eventually(async () => expect(await shop.eventLogStore.ends()).toMatchObject({ last: 7 }))
		expect(await shop.eventLogStore.prune(-1_000, 100)).toBe(7)
		const lost = await lostEvents()
		await shop.webhookStore.changeWebhook(webhook, { state: 'active' })
		const [id] = await shop.place(1)
		await receiver.tookAll(1, id)
		expect(receiver.attempts()).toHaveLength(1)
		expect(shop.logged).toEqual([
			{ level: 'error', webhook, after: 0, upTo: 7, message: 'events were deleted before a webhook got them' },
		])
		expect(await lostEvents()).toBe(lost + 7)
	})

	test('keep their deliveries for as long as the events', async () => {
		const webhook = await shop.addWebhook(receiver.url)
		await using _process = await shop.startProcess()
		await shop.place(10)
		await receiver.tookAll(10)
		await shop.caughtUp(webhook)
		expect(await shop.upkeepStore.pruneDeliveries(100)).toEqual({ deleted: 0, lost: [] })
		expect(await shop.eventLogStore.prune(-1_000, 6)).toBe(6)
		expect(await shop.upkeepStore.pruneDeliveries(4)).toEqual({ deleted: 4, lost: [] })
		expect(await shop.upkeepStore.pruneDeliveries(4)).toEqual({ deleted: 2, lost: [] })
		expect(await shop.deliveries(webhook)).toHaveLength(4)
	})

	test('have the pending deliveries counted as lost that go with their events, and the rest of the order follows', async () => {
		const webhook = await shop.addWebhook(receiver.url)
		await receiver.stop()
		{
			await using _process = await shop.startProcess()
			await shop.place(2)
			const [id = ''] = await shop.place(1, 'pay')
			await eventually(async () => expect(await shop.deliveries(webhook, id)).toHaveLength(2))
		}
		const deleted = await shop.addWebhook(receiver.url)
		await shop.database.query(
			"insert into webhook_delivery select $1::uuid, position, order_id, version, type, 'pending' from webhook_delivery where position = 1",
			[deleted],
		)
		await shop.webhookStore.deleteWebhook(deleted)
		expect(await shop.eventLogStore.prune(-1_000, 3)).toBe(3)
		shop.logged.length = 0
		const lost = await lostEvents()
		await receiver.start()
		await using _process = await shop.startProcess()
		expect(shop.logged).toEqual([
			{
				level: 'error',
				webhook,
				deliveries: 3,
				message: 'pending deliveries to a webhook were deleted with their events',
			},
		])
		expect(await lostEvents()).toBe(lost + 3)
		await receiver.tookAll(1)
		expect(receiver.taken()).toMatchObject([{ event: { type: 'mercat.order.paid.v1' } }])
	})
})
