import type { Bench } from '../bench.ts'
import type { ShopFront } from '../contestants/shop-front.ts'
import type { HttpJob } from '../load/http-generator.ts'
import type { LoadResult } from '../load/load-result.ts'
import type { Pace } from '../load/pace.ts'
import type { Contestant } from '../rounds.ts'
import { skus } from '../shop.ts'

/** A turn in which orders are placed with a contestant. */
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
