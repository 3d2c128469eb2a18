import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { chaosTimes } from '@mercat/testing/chaos-times'
import { eventually } from '@mercat/testing/eventually'
import { type SeededRandom, seededRandom } from '@mercat/testing/seeded-random'
import { engines } from '@mercat/testing/test-database'
import { describe, expect, test } from 'vitest'
import { closeBooks } from './shop/close-books.ts'
import { type Cluster, startCluster } from './shop/cluster.ts'
import type { ServiceProcess } from './shop/service-process.ts'
import { placeOrder, transition } from './shop/shop-client.ts'
import { createShopLog, type ShopLog } from './shop/shop-log.ts'

// Most of it is for the starts of processes, which are slow on a busy machine.
const timeout = 1_800_000
const recoveryTimeoutMs = 120_000

describe.concurrent.each(engines)('random kills on %s', { timeout }, (engine) => {
	test('services that are killed at random under load lose no order, place no order twice and leak no stock', async ({
		onTestFailed,
	}) => {
		const random = seededRandom(onTestFailed)
		await using cluster = await startCluster({ engine, env: { PAYMENT_WINDOW_S: '4' } })
		const [one, other, scarce] = [await cluster.stocked(1e6), await cluster.stocked(1e6), await cluster.stocked(40)]
		const onHand = new Map([
			[one, 1e6],
			[other, 1e6],
			[scarce, 40],
		])
		const baskets = [[one], [other], [one, other], [other, one], [scarce]]
		const log = createShopLog()

		const closing = new AbortController()
		const shoppers = Array.from({ length: 12 }, async () => {
			while (!closing.signal.aborted) await shop(cluster, log, random, baskets)
		})
		const parts = [Promise.all(shoppers), killAtRandom(cluster, log, random, closing.signal)]
		const outcomes = await Promise.allSettled(parts.map((part) => part.finally(() => closing.abort())))
		for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason

		for (const status of ['placed', 'paid', 'shipped', 'cancelled'] as const) {
			expect(log.count(status), status).toBeGreaterThan(10)
		}
		// The payment windows of all unpaid orders are over.
		await closeBooks(cluster, log, onHand, { held: 0, uncertain: scarce })
	})
})

/** One client places an order, and may pay, ship or cancel it. */
async function shop(cluster: Cluster, log: ShopLog, random: SeededRandom, baskets: string[][]): Promise<void> {
	const [key, customer] = [randomUUID(), `customer-${randomUUID()}`]
	const token = cluster.customerToken(customer)
	const items = random.oneOf(baskets).map((sku) => ({ sku, quantity: random.oneOf([1, 2, 3]) }))
	const placed = await placeOrder(() => ({ url: cluster.orderUrl(), token, key, items }))
	if (placed.body.code === 'OUT_OF_STOCK') {
		if (placed.attempts > 1) log.refused(customer, key)
		return
	}
	expect(placed).toMatchObject({ status: 201, body: { customerId: customer } })
	log.saw(placed.body)

	for (const action of random.oneOf([
		[],
		[],
		['cancel'],
		['pay'],
		['pay', 'ship'],
		['pay', 'ship'],
		['pay', 'cancel'],
	])) {
		const who = action === 'cancel' ? token : cluster.staffToken
		const settled = await transition(() => cluster.orderUrl(), who, placed.body.id, action)
		// The payment window was over, or the stock was gone when the payment came.
		if (settled.status === 409 && settled.body.code === 'ORDER_STATE_CONFLICT') return
		expect([settled.status, settled.body.id], action).toEqual([200, placed.body.id])
		log.saw(settled.body)
	}
	await sleep(random.between(0, 60))
}

/**
 * Kills the order service, the catalog, or both, 12 times or more, and some of them again while they start. Before each kill the
 * clients have got answers again, so that every kill interrupts work.
 */
async function killAtRandom(
	{ orders, catalogs }: Cluster,
	log: ShopLog,
	random: SeededRandom,
	closing: AbortSignal,
): Promise<void> {
	const rounds = (victims: ServiceProcess[], count: number) =>
		Array.from({ length: count }, (_, round) => ({ victims, again: round === 0 }))
	const plan = [
		...rounds(orders, 5 * chaosTimes),
		...rounds(catalogs, 5 * chaosTimes),
		...rounds([...orders, ...catalogs], 2 * chaosTimes),
	]
	for (const { victims, again } of random.shuffled(plan)) {
		const heard = log.answers
		await eventually(() => expect(log.answers, 'answers since the last kill').toBeGreaterThan(heard + 10), {
			timeout: recoveryTimeoutMs,
		})
		await sleep(random.between(0, 300))
		if (closing.aborted) return
		await Promise.all(victims.map((victim) => victim.signal('SIGKILL')))
		if (again) {
			const starts = victims.map((victim) => victim.start().catch(() => {}))
			await sleep(random.between(0, 700))
			await Promise.all(victims.map((victim) => victim.signal('SIGKILL')))
			await Promise.all(starts)
		}
		await Promise.all(victims.map((victim) => victim.start()))
	}
}
