import { catalogRpcs } from '@mercat/catalog-api/load-proto'
import type { CatalogServiceHandlers } from '@mercat/catalog-api/messages/CatalogService'
import type { Rpcs } from '@mercat/grpc-service/rpc'
import { createPageTokens } from '@mercat/service/page-token'
import { countPrices } from './grpc/call-facts.ts'
import { applyPrices } from './prices/applying/apply-prices.ts'
import type { ApplyPricesStore } from './prices/applying/apply-prices-store.ts'
import { createBarEncoder } from './prices/history/encode-bars.ts'
import { getPriceHistory, type HistoryCursor } from './prices/history/get-price-history.ts'
import type { PriceReads } from './prices/history/price-reads.ts'
import type { PriceLimitStore } from './prices/limits/price-limit-store.ts'
import { getPriceLimits, setPriceLimits } from './prices/limits/price-limits.ts'

export type PriceHandlersNeeds = {
	rpcs: Rpcs
	history: PriceReads
	applying: ApplyPricesStore
	limits: PriceLimitStore
	pageTokenKey: string
}

/** The methods of `CatalogService` about prices. */
export function priceHandlers({ rpcs, history, applying, limits, pageTokenKey }: PriceHandlersNeeds) {
	const write = 'catalog:write'
	const encodeBars = createBarEncoder(catalogRpcs.GetPriceHistory.responseSerialize)
	const historyTokens = createPageTokens<HistoryCursor>(pageTokenKey)
	return {
		GetPriceHistory: rpcs.open(getPriceHistory({ pageTokens: historyTokens, encodeBars, ...history })),
		ApplyPrices: rpcs.scoped(write, applyPrices({ apply: applying.apply }), countPrices),
		GetPriceLimits: rpcs.scoped(write, getPriceLimits({ find: limits.find })),
		SetPriceLimits: rpcs.scoped(write, setPriceLimits({ replace: limits.replace })),
	} satisfies Partial<CatalogServiceHandlers>
}
