import type { CatalogServiceHandlers } from '@mercat/catalog-api/messages/CatalogService'
import { countPrices } from './grpc/call-facts.ts'
import type { Rpcs } from './grpc/rpc.ts'
import { applyPrices } from './prices/applying/apply-prices.ts'
import type { ApplyPricesStore } from './prices/applying/apply-prices-store.ts'
import type { PriceLimitStore } from './prices/limits/price-limit-store.ts'
import { getPriceLimits, setPriceLimits } from './prices/limits/price-limits.ts'

export type PriceHandlersNeeds = {
	rpcs: Rpcs
	applying: ApplyPricesStore
	limits: PriceLimitStore
}

const notBuilt = async (): Promise<never> => {
	throw new Error('not built yet')
}

/** The methods of `CatalogService` about prices. */
export function priceHandlers({ rpcs, applying, limits }: PriceHandlersNeeds) {
	const write = 'catalog:write'
	return {
		GetPriceHistory: rpcs.open(notBuilt),
		ApplyPrices: rpcs.scoped(write, applyPrices({ apply: applying.apply }), countPrices),
		GetPriceLimits: rpcs.scoped(write, getPriceLimits({ find: limits.find })),
		SetPriceLimits: rpcs.scoped(write, setPriceLimits({ replace: limits.replace })),
	} satisfies Partial<CatalogServiceHandlers>
}
