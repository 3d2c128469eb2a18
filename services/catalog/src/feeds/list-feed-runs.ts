import type { ListFeedRunsRequest__Output as Request } from '@mercat/catalog-api/messages/ListFeedRunsRequest'
import type { ListFeedRunsResponse as Response } from '@mercat/catalog-api/messages/ListFeedRunsResponse'
import { openPage } from '@mercat/grpc-service/open-page'
import type { Budget } from '@mercat/service/budget'
import type { PageTokens } from '@mercat/service/page-token'
import { CatalogError } from '../errors/catalog-error.ts'
import { checkSource } from '../errors/identifiers.ts'
import { type FeedRun, toRunMessage } from './feed-run.ts'

/** Where a page of runs ended. */
export type RunCursor = { number: number }

export type ListFeedRunsNeeds = {
	pageTokens: PageTokens<RunCursor>
	/** The newest first, from the one before number `before`; undefined when there is no such feed. */
	listRuns(feed: string, before: number, size: number, budget: Budget): Promise<FeedRun[] | undefined>
}

/** One page of the runs of a feed, the newest first. */
export function listFeedRuns({ pageTokens, listRuns }: ListFeedRunsNeeds) {
	return async (request: Request, budget: Budget): Promise<Response> => {
		const { feed } = request
		checkSource('feed', feed)
		const page = openPage(request, { pageTokens, of: ['feed runs', feed] })
		const found = await listRuns(feed, page.after?.number ?? Number.MAX_SAFE_INTEGER, page.readSize, budget)
		if (found === undefined) throw new CatalogError('FEED_NOT_FOUND', { metadata: { feed } })
		const { items, nextPageToken } = page.cut(found, ({ number }) => ({ number }))
		return { runs: items.map(toRunMessage), nextPageToken }
	}
}
