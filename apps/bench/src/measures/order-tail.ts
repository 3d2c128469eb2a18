import type { ShopFront } from '../contestants/shop-front.ts'
import { startCheckouts } from '../contestants/start-checkouts.ts'
import { startFloor } from '../contestants/start-floor.ts'
import { type Mercat, startMercat } from '../contestants/start-mercat.ts'
import { p99WithFailures } from '../load/load-result.ts'
import type { Bench } from '../running/bench.ts'
import { halfOfPeak } from './half-of-peak.ts'
import { type Measure, toEachCommit } from './measure.ts'
import { measureOrders, type OrderLoad } from './order-load.ts'

/**
 * The length of a turn with `--against`, as a multiple of `--seconds`. The long turns of a run without `--against`
 * would leave too few rounds for a verdict, and a turn of `--seconds` has too few orders for a p99.
 */
const turnsAgainst = 2.5

/**
 * The p99 of an order. Every contestant gets orders at the same constant rate: half of the peak of the floor, or with
 * `--against` half of the peak of the first commit.
 */
export const orderTail: Measure = {
	name: 'order-tail',
	hasLongTurns: true,
	async run(bench) {
		await using opened = new AsyncDisposableStack()
		const floor = opened.use(await startFloor(bench))
		const mercat = opened.use(await startMercat(bench))
		return await measureOrders(bench, [floor, mercat], await atHalfOfPeak(bench, floor, "the floor's"), [
			{ of: 'mercat', to: 'floor', target: { bound: 'at most', value: 1 } },
		])
	},
	async runAgainst(bench) {
		await using started = await startCheckouts(bench)
		const { shops } = started
		const [, first] = shops as [Mercat, Mercat]
		const seconds = Math.ceil(turnsAgainst * bench.options.seconds)
		const longer = { ...bench, options: { ...bench.options, seconds } }
		return await measureOrders(longer, shops, await atHalfOfPeak(longer, first, `${first.name}'s`), toEachCommit(bench))
	},
}

async function atHalfOfPeak(bench: Bench, shop: ShopFront, whose: string): Promise<OrderLoad> {
	const ratePerSecond = await halfOfPeak(bench, shop)
	const title = `p99 of an order at half of ${whose} peak, ${ratePerSecond}/s arriving`
	const pace = { ratePerSecond, seconds: bench.options.seconds }
	return { title, unit: 'ms', pace, measured: p99WithFailures }
}
