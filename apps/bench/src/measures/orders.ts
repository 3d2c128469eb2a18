import { startConditionalUpdate, startFloor } from '../contestants/start-floor.ts'
import { startMercat } from '../contestants/start-mercat.ts'
import type { Bench } from '../running/bench.ts'
import { skus } from '../running/shop.ts'
import type { Measure } from './measure.ts'
import { measureOrders, measureOrdersAgainst, type OrderLoad, perSecond } from './order-load.ts'

/** Orders per second. Each client sends its next order at the response to its last one. */
export const orders: Measure = {
	name: 'orders',
	async run(bench) {
		await using opened = new AsyncDisposableStack()
		const shops = [
			opened.use(await startFloor(bench)),
			opened.use(await startMercat(bench, { name: 'unbatched', unbatched: true })),
			opened.use(await startMercat(bench)),
			opened.use(await startMercat(bench, { name: 'mercat, 2 workers', workers: 2 })),
			opened.use(await startMercat(bench, { name: 'mercat embedded', engine: 'pglite' })),
		]
		return await measureOrders(bench, shops, ofAllProducts(bench), [
			{ of: 'mercat', to: 'floor', target: { bound: 'at least', value: 2, aim: 3 } },
			{ of: 'mercat', to: 'unbatched', target: { bound: 'at least', value: 4, aim: 6 } },
			{ of: 'mercat, 2 workers', to: 'mercat' },
			{ of: 'mercat embedded', to: 'floor' },
		])
	},
	runAgainst: (bench) => measureOrdersAgainst(bench, ofAllProducts(bench)),
}

function ofAllProducts({ options: { clients, seconds } }: Bench): OrderLoad {
	return { title: `Orders, ${clients} clients`, unit: 'orders/s', pace: { clients, seconds }, measured: perSecond }
}

/** The median latency of an order while no other order is in progress. */
export const oneOrderAlone: Measure = {
	name: 'one-order-alone',
	async run(bench) {
		await using opened = new AsyncDisposableStack()
		const shops = [opened.use(await startFloor(bench)), opened.use(await startMercat(bench))]
		return await measureOrders(bench, shops, ofOneClient(bench), [
			{ of: 'mercat', to: 'floor', target: { bound: 'at most', value: 2.5, aim: 2 } },
		])
	},
	runAgainst: (bench) => measureOrdersAgainst(bench, ofOneClient(bench)),
}

function ofOneClient({ options: { seconds } }: Bench): OrderLoad {
	const pace = { clients: 1, seconds }
	return { title: 'One order alone, median', unit: 'ms', pace, measured: ({ p50Ms }) => p50Ms }
}

/** Orders per second when all clients order the same product. */
export const hotSku: Measure = {
	name: 'hot-sku',
	async run(bench) {
		await using opened = new AsyncDisposableStack()
		const shops = [opened.use(await startConditionalUpdate(bench)), opened.use(await startMercat(bench))]
		return await measureOrders(bench, shops, ofOneProduct(bench), [
			{ of: 'mercat', to: 'conditional update', target: { bound: 'at least', value: 4, aim: 8 } },
		])
	},
	runAgainst: (bench) => measureOrdersAgainst(bench, ofOneProduct(bench)),
}

function ofOneProduct(bench: Bench): OrderLoad {
	const title = `Orders of one hot product, ${bench.options.clients} clients`
	return { ...ofAllProducts(bench), title, orderedSkus: skus.slice(0, 1) }
}
