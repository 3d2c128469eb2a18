import { randomUUID } from 'node:crypto'
import { eventually } from '@mercat/testing/eventually'
import { seededRandom } from '@mercat/testing/seeded-random'
import { describe, expect, test } from 'vitest'
import { type Cluster, type ClusterOptions, startCluster } from './shop/cluster.ts'
import type { ServiceProcess } from './shop/service-process.ts'
import { placeOrder, type Settled, transition } from './shop/shop-client.ts'
import { createShopLog } from './shop/shop-log.ts'

const clusters: [string, ClusterOptions][] = [
	['two processes of each service on postgres', { engine: 'postgres', catalogs: 2, orders: 2 }],
	['one process of each service on pglite', { engine: 'pglite' }],
]

test.for(clusters)(
	'100 keys that are sent 20 times at once, half of them broken off, make 100 orders with one answer each, with %s',
	async ([, options], { onTestFailed }) => {
		const random = seededRandom(onTestFailed)
		await using cluster = await startCluster(options)
		const skus = [await cluster.stocked(1_000), await cluster.stocked(1_000)]
		// Two customers use the same keys, which makes different orders.
		const customers = [`customer-${randomUUID()}`, `customer-${randomUUID()}`]
		const orders = customers.flatMap((customer) =>
			Array.from({ length: 50 }, (_, number) => ({
				customer,
				token: cluster.customerToken(customer),
				key: `key-${number}`,
				items: random.shuffled(skus).map((sku) => ({ sku, quantity: random.oneOf([1, 2, 3]) })),
			})),
		)
		const copies = random.shuffled(orders.flatMap((order) => Array.from({ length: 20 }, () => order)))
		const outcomes = await Promise.all(
			copies.map(async (order, index) => {
				let breakOffAfterMs = index % 2 === 0 ? random.between(0, 50) : undefined
				const settled = await placeOrder(() => {
					const attempt = { ...order, url: cluster.orderUrl(index), breakOffAfterMs }
					breakOffAfterMs = undefined
					return attempt
				})
				return { order, ...settled }
			}),
		)

		const log = createShopLog()
		for (const order of orders) {
			const answers = outcomes.filter((outcome) => outcome.order === order)
			const [first] = answers.map(({ body }) => body)
			for (const { status, body } of answers) expect([status, body]).toEqual([201, first])
			expect(answers.filter(({ replayed }) => !replayed).length, 'answers that were no replay').toBeLessThan(2)
			if (first !== undefined) log.saw(first)
		}
		expect(log.size).toBe(100)
		for (const sku of skus) {
			const items = orders.flatMap((order) => order.items).filter((item) => item.sku === sku)
			const held = items.reduce((sum, { quantity }) => sum + quantity, 0)
			expect(await cluster.stock(sku)).toMatchObject({ onHand: 1_000, held })
		}
		expect(await cluster.audit()).toMatchObject({ exitCode: 0 })
		expect(await log.contradictions(cluster.urls, new Map(skus.map((sku) => [sku, 1_000])))).toEqual([])
	},
)

describe('a copy of a request whose process was stopped', () => {
	const twoReplicas: ClusterOptions = { engine: 'postgres', catalogs: 2, orders: 2 }
	const moments = ['after look-up-orders', 'after ReserveStock']
	/** A copy that is presumed new by a process that has just written another order. */
	const momentsOfNew = ['before ReserveStock', 'after ReserveStock']

	test('a stopped copy finds its order cancelled or expired when it goes on, and leaves no hold behind', async () => {
		// The budget is so long that the copy still does what it was about to do.
		const env = { PAYMENT_WINDOW_S: '2', REQUEST_BUDGET_MS: '30000' }
		await using cluster = await startCluster({ ...twoReplicas, env })
		const [stopped] = cluster.orders as [ServiceProcess]
		const sku = await cluster.stocked(10)
		const log = createShopLog()
		const cases = [
			...moments.map((moment) => ({ moment, isNew: false })),
			...momentsOfNew.map((moment) => ({ moment, isNew: true })),
		]
		for (const { moment, isNew } of cases) {
			for (const end of ['cancelled', 'expired']) {
				if (isNew) log.saw((await buy(cluster, 0, sku)).body)
				const [key, token] = [randomUUID(), cluster.customerToken(`customer-${randomUUID()}`)]
				const copyTo = (replica: number) =>
					placeOrder(() => ({ url: cluster.orderUrl(replica), token, key, items: [{ sku, quantity: 1 }] }))
				await stopped.arm(moment, 'pause')
				const copy = copyTo(0)
				await stopped.reached()
				const { status, body: order } = await copyTo(1)
				expect([status, order.status]).toEqual([201, 'placed'])
				if (end === 'cancelled') await transition(() => cluster.orderUrl(1), token, order.id, 'cancel')
				await eventually(async () => {
					expect(await cluster.stock(sku)).toMatchObject({ held: 0 })
				})

				await stopped.signal('SIGCONT')
				const late = await copy
				expect(late, `${moment}, ${end}`).toMatchObject({ status: 201, body: { id: order.id, status: end } })
				expect(await cluster.stock(sku)).toMatchObject({ onHand: 10, held: 0 })
				log.saw(order)
				log.saw(late.body)
			}
		}
		await cluster.settled()
		expect(await cluster.audit()).toMatchObject({ exitCode: 0 })
		expect(await log.contradictions(cluster.urls, new Map([[sku, 10]]))).toEqual([])
	})

	test('a stopped copy places no order after its hold has expired and another customer has bought the last piece', async () => {
		const env = { PAYMENT_WINDOW_S: '1', REQUEST_BUDGET_MS: '1000' }
		await using cluster = await startCluster({ ...twoReplicas, env })
		const [stopped] = cluster.orders as [ServiceProcess]
		const log = createShopLog()
		const onHand = new Map<string, number>()
		for (const moment of moments) {
			const sku = await cluster.stocked(1)
			onHand.set(sku, 1)
			await stopped.arm(moment, 'pause')
			const late = buy(cluster, 0, sku)
			await stopped.reached()
			const bought = await eventually(async () => {
				const { status, body } = await buy(cluster, 1, sku)
				expect(status).toBe(201)
				log.saw(body)
				const paid = await transition(() => cluster.orderUrl(1), cluster.staffToken, body.id, 'pay')
				expect(paid.status).toBe(200)
				return paid.body
			})
			log.saw(bought)

			await stopped.signal('SIGCONT')
			expect(await late, moment).toMatchObject({ status: 409, body: { code: 'OUT_OF_STOCK' } })
			await eventually(async () => {
				expect(await cluster.stock(sku)).toMatchObject({ onHand: 0, held: 0 })
			})
		}
		await cluster.settled()
		expect(await cluster.audit()).toMatchObject({ exitCode: 0 })
		expect(await log.contradictions(cluster.urls, onHand)).toEqual([])
	})
})

/** A request for one piece, by a new customer. */
function buy(cluster: Cluster, replica: number, sku: string): Promise<Settled> {
	const [key, token] = [randomUUID(), cluster.customerToken(`customer-${randomUUID()}`)]
	return placeOrder(() => ({ url: cluster.orderUrl(replica), token, key, items: [{ sku, quantity: 1 }] }))
}
