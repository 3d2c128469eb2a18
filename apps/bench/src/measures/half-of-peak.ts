import type { ShopFront } from '../contestants/shop-front.ts'
import { startHttpGenerator } from '../load/start-generator.ts'
import type { Bench } from '../running/bench.ts'
import { orderTurn, perSecond } from './order-load.ts'

const shareOfPeak = 0.5

/** Measures the peak of a shop, after a warm-up, and returns half of it in orders per second. */
export async function halfOfPeak(bench: Bench, shop: ShopFront): Promise<number> {
	await using generator = startHttpGenerator(bench.interruption)
	const { clients, seconds } = bench.options
	const { job } = orderTurn(bench, shop, { clients, seconds })
	await generator.run(job)
	const ratePerSecond = Math.round(shareOfPeak * perSecond(await generator.run(job)))
	bench.report(`  ${ratePerSecond} orders arrive per second`)
	return ratePerSecond
}
