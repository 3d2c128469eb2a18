import { randomBytes, randomUUID } from 'node:crypto'
import { type Database, openDatabase } from '@mercat/database/database'
import type { OrderView } from '@mercat/order-api/order-schemas'
import { eventually } from '@mercat/testing/eventually'
import { type MercatResult, runMercat } from '@mercat/testing/run-mercat'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startWebhookReceiver, type WebhookReceiver } from '../webhook-receiver.ts'
import { startCluster } from './shop/cluster.ts'
import { placeOrder, transition } from './shop/shop-client.ts'

const patience = { timeout: 90_000, interval: 20 }

/** A cluster whose order services send events to `targets` receivers. */
async function startShop(secret: string, targets: number, orders: number) {
	await using opened = new AsyncDisposableStack()
	const receivers: WebhookReceiver[] = []
	for (let index = 0; index < targets; index++) receivers.push(opened.use(await startWebhookReceiver(secret)))
	const env = { WEBHOOK_URLS: receivers.map(({ url }) => url).join(' '), WEBHOOK_SECRET: secret }
	const cluster = opened.use(await startCluster({ engine: 'postgres', orders, env }))
	const database = opened.use(await openDatabase(cluster.urls.order))
	const resources = opened.move()

	return {
		cluster,
		receivers,
		database,
		async place(sku: string, customer = 'alice'): Promise<OrderView> {
			const [key, token] = [randomUUID(), cluster.customerToken(customer)]
			const { status, body } = await placeOrder(() => ({
				url: cluster.orderUrl(),
				token,
				key,
				items: [{ sku, quantity: 1 }],
			}))
			expect(status).toBe(201)
			return body
		},
		async act(id: string, action: string, replica = 0): Promise<OrderView> {
			const { status, body } = await transition(() => cluster.orderUrl(replica), cluster.staffToken, id, action)
			expect(status).toBe(200)
			return body
		},
		mercat: (...args: string[]): Promise<MercatResult> => runMercat([...args, '--order-db', cluster.urls.order]),
		[Symbol.asyncDispose]: () => resources.disposeAsync(),
	}
}

type Shop = Awaited<ReturnType<typeof startShop>>

/** Makes every pending message and delivery due now. */
async function passTime(database: Database): Promise<void> {
	await database.query("update outbox set next_attempt_at = clock_timestamp() where state = 'pending'")
	await database.query(
		'update webhook_delivery set next_attempt_at = clock_timestamp() where next_attempt_at is not null',
	)
}

type Message = { id: number; state: string; attempts: number; type: string; lastError: string | null }

/** The messages to the catalog about an order. */
function messagesOf(database: Database, orderId: string): Promise<Message[]> {
	return database.query<Message>(
		`select id, state, attempts, type, last_error as "lastError" from outbox
		where order_id = $1 and destination = 'catalog' order by version`,
		[orderId],
	)
}

type Delivery = { state: string; tries: number; type: string; attempts: { status?: number; error?: string }[] }

/** The deliveries of an order's events to a webhook. */
function deliveriesOf(database: Database, orderId: string, url: string): Promise<Delivery[]> {
	return database.query<Delivery>(
		`select webhook_delivery.state, tries, type, attempts from webhook_delivery join webhook on webhook.id = webhook_id
		where order_id = $1 and url = $2 order by version`,
		[orderId, url],
	)
}

/** Waits until every webhook has got everything. */
async function delivered(database: Database): Promise<void> {
	await inTime(database, async () => {
		const [row] = await database.query(
			`select (select count(*) from webhook_delivery where state = 'pending') as pending,
				(select count(*) from webhook, event_log where position < last_position) as behind,
				(select count(*) from event_inbox) as unwritten`,
		)
		expect(row).toEqual({ pending: 0, behind: 0, unwritten: 0 })
	})
}

/** Makes pending messages due again and again until `check` passes. */
async function inTime(database: Database, check: () => unknown): Promise<void> {
	await eventually(async () => {
		await passTime(database)
		await check()
	}, patience)
}

async function expectSound({ cluster, receivers }: Shop): Promise<void> {
	for (const receiver of receivers) {
		expect(receiver.forgeries).toEqual([])
		expect(receiver.disordered()).toEqual([])
	}
	expect(await cluster.audit()).toMatchObject({ exitCode: 0 })
}

describe('two order services and three webhooks', () => {
	let shop: Shop
	let targets: [WebhookReceiver, WebhookReceiver, WebhookReceiver]
	beforeAll(async () => {
		shop = await startShop(`whsec_${randomBytes(24).toString('base64')}`, 3, 2)
		targets = shop.receivers as typeof targets
	})
	afterAll(() => shop?.[Symbol.asyncDispose]())

	test('every transition of an order reaches every webhook as a signed CloudEvent, in order', async () => {
		const sku = await shop.cluster.stocked(5, 1290)
		const sold = await shop.place(sku)
		const returned = await shop.place(sku)
		for (const action of ['pay', 'ship', 'deliver']) await shop.act(sold.id, action)
		for (const action of ['pay', 'cancel']) await shop.act(returned.id, action)

		const { body: history } = await read(`/v1/orders/${sold.id}/history`)
		for (const target of targets) {
			await target.tookAll(4, sold.id)
			await target.tookAll(3, returned.id)
			const steps = ['placed', 'paid', 'shipped', 'delivered']
			expect(target.taken(sold.id)).toEqual(
				steps.map((status, index) => ({
					webhookId: `msg_${sold.id}_${index + 1}`,
					contentType: 'application/cloudevents+json; charset=utf-8',
					event: {
						specversion: '1.0',
						id: `msg_${sold.id}_${index + 1}`,
						source: '/v1/orders',
						type: `mercat.order.${status}.v1`,
						subject: sold.id,
						time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
						datacontenttype: 'application/json',
						traceparent: expect.stringMatching(/^00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]$/),
						data: {
							...sold,
							status,
							version: index + 1,
							updatedAt: expect.any(String),
							change: {
								from: steps[index - 1] ?? null,
								to: status,
								who: index === 0 ? 'alice' : 'staff',
								...(index > 0 && { reference: 'ref' }),
							},
						},
					},
				})),
			)
			for (const [index, { event }] of target.taken(sold.id).entries()) {
				expect(event.time).toBe(history.history[index].when)
			}
			const cancelled = target.taken(returned.id).at(-1)!.event
			expect(cancelled).toMatchObject({ type: 'mercat.order.cancelled.v1', data: { paymentMustBeReturned: true } })
		}
		await expectSound(shop)
	})

	test('two processes share the webhooks, and every event comes once', async () => {
		const sku = await shop.cluster.stocked(100)
		const orders = await Promise.all(
			Array.from({ length: 40 }, async (_, index) => {
				const { id } = await shop.place(sku, `customer-${index}`)
				await shop.act(id, 'pay', index)
				await shop.act(id, 'cancel', index + 1)
				return id
			}),
		)
		for (const target of targets) {
			await Promise.all(orders.map((id) => target.tookAll(3, id)))
			for (const id of orders) expect(target.attempts(id).map(({ event }) => event.data.version)).toEqual([1, 2, 3])
		}
		await expectSound(shop)
	})

	test('a webhook that is down or never answers delays no other webhook, and gets every message when it is back', async () => {
		const [up, down, mute] = targets
		const sku = await shop.cluster.stocked(100)
		await down.stop()
		mute.answerWith(() => 'hang')
		const orders = await Promise.all(Array.from({ length: 10 }, () => shop.place(sku)))
		await Promise.all(orders.map(({ id }) => shop.act(id, 'pay')))
		for (const { id } of orders) await up.tookAll(2, id)

		// Many attempts have failed, and no event is given up.
		const [first] = orders
		await inTime(shop.database, async () => {
			const [placed] = await deliveriesOf(shop.database, first!.id, down.url)
			expect(placed?.tries).toBeGreaterThan(7)
		})
		const [placed, paid] = await deliveriesOf(shop.database, first!.id, down.url)
		expect(placed?.state).toBe('pending')
		expect(placed?.attempts.at(-1)?.error).toContain('ECONNREFUSED')
		expect(paid).toMatchObject({ state: 'pending', tries: 0 })
		expect(mute.taken(first!.id)).toEqual([])

		await down.start()
		mute.answerWith(() => 200)
		await delivered(shop.database)
		for (const { id } of orders) {
			for (const target of [down, mute]) await target.tookAll(2, id)
		}
		await expectSound(shop)
	})

	async function read(path: string) {
		const response = await fetch(`${shop.cluster.orderUrl()}${path}`, {
			headers: { authorization: `Bearer ${shop.cluster.staffToken}` },
		})
		// biome-ignore lint/suspicious/noExplicitAny: a test asks for any part of any body
		return { status: response.status, body: (await response.json()) as any }
	}
})

describe('one order service and one webhook', () => {
	let shop: Shop
	let target: WebhookReceiver
	beforeAll(async () => {
		shop = await startShop('any other text is a secret, too', 1, 1)
		target = shop.receivers[0]!
	})
	afterAll(() => shop?.[Symbol.asyncDispose]())

	test('a process that is killed after a delivery leaves its lease, and the event comes again under the same id', async () => {
		const [order] = shop.cluster.orders
		const sku = await shop.cluster.stocked(5)
		await order!.signal('SIGKILL')
		await order!.start('before settle-deliveries')
		const placing = shop.place(sku)
		await order!.ended()
		await order!.start()
		const { id } = await placing
		const [webhook] = await shop.database.query(
			'select lease_id is not null and leased_until > clock_timestamp() as leased from webhook',
		)
		expect(webhook).toEqual({ leased: true })
		await shop.database.query("update webhook set leased_until = clock_timestamp() - interval '1 s'")
		await inTime(shop.database, () => expect(target.taken(id)).toHaveLength(2))
		const [first, second] = target.taken(id)
		expect(second).toEqual(first)
		await eventually(async () => {
			expect(await deliveriesOf(shop.database, id, target.url)).toMatchObject([{ state: 'delivered', tries: 1 }])
		}, patience)
	})

	test.each([
		['after CommitReservations', 'pay', { onHand: 4, held: 0 }],
		['after ReleaseReservations', 'cancel', { onHand: 5, held: 0 }],
	])(
		'a relay that is killed %s sends the command again, and the catalog carries it out once',
		async (fault, action, stock) => {
			const [order] = shop.cluster.orders
			const sku = await shop.cluster.stocked(5)
			const { id } = await shop.place(sku)
			await order!.signal('SIGKILL')
			await order!.start(fault)
			const acting = shop.act(id, action)
			await order!.ended()
			await order!.start()
			await acting
			await inTime(shop.database, async () => {
				expect(await messagesOf(shop.database, id)).toMatchObject([{ state: 'delivered', attempts: 2 }])
			})
			expect(await shop.cluster.stock(sku)).toMatchObject(stock)
			await expectSound(shop)
		},
	)

	test('an event that a webhook keeps refusing is dead after three days, and delays only its own order', async () => {
		const sku = await shop.cluster.stocked(5)
		// Events of orders of the tests before may still come.
		const customer = 'poisoned'
		target.answerWith(({ event }) => (event.data['customerId'] === customer && event.data.version === 1 ? 500 : 200))
		const { id } = await shop.place(sku, customer)
		await eventually(() => expect(target.attempts(id).length).toBeGreaterThan(0), patience)
		await shop.act(id, 'pay')
		const { id: other } = await shop.place(sku)
		await target.tookAll(1, other)
		await inTime(shop.database, () => expect(target.attempts(id).length).toBeGreaterThan(15))
		expect(target.taken(id)).toEqual([])

		await shop.database.query(
			"update webhook_delivery set trying_since = trying_since - interval '3 days' where tries > 0",
		)
		await inTime(shop.database, () => expect(target.taken(id)).toHaveLength(1))
		expect(target.taken(id)[0]).toMatchObject({ event: { type: 'mercat.order.paid.v1' } })
		// The process records and logs the outcome a moment after the receiver has got the next event.
		await eventually(async () => {
			const [dead] = await deliveriesOf(shop.database, id, target.url)
			expect(dead?.state).toBe('dead')
			expect(dead?.attempts.length).toBeGreaterThan(15)
			expect(dead?.attempts.at(-1)).toMatchObject({ status: 500, error: 'HTTP 500' })
			expect(shop.cluster.orders[0]!.output).toMatch(/"level":"error".*"a delivery to a webhook is dead"/)
		}, patience)
		await eventually(() => expectSound(shop), patience)
	})

	test('a webhook that answers 410 is paused until it is made active, and has lost nothing', async () => {
		const sku = await shop.cluster.stocked(5)
		target.answerWith(() => 410)
		const { id } = await shop.place(sku)
		await eventually(async () => {
			const [webhook] = await shop.database.query('select state from webhook')
			expect(webhook).toEqual({ state: 'paused' })
		}, patience)
		await shop.act(id, 'pay')
		expect(await deliveriesOf(shop.database, id, target.url)).toMatchObject([
			{ state: 'pending', tries: 1, attempts: [{ status: 410, error: 'HTTP 410' }] },
		])
		target.answerWith(() => 204)
		await shop.database.query("update webhook set state = 'active'")
		await target.tookAll(2, id)
		await expectSound(shop)
	})

	test('a message of an earlier version is dead after its last attempt, and is sent again when an operator says so', async () => {
		const sku = await shop.cluster.stocked(5)
		const { id } = await shop.place(sku)
		await target.tookAll(1, id)
		target.answerWith(() => 410)
		const [order] = shop.cluster.orders
		await order!.signal('SIGTERM')
		await shop.database.query(
			`insert into outbox (order_id, version, destination, type, data) values
			($1, 1, $2, 'order.placed', jsonb_build_object('orderId', $1::uuid, 'version', 1))`,
			[id, target.url],
		)
		await order!.start()
		const message = async () => {
			const rows = await shop.database.query<Message>(
				'select id, state, attempts, last_error as "lastError" from outbox where destination = $1',
				[target.url],
			)
			return rows[0]
		}
		await eventually(async () => {
			expect(await message()).toMatchObject({ state: 'dead', attempts: 1, lastError: 'HTTP 410' })
		}, patience)
		const { id: messageId } = (await message())!
		const listed = await shop.mercat('outbox', 'list')
		expect(listed.exitCode).toBe(0)
		expect(listed.stdout.split('\n')).toEqual([
			`${messageId}  order.placed to ${target.url}, order ${id} version 1, 1 attempts, dead: HTTP 410`,
			'0 pending, 1 dead',
			'',
		])

		target.answerWith(() => 204)
		expect(await shop.mercat('outbox', 'redrive', String(messageId))).toMatchObject({
			exitCode: 0,
			stdout: '1 message will be sent again\n',
		})
		// A process looks for such messages when it starts, and every minute.
		await order!.signal('SIGTERM')
		await order!.start()
		await eventually(async () => {
			expect((await shop.mercat('outbox', 'list')).stdout).toBe('0 pending, 0 dead\n')
		}, patience)
		expect(target.taken(id).at(-1)).toMatchObject({ event: { type: 'order.placed', data: { orderId: id } } })
		expect(await shop.mercat('outbox', 'redrive')).toMatchObject({
			exitCode: 0,
			stdout: '0 messages will be sent again\n',
		})
	})
})

describe('commands to the catalog', () => {
	let shop: Shop
	beforeAll(async () => {
		shop = await startShop('any other text is a secret, too', 1, 1)
	})
	afterAll(() => shop?.[Symbol.asyncDispose]())

	test('a catalog that was down for long gets every command when it is back', async () => {
		const [catalog] = shop.cluster.catalogs
		const sku = await shop.cluster.stocked(20)
		const orders = await Promise.all(Array.from({ length: 9 }, () => shop.place(sku)))
		await catalog!.signal('SIGKILL')
		const acts = [['pay'], ['cancel'], ['pay', 'cancel']]
		for (const [index, { id }] of orders.entries()) for (const action of acts[index % 3]!) await shop.act(id, action)

		await inTime(shop.database, async () => {
			for (const { id } of orders) {
				const [first] = await messagesOf(shop.database, id)
				expect(first?.attempts).toBeGreaterThan(15)
			}
		})
		const listed = await shop.mercat('outbox', 'list')
		expect([listed.exitCode, listed.stdout.split('\n').at(-2)]).toEqual([0, '12 pending, 0 dead'])
		await catalog!.start()
		await inTime(shop.database, async () => {
			const [row] = await shop.database.query("select count(*) as pending from outbox where state = 'pending'")
			expect(row).toEqual({ pending: 0 })
		})
		expect(await shop.cluster.stock(sku)).toMatchObject({ onHand: 17, held: 0 })
		await expectSound(shop)
	})

	test('a catalog that fails on one order still sells the stock of the others', async () => {
		const sku = await shop.cluster.stocked(20)
		const [poisoned, ...others] = await Promise.all(Array.from({ length: 6 }, () => shop.place(sku)))
		await using catalogDatabase = await openDatabase(shop.cluster.urls.catalog)
		await catalogDatabase.query("insert into stock_movement (sku, kind, cause, delta) values ($1, 'commit', $2, 0)", [
			sku,
			poisoned!.id,
		])
		await Promise.all([poisoned!, ...others].map(({ id }) => shop.act(id, 'pay')))
		for (const { id } of others) await shop.act(id, 'ship')
		await eventually(async () => {
			const [message] = await messagesOf(shop.database, poisoned!.id)
			expect(message).toMatchObject({ state: 'pending', lastError: expect.stringMatching(/./) })
		}, patience)

		await catalogDatabase.query('delete from stock_movement where cause = $1', [poisoned!.id])
		await inTime(shop.database, async () => {
			expect(await messagesOf(shop.database, poisoned!.id)).toMatchObject([{ state: 'delivered' }])
		})
		expect(await shop.cluster.stock(sku)).toMatchObject({ onHand: 14, held: 0 })
		await expectSound(shop)
	})

	test('a paid order whose hold has expired is sold when there is stock, and cancelled when there is none', async () => {
		const [receiver] = shop.receivers
		const [order] = shop.cluster.orders
		const [catalog] = shop.cluster.catalogs
		const [plenty, scarce] = [await shop.cluster.stocked(5), await shop.cluster.stocked(1)]
		const [lucky, unlucky] = [await shop.place(plenty), await shop.place(scarce)]
		await catalog!.signal('SIGKILL')
		for (const { id } of [lucky, unlucky]) await shop.act(id, 'pay')
		await order!.signal('SIGKILL')
		await catalog!.start()
		await using catalogDatabase = await openDatabase(shop.cluster.urls.catalog)
		await catalogDatabase.query(
			'update reservation set expires_at = clock_timestamp() where order_id = any($1::uuid[])',
			[[lucky.id, unlucky.id]],
		)
		for (const sku of [plenty, scarce]) {
			await eventually(async () => expect(await shop.cluster.stock(sku)).toMatchObject({ held: 0 }), patience)
		}
		await shop.cluster.setStock(scarce, 0)
		await order!.start()
		await inTime(shop.database, async () => {
			for (const { id } of [lucky, unlucky]) {
				const messages = await messagesOf(shop.database, id)
				expect(messages.map(({ state }) => state)).not.toContain('pending')
			}
		})

		expect(await shop.act(lucky.id, 'ship')).toMatchObject({ status: 'shipped', version: 3 })
		expect(await shop.cluster.stock(plenty)).toMatchObject({ onHand: 4, held: 0 })

		const [row] = await shop.database.query<{ status: string; last: object }>(
			'select status, history -> -1 as last from orders where id = $1',
			[unlucky.id],
		)
		expect(row).toMatchObject({
			status: 'cancelled',
			last: { from: 'paid', to: 'cancelled', who: 'system:relay', why: expect.stringContaining('must be returned') },
		})
		await receiver!.tookAll(3, unlucky.id)
		expect(receiver!.taken(unlucky.id).at(-1)!.event).toMatchObject({
			type: 'mercat.order.cancelled.v1',
			data: {
				status: 'cancelled',
				paymentMustBeReturned: true,
				change: { from: 'paid', why: expect.stringContaining('OUT_OF_STOCK') },
			},
		})
		await expectSound(shop)
	})
})
