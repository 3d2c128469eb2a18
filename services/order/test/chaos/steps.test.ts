import { randomUUID } from 'node:crypto'
import type { OrderStatus } from '@mercat/order-api/order-status'
import { engines } from '@mercat/testing/test-database'
import { describe, expect, test } from 'vitest'
import { startWebhookReceiver } from '../webhook-receiver.ts'
import { closeBooks } from './shop/close-books.ts'
import { type Cluster, startCluster } from './shop/cluster.ts'
import type { ServiceProcess } from './shop/service-process.ts'
import { placeOrder, type Settled, transition } from './shop/shop-client.ts'
import { createShopLog } from './shop/shop-log.ts'

// Most of it is for the starts of processes, which are slow on a busy machine.
const timeout = 1_800_000

// The tests mostly wait for processes to start and for leases and holds to end, so they run at the same time.
describe.concurrent.each(engines)('a crash at every step on %s', { timeout }, (engine) => {
	test('a service that dies at any step of placing, paying, shipping or cancelling an order settles the order when it is back', async () => {
		// With a limit of unpaid orders, the second order of a customer is looked up first.
		await using cluster = await startCluster({ engine, env: { MAX_UNPAID_ORDERS: '10' } })
		const [pieces, sku] = [10_000, await cluster.stocked(10_000)]
		const books = new Map([[sku, pieces]])
		const log = createShopLog()
		const place = async (customer = newCustomer(), ordered = sku) => {
			const settled = await placeSettled(cluster, [{ sku: ordered, quantity: 2 }], { customer })
			log.saw(settled.body)
			return settled.body.id
		}
		const change = (action: string) => async (id: string) => {
			const settled = await transition(() => cluster.orderUrl(), cluster.staffToken, id, action)
			expect([settled.status, settled.body.id], action).toEqual([200, id])
			log.saw(settled.body)
		}

		const ids: string[] = []
		for (const step of steps.place) {
			const customer = newCustomer()
			ids.push(await place(customer), await dieAt(cluster, step, () => place(customer)))
		}
		for (const step of steps.placeFirst) {
			const first = await cluster.stocked(pieces)
			books.set(first, pieces)
			ids.push(await dieAt(cluster, step, () => place(newCustomer(), first)))
		}
		while (ids.length < steps.pay.length + steps.cancel.length) ids.push(await place())
		const paid = ids.slice(0, steps.pay.length)
		for (const [index, step] of steps.pay.entries())
			await dieAt(cluster, step, () => change('pay')(paid[index] as string))
		for (const [index, step] of steps.cancel.entries())
			await dieAt(cluster, step, () => change('cancel')(ids[steps.pay.length + index] as string))
		for (const [index, step] of steps.ship.entries())
			await dieAt(cluster, step, () => change('ship')(paid[index] as string))
		for (const [index, step] of steps.refund.entries())
			await dieAt(cluster, step, () => change('cancel')(paid[steps.ship.length + index] as string))

		await closeBooks(cluster, log, books, { held: 2 * log.count('placed') })
	})

	test('a service that dies at any step of placing a presumed order settles the order when it is back', async () => {
		// With a long budget an order counts as just written on a busy machine, too.
		await using cluster = await startCluster({ engine, env: { REQUEST_BUDGET_MS: '60000' } })
		const [pieces, sku] = [1_000, await cluster.stocked(1_000)]
		const log = createShopLog()
		const place = async () => {
			const settled = await placeSettled(cluster, [{ sku, quantity: 1 }])
			log.saw(settled.body)
			return settled
		}
		for (const step of steps.placeNew) {
			await place()
			await dieAt(cluster, step, place)
		}
		await place()
		await (cluster.orders as [ServiceProcess])[0].arm('before look-up-orders')
		expect(await place()).toMatchObject({ attempts: 1 })
		await closeBooks(cluster, log, new Map([[sku, pieces]]), { held: log.count('placed') })
	})

	test('a service that dies at any step of giving positions and delivering events loses no event and swaps none when it is back', async () => {
		const secret = 'the secret of the webhook'
		await using receiver = await startWebhookReceiver(secret)
		const env = { WEBHOOK_URLS: receiver.url, WEBHOOK_SECRET: secret }
		await using cluster = await startCluster({ engine, env })
		const [pieces, sku] = [1_000, await cluster.stocked(1_000)]
		const log = createShopLog()
		const due: string[] = []
		for (const step of steps.log) {
			const { body } = await dieAt(cluster, step, () => placeSettled(cluster, [{ sku, quantity: 1 }]))
			const cancelled = await transition(() => cluster.orderUrl(), cluster.staffToken, body.id, 'cancel')
			log.saw(body)
			log.saw(cancelled.body)
			due.push(`msg_${body.id}_1`, `msg_${body.id}_2`)
		}
		await receiver.tookAll(due.length)
		expect(receiver.disordered()).toEqual([])
		const response = await fetch(`${cluster.orderUrl()}/v1/events`, {
			headers: { authorization: `Bearer ${cluster.staffToken}` },
		})
		const { events } = (await response.json()) as { events: { event: { id: string } }[] }
		expect(events.map(({ event }) => event.id)).toEqual(due)
		await closeBooks(cluster, log, new Map([[sku, pieces]]), { held: 0 })
	})

	test('a service that dies at any step of an expiry leaves no hold behind when it is back', async () => {
		await using cluster = await startCluster({ engine, env: { PAYMENT_WINDOW_S: '1' } })
		const [pieces, sku] = [1_000, await cluster.stocked(1_000)]
		const log = createShopLog()
		for (const step of steps.sweep) await dieAt(cluster, step, () => cluster.hold(sku, 1, 1))
		for (const step of steps.expire) {
			// When the answer died with the service, the order may be expired at the next attempt.
			const place = () => placeSettled(cluster, [{ sku, quantity: 1 }], { statuses: ['placed', 'expired'] })
			log.saw((await dieAt(cluster, step, place)).body)
		}
		await closeBooks(cluster, log, new Map([[sku, pieces]]), { held: 0 })
	})
})

type Step = { service: 'order' | 'catalog'; point: string }

/** The moments at which a service dies: before the first step and after each step. */
const along = (service: Step['service'], ...names: string[]): Step[] =>
	[`before ${names[0]}`, ...names.map((name) => `after ${name}`)].map((point) => ({ service, point }))

const settling = ['begin', 'lock-reservations', 'lock-shelf', 'settle-reservations', 'commit of settle-reservations']

/** The steps of the two services for each kind of work. */
const steps = {
	place: [
		...along('order', 'look-up-orders', 'ReserveStock', 'insert-orders'),
		{ service: 'order', point: 'before answer 201' },
		...along('catalog', 'hold-at-once'),
	],
	/** Placing an order of a product that the catalog has not sold since its start. */
	placeFirst: along('catalog', 'begin', 'lock-reservations', 'lock-shelf', 'write-holds', 'commit of write-holds'),
	/** Placing a presumed order, by a process that has just written another order. */
	placeNew: [
		...along('order', 'ReserveStock', 'insert-orders'),
		{ service: 'order', point: 'before answer 201' },
		...along('catalog', 'hold-at-once'),
	],
	pay: [
		...along('order', 'find-orders', 'write-transitions'),
		{ service: 'order', point: 'before answer 200' },
		...along('order', 'claim-messages', 'CommitReservations', 'acknowledge-commits', 'settle-messages'),
		...along('catalog', ...settling),
	],
	cancel: [...along('order', 'ReleaseReservations'), ...along('catalog', ...settling)],
	ship: [
		{ service: 'order', point: 'after write-transitions' },
		{ service: 'order', point: 'before answer 200' },
	],
	/** A cancellation after the stock was sold. */
	refund: [
		{ service: 'order', point: 'after ReleaseReservations' },
		...along('catalog', 'settle-reservations', 'commit of settle-reservations'),
	],
	expire: along('order', 'lock-overdue-orders', 'write-transitions', 'commit of write-transitions'),
	/** From the inbox of events to the end of a delivery. */
	log: along('order', 'assign-positions', 'claim-webhooks', 'settle-deliveries'),
	/** The expiry of a hold that has no order. */
	sweep: along('catalog', 'lock-run-out-holds', 'settle-reservations', 'commit of settle-reservations'),
} satisfies Record<string, Step[]>

/**
 * Makes a service die at a step of the work for `act`, and starts it again. `act` repeats its request until it is
 * answered.
 */
async function dieAt<T>(cluster: Cluster, { service, point }: Step, act: () => Promise<T>): Promise<T> {
	const [victim] = (service === 'order' ? cluster.orders : cluster.catalogs) as [ServiceProcess]
	await victim.arm(point)
	const acting = act()
	acting.catch(() => {})
	await victim.reached()
	await victim.start()
	return acting
}

const newCustomer = () => `customer-${randomUUID()}`

async function placeSettled(
	cluster: Cluster,
	items: { sku: string; quantity: number }[],
	{ customer = newCustomer(), statuses = ['placed'] }: { customer?: string; statuses?: OrderStatus[] } = {},
): Promise<Settled> {
	const key = randomUUID()
	const token = cluster.customerToken(customer)
	const settled = await placeOrder(() => ({ url: cluster.orderUrl(), token, key, items }))
	expect(settled).toMatchObject({ status: 201, body: { customerId: customer, status: expect.toBeOneOf(statuses) } })
	return settled
}
