import type { CatalogServiceHandlers } from '@mercat/catalog-api/messages/CatalogService'
import { createPageTokens } from '@mercat/service/page-token'
import type { Rpcs } from './grpc/rpc.ts'
import { getPriceHistory, type HistoryCursor } from './prices/history/get-price-history.ts'
import type { HistoryStore } from './prices/history/history-store.ts'

export type PriceHandlersNeeds = {
	rpcs: Rpcs
	history: HistoryStore
	pageTokenKey: string
}

const notBuilt = async (): Promise<never> => {
	throw new Error('not built yet')
}

/** The methods of `CatalogService` about prices. */
export function priceHandlers({ rpcs, history, pageTokenKey }: PriceHandlersNeeds) {
	const write = 'catalog:write'
	const historyTokens = createPageTokens<HistoryCursor>(pageTokenKey)
	return {
		GetPriceHistory: rpcs.open(getPriceHistory({ pageTokens: historyTokens, ...history })),
		ApplyPrices: rpcs.scoped(write, notBuilt),
		GetPriceLimits: rpcs.scoped(write, notBuilt),
		SetPriceLimits: rpcs.scoped(write, notBuilt),
	} satisfies Partial<CatalogServiceHandlers>
}
