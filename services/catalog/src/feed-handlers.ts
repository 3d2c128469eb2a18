import type { CatalogServiceHandlers } from '@mercat/catalog-api/messages/CatalogService'
import type { Rpcs } from '@mercat/grpc-service/rpc'
import { createPageTokens } from '@mercat/service/page-token'
import { beginFeedRun } from './feeds/begin-feed-run.ts'
import type { FeedListStore } from './feeds/feed-list-store.ts'
import type { FeedRunStore } from './feeds/feed-run-store.ts'
import { finishFeedRun } from './feeds/finish-feed-run.ts'
import { listFeedRuns, type RunCursor } from './feeds/list-feed-runs.ts'
import { listFeeds, type NameCursor } from './feeds/list-feeds.ts'
import { listSourceSkus } from './feeds/list-source-skus.ts'
import { renewFeedRun } from './feeds/renew-feed-run.ts'
import { retireProducts } from './feeds/retire-products.ts'
import type { RetireStore } from './feeds/retire-store.ts'
import type { HeldPriceStore } from './held-prices/held-price-store.ts'
import { type HoldCursor, listHeldPrices } from './held-prices/list-held-prices.ts'
import { resolveHeldPrice } from './held-prices/resolve-held-price.ts'

export type FeedHandlersNeeds = {
	rpcs: Rpcs
	runs: FeedRunStore
	feeds: FeedListStore
	retirement: RetireStore
	heldPrices: HeldPriceStore
	pageTokenKey: string
}

/** The methods of `CatalogService` about feeds and held prices. */
export function feedHandlers({ rpcs, runs, feeds, retirement, heldPrices, pageTokenKey }: FeedHandlersNeeds) {
	const write = 'catalog:write'
	const nameTokens = createPageTokens<NameCursor>(pageTokenKey)
	const runTokens = createPageTokens<RunCursor>(pageTokenKey)
	const holdTokens = createPageTokens<HoldCursor>(pageTokenKey)
	return {
		BeginFeedRun: rpcs.scoped(write, beginFeedRun({ begin: runs.begin })),
		RenewFeedRun: rpcs.scoped(write, renewFeedRun({ renew: runs.renew })),
		FinishFeedRun: rpcs.scoped(write, finishFeedRun({ finish: runs.finish })),
		ListFeeds: rpcs.scoped(write, listFeeds({ pageTokens: nameTokens, listFeeds: feeds.listFeeds })),
		ListFeedRuns: rpcs.scoped(write, listFeedRuns({ pageTokens: runTokens, listRuns: feeds.listRuns })),
		ListSourceSkus: rpcs.scoped(
			write,
			listSourceSkus({ pageTokens: nameTokens, listSourceSkus: retirement.listSourceSkus }),
		),
		RetireProducts: rpcs.scoped(write, retireProducts({ retire: retirement.retire })),
		ListHeldPrices: rpcs.scoped(write, listHeldPrices({ pageTokens: holdTokens, listHolds: heldPrices.listHolds })),
		ResolveHeldPrice: rpcs.scoped(write, resolveHeldPrice({ decide: heldPrices.decide })),
	} satisfies Partial<CatalogServiceHandlers>
}
