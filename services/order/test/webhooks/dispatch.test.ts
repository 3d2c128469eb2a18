import { eventually } from '@mercat/testing/eventually'
import { engines } from '@mercat/testing/test-database'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { traceId } from '../order-write.ts'
import { startWebhookReceiver, type WebhookReceiver } from '../webhook-receiver.ts'
import { type Dispatching, secret, startDispatching } from './start-dispatching.ts'

describe.each(engines)('a dispatcher on %s', (engine) => {
	let opened: AsyncDisposableStack
	let shop: Dispatching
	let receiver: WebhookReceiver
	beforeEach(async () => {
		opened = new AsyncDisposableStack()
		receiver = opened.use(await startWebhookReceiver(secret))
		shop = opened.use(await startDispatching(engine))
	})
	afterEach(async () => {
		expect(receiver.forgeries).toEqual([])
		expect(receiver.disordered()).toEqual([])
		await opened.disposeAsync()
	})

	test('delivers every transition of every order once and in order, to webhooks of both origins', async () => {
		await using other = await startWebhookReceiver(secret)
		await shop.place(1)
		await eventually(async () => expect(await shop.eventLogStore.ends()).toMatchObject({ last: 1 }))
		const made = await shop.addWebhook(receiver.url)
		await using _process = await shop.startProcess({ urls: [other.url] })
		const sold = await shop.place(30, 'pay', 'ship', 'deliver')
		const returned = await shop.place(5, 'pay', 'cancel')
		for (const { taken, tookAll, attempts, disordered, forgeries } of [receiver, other]) {
			await tookAll(135)
			for (const id of sold) expect(taken(id).map(({ event }) => event.data.version)).toEqual([1, 2, 3, 4])
			expect(taken(returned[0]).at(-1)).toMatchObject({
				webhookId: `msg_${returned[0]}_3`,
				contentType: 'application/cloudevents+json; charset=utf-8',
				event: { type: 'mercat.order.cancelled.v1', data: { status: 'cancelled', paymentMustBeReturned: true } },
			})
			expect(attempts()).toHaveLength(135)
			expect([...disordered(), ...forgeries]).toEqual([])
		}
		await shop.caughtUp(made)
		const rows = await shop.deliveries(made)
		expect(rows).toHaveLength(135)
		for (const row of rows) {
			expect(row).toMatchObject({ state: 'delivered', tries: 1, attempts: [{ status: 204 }], nextAttemptAt: null })
		}
	})

	test('delivers only the types that a webhook receives', async () => {
		const made = await shop.addWebhook(receiver.url, ['mercat.order.paid.v1', 'mercat.order.shipped.v1'])
		await using _process = await shop.startProcess()
		const [id] = await shop.place(1, 'pay', 'ship', 'deliver')
		await receiver.tookAll(2, id)
		await shop.caughtUp(made)
		expect(receiver.attempts().map(({ event }) => event.type)).toEqual([
			'mercat.order.paid.v1',
			'mercat.order.shipped.v1',
		])
	})

	test('tries a failed delivery again, keeps every attempt, and holds back the later events of its order', async () => {
		const made = await shop.addWebhook(receiver.url)
		await using _process = await shop.startProcess()
		let isUp = false
		receiver.answerWith(() => (isUp ? 200 : 503))
		const [id = ''] = await shop.place(1, 'pay')
		await shop.inTime(() => expect(receiver.attempts(id).length).toBeGreaterThan(4))
		expect(new Set(receiver.attempts(id).map(({ event }) => event.data.version))).toEqual(new Set([1]))
		await eventually(async () => {
			const [placed, paid] = await shop.deliveries(made, id)
			expect(placed?.attempts.length).toBeGreaterThan(4)
			expect(placed).toMatchObject({ state: 'pending', attempts: [{ status: 503, error: 'HTTP 503' }, {}, {}, {}, {}] })
			expect(paid).toMatchObject({ state: 'pending', tries: 0, attempts: [] })
		})
		isUp = true
		await shop.inTime(() => expect(receiver.taken(id)).toHaveLength(2))
		await eventually(async () => {
			const [placed, paid] = await shop.deliveries(made, id)
			expect(placed).toMatchObject({ state: 'delivered', nextAttemptAt: null })
			expect(placed?.attempts.at(-1)).toMatchObject({ status: 200 })
			expect(paid).toMatchObject({ state: 'delivered', tries: 1 })
		})
	})

	test('waits longer after each failure, and as long as Retry-After asks for', async () => {
		const made = await shop.addWebhook(receiver.url)
		await using _process = await shop.startProcess()
		receiver.answerWith(({ event }) =>
			event.data.reference === 'mine' && receiver.attempts(event.subject).length < 6
				? 500
				: { status: 429, headers: { 'retry-after': '7200' } },
		)
		const [id = ''] = await shop.place(1)
		for (let tries = 0; tries < 6; ) {
			// A slow machine may see more than one attempt at once.
			const row = await eventually(async () => {
				const [row] = await shop.deliveries(made, id)
				expect(row?.tries).toBeGreaterThan(tries)
				return row!
			})
			tries = row.tries
			const dueAt = row.nextAttemptAt?.getTime() ?? 0
			const [least, most] = tries === 6 ? [7_200_000, 7_201_000] : [2 ** (tries - 2) * 1000, 2 ** (tries - 1) * 1000]
			expect(dueAt - Date.parse(row.attempts.at(-1)?.at ?? '')).toBeGreaterThanOrEqual(least)
			expect(dueAt - Date.now()).toBeLessThanOrEqual(most)
			await shop.passTime()
		}
	})

	test('gives an event up after three days of attempts, says so, and goes on with its order', async () => {
		const made = await shop.addWebhook(receiver.url)
		await using process = await shop.startProcess()
		receiver.answerWith(({ event }) => (event.data.version === 1 ? 500 : 200))
		const [id = ''] = await shop.place(1, 'pay')
		await eventually(async () => expect(await shop.deliveries(made, id)).toHaveLength(2))
		// An attempt that is under way would not know of the days that pass.
		await process[Symbol.asyncDispose]()
		const [failed] = await shop.deliveries(made, id)
		await shop.database.query(
			"update webhook_delivery set trying_since = trying_since - interval '3 days' where tries > 0",
		)
		await using _next = await shop.startProcess()
		await shop.inTime(() => expect(receiver.taken(id)).toHaveLength(1))
		expect(receiver.taken(id)[0]).toMatchObject({ event: { type: 'mercat.order.paid.v1' } })
		expect(await shop.deliveries(made, id)).toMatchObject([{ state: 'dead', tries: failed!.tries + 1 }, {}])
		expect(shop.logged).toContainEqual({
			level: 'error',
			message: 'a delivery to a webhook is dead',
			webhook: made,
			orderId: id,
			version: 1,
			traceId,
			event: 1,
			error: 'HTTP 500',
		})
		expect(JSON.stringify(shop.logged)).not.toContain('of=orders')
	})

	test('delays only its own order when an event is always refused', async () => {
		const made = await shop.addWebhook(receiver.url)
		await using _process = await shop.startProcess()
		const [poisoned = ''] = await shop.place(1)
		receiver.answerWith(({ event }) => (event.subject === poisoned && event.data.version === 2 ? 500 : 200))
		await receiver.tookAll(1, poisoned)
		await shop.act(poisoned, 'pay')
		await shop.inTime(async () => {
			const [, paid] = await shop.deliveries(made, poisoned)
			// More attempts than a receiver may fail before it counts as down.
			expect(paid?.tries).toBeGreaterThan(25)
		})
		const [webhook] = await shop.database.query('select failures_in_row as failures from webhook')
		expect(webhook).toEqual({ failures: 1 })
		await shop.act(poisoned, 'cancel')
		for (const id of await shop.place(30, 'pay', 'cancel')) await receiver.tookAll(3, id)
		expect(receiver.taken(poisoned)).toHaveLength(1)
		expect((await shop.deliveries(made, poisoned)).at(-1)).toMatchObject({ state: 'pending', tries: 0 })
		receiver.answerWith(() => 200)
		await shop.inTime(() => expect(receiver.taken(poisoned)).toHaveLength(3))
	})

	test('delivers other events while the retry of one hangs', async () => {
		await shop.addWebhook(receiver.url)
		await using _process = await shop.startProcess()
		let hung = ''
		receiver.answerWith(({ event }) => {
			hung ||= event.subject
			if (event.subject !== hung) return 200
			return receiver.attempts(hung).length === 1 ? 500 : 'hang'
		})
		await shop.place(1)
		await shop.inTime(() => expect(receiver.attempts(hung)).toHaveLength(2))
		for (let round = 0; round < 5; round++) {
			const [id] = await shop.place(1)
			await receiver.tookAll(1, id)
		}
		expect(receiver.attempts(hung)).toHaveLength(2)
	})

	test('holds up other orders for no longer than its timeout when an event hangs', async () => {
		await shop.addWebhook(receiver.url)
		await using _process = await shop.startProcess({ timeoutMs: 300 })
		let hung = ''
		receiver.answerWith(({ event }) => {
			hung ||= event.subject
			return event.subject === hung ? 'hang' : 200
		})
		await shop.place(1)
		await eventually(() => expect(receiver.attempts()).toHaveLength(1))
		for (const id of await shop.place(150)) await receiver.tookAll(1, id)
		expect(receiver.taken(hung)).toEqual([])
	})

	test('sends no new event before the time that a receiver has asked for, and still tries the failed one', async () => {
		const made = await shop.addWebhook(receiver.url)
		await using other = await startWebhookReceiver(secret)
		const witness = await shop.addWebhook(other.url)
		await using _process = await shop.startProcess()
		const headers = { 'retry-after': '7200' }
		receiver.answerWith(() => ({ status: 429, headers }))
		await shop.place(20)
		await eventually(async () => expect(await shop.deliveries(made)).toHaveLength(20))
		await shop.place(5)
		await other.tookAll(25)
		await shop.caughtUp(witness)
		// So many were under way at once.
		expect(receiver.attempts()).toHaveLength(12)
		for (const { nextAttemptAt } of await shop.deliveries(made)) {
			expect((nextAttemptAt?.getTime() ?? 0) - Date.now()).toBeGreaterThan(7_000_000)
		}
		receiver.answerWith(() => 200)
		await shop.passTime()
		await receiver.tookAll(20)
		expect(await shop.deliveries(made)).toHaveLength(20)
		await shop.database.query('update webhook set hold_until = clock_timestamp()')
		await receiver.tookAll(25)
	})
})
