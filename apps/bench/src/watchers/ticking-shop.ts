import { type Mercat, startMercat } from '../contestants/start-mercat.ts'
import { type Generator, startGenerator } from '../load/start-generator.ts'
import type { Bench } from '../running/bench.ts'
import type { PriceJob, PriceReport } from './price-source.ts'

/** A shop with a source that changes its prices when it is told to. */
export type TickingShop = AsyncDisposable & { shop: Mercat; prices: Generator<PriceJob, PriceReport> }

export async function startTickingShop(bench: Bench, name: string): Promise<TickingShop> {
	await using opened = new AsyncDisposableStack()
	const shop = opened.use(await startMercat(bench, { name }))
	const prices = opened.use(
		startGenerator<PriceJob, PriceReport>(import.meta.resolve('./price-source.ts'), bench.interruption),
	)
	await prices.run({ take: { address: shop.catalog.address, secret: bench.secret } })
	const resources = opened.move()
	return { shop, prices, [Symbol.asyncDispose]: () => resources.disposeAsync() }
}
