import type { CatalogServiceHandlers } from '@mercat/catalog-api/messages/CatalogService'
import type { Rpcs } from './grpc/rpc.ts'

export type PriceHandlersNeeds = { rpcs: Rpcs }

const notBuilt = async (): Promise<never> => {
	throw new Error('not built yet')
}

/** The methods of `CatalogService` about prices. */
export function priceHandlers({ rpcs }: PriceHandlersNeeds) {
	const write = 'catalog:write'
	return {
		GetPriceHistory: rpcs.open(notBuilt),
		ApplyPrices: rpcs.scoped(write, notBuilt),
		GetPriceLimits: rpcs.scoped(write, notBuilt),
		SetPriceLimits: rpcs.scoped(write, notBuilt),
	} satisfies Partial<CatalogServiceHandlers>
}
