import { eventually } from '@mercat/testing/eventually'
import { engines } from '@mercat/testing/test-database'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { startWebhookReceiver, type WebhookReceiver } from '../webhook-receiver.ts'
import { type Dispatching, secret, startDispatching } from './start-dispatching.ts'

describe.each(engines)('a URL of WEBHOOK_URLS, on %s', (engine) => {
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

	/** Waits until the receiver has got an order's event, and this is recorded. */
	async function got(orderId: string): Promise<void> {
		await receiver.tookAll(1, orderId)
		await shop.caughtUp(await shop.idOf(receiver.url))
	}

	/** Runs a process with these URLs while `work` runs. */
	async function withUrls(urls: string[], work: () => Promise<unknown>): Promise<void> {
		await using _process = await shop.startProcess({ urls })
		await work()
	}

	/** Has `ids` in the state in which an earlier version leaves them: with a message for each transition and URL. */
	async function writeAsBefore(ids: string[], state: string): Promise<void> {
		await shop.database.query(
			`update orders set history = jsonb_set(history, '{0,messages}', '1') where id = any($1::uuid[])`,
			[ids],
		)
		await shop.database.query(
			`insert into outbox (order_id, version, destination, type, data, state)
			select id, 1, $2, 'order.placed', '{}', $3 from unnest($1::uuid[]) as asked (id)`,
			[ids, receiver.url, state],
		)
	}

	test('begins at the end of the log, and gets every event until it is removed', async () => {
		await shop.place(3)
		await withUrls([receiver.url], async () => {})
		const [first = ''] = await shop.place(1)
		await withUrls([receiver.url], () => got(first))
		const last = await shop.place(150, 'pay')
		await shop.database.query("update webhook set leased_until = clock_timestamp() + interval '1 hour'")
		await withUrls([], async () => {
			await shop.place(20)
			await eventually(async () => expect(await shop.eventLogStore.ends()).toMatchObject({ last: 324 }))
			await shop.database.query('update webhook set leased_until = clock_timestamp()')
			await eventually(async () => {
				const [webhook] = await shop.database.query('select position, lease_id as lease from webhook')
				expect(webhook).toEqual({ position: 304, lease: null })
			})
		})
		expect(receiver.taken()).toHaveLength(301)
		expect(new Set(receiver.taken().map(({ event }) => event.subject))).toEqual(new Set([first, ...last]))
	})

	test('that is put back goes on from where it was, and is forgotten an hour after it has got everything', async () => {
		await withUrls([receiver.url], async () => {})
		const [last = ''] = await shop.place(1)
		await withUrls([], () => got(last))
		const [meanwhile = ''] = await shop.place(1)
		await withUrls([receiver.url], () => got(meanwhile))
		expect(receiver.taken()).toHaveLength(2)

		await withUrls([], async () => {})
		const rows = () => shop.database.query('select ended_at from webhook')
		await shop.upkeepStore.removeEnded(3_600_000)
		expect(await rows()).toHaveLength(1)
		await shop.database.query("update webhook set ended_at = ended_at - interval '1 hour'")
		await shop.upkeepStore.removeEnded(3_600_000)
		expect(await rows()).toEqual([])
		await shop.place(1)
		await withUrls([receiver.url], async () => {})
		const [later = ''] = await shop.place(1)
		await withUrls([receiver.url], () => got(later))
		expect(receiver.taken()).toHaveLength(3)
	})

	test('that has left is kept while it has not got everything', async () => {
		receiver.answerWith(() => 500)
		await withUrls([receiver.url], async () => {})
		const [id = ''] = await shop.place(1)
		await withUrls([], () => shop.inTime(() => expect(receiver.attempts(id).length).toBeGreaterThan(2)))
		await shop.database.query("update webhook set ended_at = ended_at - interval '1 day'")
		await shop.upkeepStore.removeEnded(3_600_000)
		receiver.answerWith(() => 200)
		await withUrls([], () => shop.inTime(() => expect(receiver.taken(id)).toHaveLength(1)))
	})

	test('is served only by the processes that are configured with it', async () => {
		await withUrls([receiver.url], async () => {})
		await using other = await startWebhookReceiver(secret)
		await shop.database.query(
			"insert into webhook (origin, url, types, position, since_position) values ('environment', $1, '{*}', 0, 0)",
			[other.url],
		)
		// A process that starts ends the URLs that it does not know. One that runs already leaves them alone.
		await withUrls([receiver.url], async () => {
			await shop.database.query('update webhook set until_position = null, ended_at = null')
			const [id] = await shop.place(1)
			await receiver.tookAll(1, id)
			await shop.caughtUp(await shop.idOf(receiver.url))
		})
		expect(other.attempts()).toEqual([])
	})

	test('does not get an event again that the outbox of an earlier version has for it', async () => {
		await withUrls([receiver.url], async () => {})
		const [delivered, pending, elsewhere, other] = (await shop.place(4)) as [string, string, string, string]
		await writeAsBefore([delivered], 'delivered')
		await writeAsBefore([pending], 'pending')
		await shop.database.query(`update orders set history = jsonb_set(history, '{0,messages}', '1') where id = $1`, [
			elsewhere,
		])
		const made = await startWebhookReceiver(secret)
		opened.use(made)
		await withUrls([receiver.url], async () => {
			for (const id of [delivered, pending, elsewhere, other]) await shop.act(id, 'pay')
			await receiver.tookAll(5)
			await shop.caughtUp(await shop.idOf(receiver.url))
			const versions = (id: string) => receiver.taken(id).map(({ event }) => event.data.version)
			expect([delivered, elsewhere, other].map(versions)).toEqual([[2], [1, 2], [1, 2]])
			// The relay has still to send the first message of this order.
			expect(receiver.attempts(pending)).toEqual([])
			await shop.act(pending, 'cancel')
			await shop.passTime()
			const [sign] = await shop.place(1)
			await receiver.tookAll(1, sign)
			expect(receiver.attempts(pending)).toEqual([])
			await shop.database.query("update outbox set state = 'delivered'")
			await receiver.tookAll(2, pending)
			expect(versions(pending)).toEqual([2, 3])
		})
	})
})
