import { startConditionalUpdate, startFloor } from '../contestants/start-floor.ts'
import { startMercat } from '../contestants/start-mercat.ts'
import { startHttpGenerator } from '../load/start-generator.ts'
import { takeTurns } from '../rounds.ts'
import { skus } from '../shop.ts'
import type { Measure } from './measure.ts'
import { orderTurn, perSecond } from './place-orders.ts'

/** Orders per second of all contestants, each client sending its next order when the last was answered. */
export const orders: Measure = {
	name: 'orders',
	async run(bench) {
		await using opened = new AsyncDisposableStack()
		const { clients, seconds } = bench.options
		const shops = [
			opened.use(await startFloor(bench)),
			opened.use(await startMercat(bench, { name: 'unbatched', unbatched: true })),
			opened.use(await startMercat(bench)),
			opened.use(await startMercat(bench, { name: 'mercat, 2 workers', workers: 2 })),
			opened.use(await startMercat(bench, { name: 'mercat embedded', engine: 'pglite' })),
		]
		const turns = shops.map((shop) => orderTurn(bench, shop, { clients, seconds }))
		const measured = await takeTurns(bench, opened.use(startHttpGenerator(bench.interruption)), turns, perSecond)
		return [
			{
				title: `Orders, ${clients} clients`,
				unit: 'orders/s',
				...measured,
				comparisons: [
					{ of: 'mercat', to: 'floor', target: { bound: 'at least', value: 2, aim: 3 } },
					{ of: 'mercat', to: 'unbatched', target: { bound: 'at least', value: 4, aim: 6 } },
					{ of: 'mercat, 2 workers', to: 'mercat' },
					{ of: 'mercat embedded', to: 'floor' },
				],
			},
		]
	},
}

/** How long an order takes that has the machine to itself. */
export const oneOrderAlone: Measure = {
	name: 'one-order-alone',
	async run(bench) {
		await using opened = new AsyncDisposableStack()
		const shops = [opened.use(await startFloor(bench)), opened.use(await startMercat(bench))]
		const pace = { clients: 1, seconds: bench.options.seconds }
		const turns = shops.map((shop) => orderTurn(bench, shop, pace))
		const measured = await takeTurns(
			bench,
			opened.use(startHttpGenerator(bench.interruption)),
			turns,
			({ p50Ms }) => p50Ms,
		)
		return [
			{
				title: 'One order alone, median',
				unit: 'ms',
				...measured,
				comparisons: [{ of: 'mercat', to: 'floor', target: { bound: 'at most', value: 2.5, aim: 2 } }],
			},
		]
	},
}

/** Everyone orders the same product. */
export const hotSku: Measure = {
	name: 'hot-sku',
	async run(bench) {
		await using opened = new AsyncDisposableStack()
		const { clients, seconds } = bench.options
		const shops = [opened.use(await startConditionalUpdate(bench)), opened.use(await startMercat(bench))]
		const turns = shops.map((shop) => orderTurn(bench, shop, { clients, seconds }, skus.slice(0, 1)))
		const measured = await takeTurns(bench, opened.use(startHttpGenerator(bench.interruption)), turns, perSecond)
		return [
			{
				title: `Orders of one hot product, ${clients} clients`,
				unit: 'orders/s',
				...measured,
				comparisons: [{ of: 'mercat', to: 'conditional update', target: { bound: 'at least', value: 4, aim: 8 } }],
			},
		]
	},
}
