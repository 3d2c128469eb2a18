import { eventually } from '@mercat/testing/eventually'
import { engines } from '@mercat/testing/test-database'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { startWebhookReceiver, type WebhookReceiver } from '../webhook-receiver.ts'
import { type Dispatching, secret, startDispatching } from './start-dispatching.ts'

describe.each(engines)('a receiver that fails, on %s', (engine) => {
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
		expect(receiver.disordered()).toEqual([])
		await opened.disposeAsync()
	})

	const state = async () => {
		const [row] = await shop.database.query<{ pending: number; state: string; failures: number; behind: number }>(
			`select (select count(*) from webhook_delivery where webhook_id = $1 and state = 'pending') as pending,
				state, failures_in_row as failures, last_position - position as behind
			from webhook, event_log where id = $1`,
			[webhook],
		)
		return row!
	}

	test('gets everything in the order of each order when it is back after a day, and few deliveries were pending', async () => {
		await using process = await shop.startProcess()
		await receiver.stop()
		const ids: string[] = []
		let mostPending = 0
		// An hour in each round: every delay is over at the end of it.
		for (let hour = 0; hour < 24; hour++) {
			ids.push(...(await shop.place(8, 'pay')))
			const before = (await shop.deliveries(webhook)).reduce((tries, row) => tries + row.tries, 0)
			await shop.inTime(async () => {
				const tries = (await shop.deliveries(webhook)).reduce((sum, row) => sum + row.tries, 0)
				expect(tries).toBeGreaterThan(before)
			})
			mostPending = Math.max(mostPending, (await state()).pending)
		}
		expect(mostPending).toBeLessThan(200)
		expect(await state()).toMatchObject({ failures: expect.any(Number), behind: expect.any(Number) })
		expect((await state()).failures).toBeGreaterThanOrEqual(20)
		expect((await state()).behind).toBeGreaterThan(200)
		expect(receiver.attempts()).toEqual([])

		// An attempt that is under way would fail, and then undo what the statement below says of its delivery.
		await process[Symbol.asyncDispose]()
		// One retry that is due is enough: its success makes the other deliveries due.
		await shop.database.query(
			`update webhook_delivery set next_attempt_at = case position
				when (select min(position) from webhook_delivery where state = 'pending') then clock_timestamp()
				else clock_timestamp() + interval '1 hour' end
			where next_attempt_at is not null`,
		)
		await receiver.start()
		await using _next = await shop.startProcess()
		await receiver.tookAll(384)
		for (const id of ids) expect(receiver.taken(id).map(({ event }) => event.data.version)).toEqual([1, 2])
		await eventually(async () => expect(await state()).toMatchObject({ pending: 0, failures: 0, behind: 0 }))
	})

	test('gets a new event now and then while it is down, in case it refuses only the pending ones', async () => {
		await using _process = await shop.startProcess()
		receiver.answerWith(({ event }) => (event.data.status === 'placed' ? 400 : 200))
		const refused = await shop.place(40)
		await eventually(async () => expect((await state()).failures).toBeGreaterThanOrEqual(20))
		const other = await shop.addWebhook(receiver.url, ['mercat.order.paid.v1'])
		await shop.act(refused[39] ?? '', 'pay')
		await receiver.tookAll(1)
		await shop.caughtUp(other)
		await shop.database.query("update webhook_delivery set next_attempt_at = clock_timestamp() + interval '1 hour'")
		// The types that it takes come after the pending ones: an order that was not refused before.
		await shop.webhookStore.changeWebhook(webhook, { types: ['mercat.order.cancelled.v1'] })
		await shop.database.query('update webhook set failures_in_row = 20 where id = $1', [webhook])
		await shop.database.query('update webhook_delivery set tries = 10')
		const [taken] = await shop.place(1, 'cancel')
		await receiver.tookAll(1, taken)
		await eventually(async () => expect((await state()).failures).toBe(0))
	})

	test('is paused by an answer of 410, and goes on where it was when it is active again', async () => {
		await using _process = await shop.startProcess()
		receiver.answerWith(() => 410)
		const [id = ''] = await shop.place(1, 'pay')
		await eventually(async () => expect(await state()).toMatchObject({ state: 'paused' }))
		expect(await shop.deliveries(webhook, id)).toMatchObject([
			{ state: 'pending', attempts: [{ status: 410, error: 'HTTP 410' }] },
			{ state: 'pending', attempts: [] },
		])
		expect(shop.logged).toMatchObject([{ level: 'warn', webhook, message: 'a webhook answered 410 and is paused' }])
		const [later = ''] = await shop.place(1)
		await shop.passTime()
		await using other = await startWebhookReceiver(secret)
		const witness = await shop.addWebhook(other.url)
		await shop.place(1)
		await other.tookAll(1)
		await shop.caughtUp(witness)
		expect(receiver.attempts()).toHaveLength(1)

		receiver.answerWith(() => 200)
		await shop.webhookStore.changeWebhook(webhook, { state: 'active' })
		await receiver.tookAll(2, id)
		await receiver.tookAll(1, later)
	})

	test('delays no other webhook when it hangs', async () => {
		const others = await Promise.all(Array.from({ length: 9 }, () => startWebhookReceiver(secret)))
		for (const other of others) {
			opened.use(other)
			await shop.addWebhook(other.url)
		}
		await using _process = await shop.startProcess()
		receiver.answerWith(() => 'hang')
		await shop.place(20)
		await eventually(() => expect(receiver.attempts()).toHaveLength(12))
		for (let round = 0; round < 5; round++) {
			const ids = await shop.place(20)
			for (const other of others) await Promise.all(ids.map((id) => other.tookAll(1, id)))
		}
		// Its first attempts are still under way.
		expect(receiver.attempts()).toHaveLength(12)
		expect(await shop.deliveries(webhook)).toEqual([])
	})
})
