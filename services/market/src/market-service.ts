import type { Server } from '@grpc/grpc-js'
import { inBytes } from '@mercat/grpc-service/request-bytes'
import type { Rpcs } from '@mercat/grpc-service/rpc'
import { marketPackage } from '@mercat/market-api/load-proto'
import type { MarketServiceHandlers } from '@mercat/market-api/messages/MarketService'
import { readScope } from './http/market-scopes.ts'
import { type GetPriceHistoryNeeds, getPriceHistory } from './prices/get-price-history.ts'
import { type WatchPricesNeeds, watchPrices } from './prices/watching/watch-prices.ts'
import { type WatchSalesNeeds, watchSales } from './sales/watching/watch-sales.ts'

export type MarketServiceNeeds = {
	rpcs: Rpcs
	history: GetPriceHistoryNeeds
	watching: WatchPricesNeeds
	sales: WatchSalesNeeds
}

// 10,000 skus of 64 characters.
const largestWatchKb = 700
const largestSalesKb = 1

/** Adds `MarketService` to a server, each method behind the scope that it needs. */
export function addMarketService(server: Server, { rpcs, history, watching, sales }: MarketServiceNeeds): void {
	const handlers: MarketServiceHandlers = {
		GetPriceHistory: rpcs.open(getPriceHistory(history)),
		WatchPrices: rpcs.watch(watchPrices(watching), largestWatchKb),
		WatchSales: rpcs.scopedWatch(readScope, watchSales(sales), largestSalesKb),
	}
	server.addService(inBytes(marketPackage.MarketService.service), handlers)
}
