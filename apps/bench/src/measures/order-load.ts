import type { ShopFront } from '../contestants/shop-front.ts'
import { startCheckouts } from '../contestants/start-checkouts.ts'
import type { HttpJob } from '../load/http-generator.ts'
import type { LoadResult } from '../load/load-result.ts'
import type { Pace } from '../load/pace.ts'
import { startHttpGenerator } from '../load/start-generator.ts'
import type { Bench } from '../running/bench.ts'
import type { Comparison, Measurement, Unit } from '../running/measurement.ts'
import { skus } from '../running/shop.ts'
import { toEachCommit } from './measure.ts'
import type { Contestant } from './record-turns.ts'
import { takeTurns } from './take-turns.ts'

/** A load of orders, the same for every contestant, and the value to measure. */
export type OrderLoad = {
	title: string
	unit: Unit
	pace: Pace
	/** Default: all SKUs. */
	orderedSkus?: string[]
	measured(load: LoadResult): number
}

/** A contestant whose turns place orders with a shop. */
export function orderTurn(
	{ secret }: Bench,
	{ name, order, catalog }: ShopFront,
	pace: Pace,
	orderedSkus: string[] = skus,
): Contestant<HttpJob> {
	const job = { origin: `http://${order.address}`, pace, wish: { place: orderedSkus }, secret }
	return { name, processes: [order, catalog], job }
}

export function perSecond({ completed, seconds }: LoadResult): number {
	return completed / seconds
}

export async function measureOrders(
	bench: Bench,
	shops: ShopFront[],
	{ title, unit, pace, orderedSkus, measured }: OrderLoad,
	comparisons: Comparison[],
): Promise<Measurement[]> {
	await using generator = startHttpGenerator(bench.interruption)
	const turns = shops.map((shop) => orderTurn(bench, shop, pace, orderedSkus))
	return [{ title, unit, ...(await takeTurns(bench, generator, turns, measured)), comparisons }]
}

/** Like {@link measureOrders}, for this checkout and the commits that it is compared with. */
export async function measureOrdersAgainst(bench: Bench, load: OrderLoad): Promise<Measurement[]> {
	await using started = await startCheckouts(bench)
	return await measureOrders(bench, started.shops, load, toEachCommit(bench))
}
