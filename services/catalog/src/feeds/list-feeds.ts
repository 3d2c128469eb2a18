import type { ListFeedsRequest__Output as Request } from '@mercat/catalog-api/messages/ListFeedsRequest'
import type { ListFeedsResponse as Response } from '@mercat/catalog-api/messages/ListFeedsResponse'
import { toTimestamp } from '@mercat/catalog-api/timestamps'
import { openPage } from '@mercat/grpc-service/open-page'
import type { Budget } from '@mercat/service/budget'
import type { PageTokens } from '@mercat/service/page-token'
import { type FeedRun, toRunMessage } from './feed-run.ts'

/** Where a page of feeds, or of skus, ended. */
export type NameCursor = { after: string }

export type Feed = {
	name: string
	/** Null before the first run. */
	lastRun: FeedRun | null
	/** Null before the first run that synced. */
	lastSyncedAt: Date | null
	heldPrices: number
}

export type ListFeedsNeeds = {
	pageTokens: PageTokens<NameCursor>
	/** Feeds by name, from the one after `after`. */
	listFeeds(after: string, size: number, budget: Budget): Promise<Feed[]>
}

/** One page of the feeds, by name. */
export function listFeeds({ pageTokens, listFeeds }: ListFeedsNeeds) {
	return async (request: Request, budget: Budget): Promise<Response> => {
		const page = openPage(request, { pageTokens, of: ['feeds'] })
		const found = await listFeeds(page.after?.after ?? '', page.readSize, budget)
		const { items, nextPageToken } = page.cut(found, ({ name }) => ({ after: name }))
		return { feeds: items.map(toFeedMessage), nextPageToken }
	}
}

function toFeedMessage({ name, lastRun, lastSyncedAt, heldPrices }: Feed) {
	return {
		name,
		lastRun: lastRun && toRunMessage(lastRun),
		lastSyncTime: lastSyncedAt && toTimestamp(lastSyncedAt),
		heldPriceCount: heldPrices,
	}
}
