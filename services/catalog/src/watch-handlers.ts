import type { CatalogServiceHandlers } from '@mercat/catalog-api/messages/CatalogService'
import type { Rpcs } from '@mercat/grpc-service/rpc'
import { type WatchProductsNeeds, watchProducts } from './watching/watch-products.ts'

export type WatchHandlersNeeds = WatchProductsNeeds & { rpcs: Rpcs }

// 10,000 skus of 64 characters.
const largestRequestKb = 700

/** The stream of changes of products. */
export function watchHandlers({ rpcs, ...needs }: WatchHandlersNeeds) {
	return {
		WatchProducts: rpcs.watch(watchProducts(needs), largestRequestKb),
	} satisfies Partial<CatalogServiceHandlers>
}
