import { randomUUID } from 'node:crypto'
import { engines } from '@mercat/testing/test-database'
import { expect, test } from 'vitest'
import { type Cluster, type ClusterOptions, startCluster } from './shop/cluster.ts'
import { placeOrder, type Settled } from './shop/shop-client.ts'

const clusters: [string, ClusterOptions][] = [
	...engines.map((engine): [string, ClusterOptions] => [`one process of each service on ${engine}`, { engine }]),
	['two processes of each service on postgres', { engine: 'postgres', catalogs: 2, orders: 2 }],
]

test.each(clusters)(
	'100 of 500 buyers get one of 100 pieces, and 400 get OUT_OF_STOCK, with %s',
	async (_name, options) => {
		await using cluster = await startCluster(options)
		const sku = await cluster.stocked(100)
		const outcomes = await buyers(cluster, 500, () => [{ sku, quantity: 1 }])

		const placed = outcomes.filter(({ status }) => status === 201)
		const refused = outcomes.filter(({ status, body }) => status === 409 && body.code === 'OUT_OF_STOCK')
		expect([placed.length, refused.length]).toEqual([100, 400])
		expect(new Set(placed.map(({ body }) => body.id)).size).toBe(100)
		expect(await cluster.stock(sku)).toMatchObject({ onHand: 100, held: 100, available: 0 })
		expect(await cluster.audit()).toMatchObject({ exitCode: 0 })
	},
)

test.each(clusters)(
	'buyers who order several products in opposite orders all get an answer, and nothing is oversold, with %s',
	async (_name, options) => {
		await using cluster = await startCluster(options)
		const skus = await Promise.all([40, 50, 60].map((pieces) => cluster.stocked(pieces)))
		const outcomes = await buyers(cluster, 200, (index) => {
			const items = skus.map((sku) => ({ sku, quantity: 1 }))
			return index % 2 === 0 ? items : items.reverse()
		})

		expect(outcomes.filter(({ status }) => status === 201)).toHaveLength(40)
		expect(outcomes.filter(({ body }) => body.code === 'OUT_OF_STOCK')).toHaveLength(160)
		for (const sku of skus) expect(await cluster.stock(sku)).toMatchObject({ held: 40 })
		expect(await cluster.audit()).toMatchObject({ exitCode: 0 })
	},
)

function buyers(
	cluster: Cluster,
	count: number,
	itemsOf: (index: number) => { sku: string; quantity: number }[],
): Promise<Settled[]> {
	return Promise.all(
		Array.from({ length: count }, (_, index) => {
			const [key, token, items] = [randomUUID(), cluster.customerToken(`buyer-${index}`), itemsOf(index)]
			return placeOrder(() => ({ url: cluster.orderUrl(index), token, key, items }))
		}),
	)
}
