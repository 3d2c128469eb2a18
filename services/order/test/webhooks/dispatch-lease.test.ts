import { eventually } from '@mercat/testing/eventually'
import { engines } from '@mercat/testing/test-database'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { startWebhookReceiver, type WebhookReceiver } from '../webhook-receiver.ts'
import { type Dispatching, secret, startDispatching } from './start-dispatching.ts'

describe.each(engines)('the lease of a webhook, on %s', (engine) => {
	let opened: AsyncDisposableStack
	let shop: Dispatching
	let receiver: WebhookReceiver
	let webhook: string
	beforeEach(async () => {
		opened = new AsyncDisposableStack()
		receiver = opened.use(await startWebhookReceiver(secret))
		shop = opened.use(await startDispatching(engine))
		webhook = await shop.addWebhook(receiver.url)
	})
	afterEach(async () => {
		expect(receiver.forgeries).toEqual([])
		await opened.disposeAsync()
	})

	test('lets one of several processes deliver, so that every event comes once', async () => {
		await using _one = await shop.startProcess()
		await using _other = await shop.startProcess()
		await using _third = await shop.startProcess()
		for (let round = 0; round < 15; round++) await shop.place(8, 'pay')
		await receiver.tookAll(240)
		await shop.caughtUp(webhook)
		expect(receiver.attempts()).toHaveLength(240)
		expect(receiver.disordered()).toEqual([])
	})

	test('keeps other processes away until it lapses', async () => {
		// As a process leaves it that was killed.
		await shop.database.query(
			"update webhook set lease_id = gen_random_uuid(), leased_until = clock_timestamp() + interval '30 s' where id = $1",
			[webhook],
		)
		await using witness = await startWebhookReceiver(secret)
		const other = await shop.addWebhook(witness.url)
		await using _process = await shop.startProcess()
		const [id] = await shop.place(1)
		await witness.tookAll(1)
		await shop.caughtUp(other)
		expect(receiver.attempts()).toEqual([])
		await shop.database.query("update webhook set leased_until = clock_timestamp() - interval '1 s' where id = $1", [
			webhook,
		])
		await receiver.tookAll(1, id)
	})

	test('is extended while attempts are under way', async () => {
		receiver.answerWith(() => 'hang')
		const leaseMs = 3_000
		await using _one = await shop.startProcess({ leaseMs })
		await using _other = await shop.startProcess({ leaseMs })
		await shop.place(1)
		await eventually(() => expect(receiver.attempts()).toHaveLength(1))
		const until = async () => {
			const [row] = await shop.database.query<{ until: Date }>('select leased_until as until from webhook')
			return row?.until.getTime() ?? 0
		}
		const first = await until()
		await eventually(async () => expect(await until()).toBeGreaterThan(first + 2 * leaseMs))
		expect(receiver.attempts()).toHaveLength(1)
	})

	test('that another process has taken keeps the first one from recording anything', async () => {
		let isHanging = true
		receiver.answerWith(() => (isHanging ? 'hang' : 200))
		await using _process = await shop.startProcess()
		const [id = ''] = await shop.place(1)
		await eventually(() => expect(receiver.attempts(id)).toHaveLength(1))
		await shop.database.query(
			"update webhook set lease_id = gen_random_uuid(), leased_until = clock_timestamp() + interval '30 s' where id = $1",
			[webhook],
		)
		isHanging = false
		// Closes the connection, so that the attempt fails.
		receiver.answerWith(() => 200)
		await eventually(() => expect(shop.logged).toMatchObject([{ level: 'warn', webhook }]))
		expect(await shop.deliveries(webhook)).toEqual([])
		const [row] = await shop.database.query('select position, failures_in_row as failures from webhook')
		expect(row).toEqual({ position: 0, failures: 0 })
	})

	test('ends at once when the process stops, and an attempt that was under way counts as not made', async () => {
		receiver.answerWith(() => 'hang')
		{
			await using process = await shop.startProcess()
			await shop.place(30)
			await eventually(() => expect(receiver.attempts()).toHaveLength(12))
			const stopping = performance.now()
			await process[Symbol.asyncDispose]()
			expect(performance.now() - stopping).toBeLessThan(5_000)
		}
		for (const row of await shop.deliveries(webhook))
			expect(row).toMatchObject({ state: 'pending', tries: 0, attempts: [] })
		const [row] = await shop.database.query(
			'select lease_id as lease, leased_until < clock_timestamp() as ended, failures_in_row as failures from webhook',
		)
		expect(row).toEqual({ lease: null, ended: true, failures: 0 })
		receiver.answerWith(() => 200)
		await using _next = await shop.startProcess()
		await receiver.tookAll(30)
		expect(receiver.taken()).toHaveLength(30)
	})

	test('ends with a replay, and the events come again from there', async () => {
		await using _process = await shop.startProcess()
		const ids = await shop.place(60, 'pay')
		await receiver.tookAll(120)
		await shop.caughtUp(webhook)
		// In the middle of the delivery of more events.
		await Promise.all([shop.place(60, 'pay'), shop.webhookStore.replayFrom(webhook, 30)])
		await receiver.tookAll(240)
		await eventually(() => expect(receiver.taken().length).toBeGreaterThanOrEqual(240 + 90))
		await shop.caughtUp(webhook)
		const replayed = ids.flatMap((id) => receiver.taken(id)).length - 120
		expect(replayed).toBe(90)
		const rows = await shop.deliveries(webhook)
		expect(rows).toHaveLength(240)
		expect(rows.filter(({ state }) => state === 'delivered')).toHaveLength(240)
		expect(rows[29]?.attempts).toHaveLength(1)
		expect(rows[30]?.attempts).toHaveLength(2)
		for (const id of ids) {
			const versions = receiver.taken(id).map(({ event }) => event.data.version)
			expect([
				[1, 2],
				[1, 2, 2],
				[1, 2, 1, 2],
			]).toContainEqual(versions)
		}
	})

	test('leaves a redelivery to the next process, which sends one event again', async () => {
		await using _process = await shop.startProcess()
		const [id = ''] = await shop.place(1, 'pay')
		await receiver.tookAll(2, id)
		await shop.caughtUp(webhook)
		await shop.deliveryLogStore.redeliver(webhook, 1)
		await eventually(() => expect(receiver.taken(id)).toHaveLength(3))
		expect(receiver.taken(id)[2]).toEqual(receiver.taken(id)[0])
		await eventually(async () => {
			expect(await shop.deliveries(webhook, id)).toMatchObject([
				{ state: 'delivered', tries: 1, attempts: [{ status: 204 }, { status: 204 }] },
				{ state: 'delivered', attempts: [{ status: 204 }] },
			])
		})
	})

	test('is lost to a webhook that is deleted, and its deliveries go', async () => {
		await using _process = await shop.startProcess()
		const [id = ''] = await shop.place(1)
		await receiver.tookAll(1, id)
		await shop.caughtUp(webhook)
		await shop.webhookStore.deleteWebhook(webhook)
		expect(await shop.upkeepStore.pruneDeliveries(100)).toEqual({ deleted: 1, lost: [] })
		expect(await shop.deliveries(webhook)).toEqual([])
	})
})
