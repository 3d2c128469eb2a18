import { setTimeout as sleep } from 'node:timers/promises'
import { createCatalogClients } from '@mercat/catalog-api/client'
import { partsOf } from '@mercat/service/parts-of'
import { type RunningMarket, startMarket } from '../contestants/start-market.ts'
import { type Mercat, startMercat } from '../contestants/start-mercat.ts'
import { type Generator, startGenerator } from '../load/start-generator.ts'
import type { Bench } from '../running/bench.ts'
import { importUpserts, staffToken } from '../search/import-upserts.ts'
import type { ExchangeJob, ExchangeReport } from './exchange-process.ts'
import { liveProducts, source } from './live-products.ts'
import { type MarketCounts, readMarketCounts } from './market-counts.ts'

/** A shop whose market follows an exchange. */
export type LiveMarket = AsyncDisposable & {
	shop: Mercat
	market: RunningMarket
	exchange: Generator<ExchangeJob, ExchangeReport>
	counts(): Promise<MarketCounts>
	/** Waits until the catalog has all prices. */
	applied(): Promise<void>
}

const upsertsOfCall = 500
const lookMs = 50
const patienceMs = 60_000

export async function startLiveMarket(bench: Bench): Promise<LiveMarket> {
	await using opened = new AsyncDisposableStack()
	const shop = opened.use(await startMercat(bench))
	await importLiveProducts(shop.catalog.address, bench.secret)
	const exchange = opened.use(
		startGenerator<ExchangeJob, ExchangeReport>(import.meta.resolve('./exchange-process.ts'), bench.interruption),
	)
	const { url } = await exchange.run({ open: true })
	const market = opened.use(
		await startMarket(bench, {
			name: shop.name,
			catalogAddress: shop.catalog.address,
			source: { name: source, url },
		}),
	)
	const counts = () => readMarketCounts(market.metricsUrl)
	const resources = opened.move()
	return {
		shop,
		market,
		exchange,
		counts,
		async applied() {
			const givenUpAt = performance.now() + patienceMs
			while ((await counts()).waiting > 0) {
				if (performance.now() > givenUpAt) throw new Error('the prices were not applied')
				await Promise.race([sleep(lookMs), bench.interruption])
			}
		},
		[Symbol.asyncDispose]: () => resources.disposeAsync(),
	}
}

async function importLiveProducts(address: string, secret: string): Promise<void> {
	const clients = createCatalogClients(address)
	try {
		for (const products of partsOf(liveProducts, upsertsOfCall)) {
			const upserts = products.map(({ sku, amountMinor, currency }, index) => {
				const price = { currencyCode: currency, amountMinor }
				return { rowNumber: index + 1, product: { sku, title: `Gold bar ${sku}`, price } }
			})
			await importUpserts(clients.catalog, upserts, staffToken(secret), source)
		}
	} finally {
		clients.close()
	}
}
