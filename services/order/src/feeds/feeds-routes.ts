import { isSource } from '@mercat/catalog-api/identifiers'
import {
	type FeedList,
	FeedListSchema,
	FeedNameParams,
	FeedQuerySchema,
	type FeedRunList,
	FeedRunListSchema,
} from '@mercat/order-api/feed-schemas'
import { Problem } from '@mercat/rest-api/problem'
import type { FastifyTypeBox } from '@mercat/rest-service/fastify-typebox'
import type { Budget } from '@mercat/service/budget'
import { Type } from '@sinclair/typebox'
import { catalogScope, forwardedToken } from '../http/forwarded-token.ts'
import { type AskedPage, pageOf } from './asked-page.ts'
import { catalogProblems } from './catalog-problems.ts'

/** The feeds in the catalog, which is asked with the token of the caller. */
export type FeedsRoutesNeeds = {
	listFeeds(page: AskedPage, token: string, budget: Budget): Promise<FeedList>
	listFeedRuns(page: AskedPage & { feed: string }, token: string, budget: Budget): Promise<FeedRunList>
}

const scopes = [catalogScope]
const tags = ['feeds']

/** The routes about the feeds of suppliers, for a scope that requires a sign-in. */
export function feedsRoutes(app: FastifyTypeBox, needs: FeedsRoutesNeeds): void {
	app.get(
		'/v1/feeds',
		{
			config: { scopes, problems: catalogProblems },
			schema: {
				operationId: 'listFeeds',
				summary: 'List the feeds with their last runs, by name',
				description: 'A feed is known from its first run on. `mercat feeds sync` runs it.',
				tags,
				querystring: FeedQuerySchema,
				response: { 200: Type.Ref(FeedListSchema, { description: 'A page of feeds' }) },
			},
		},
		(request) => needs.listFeeds(pageOf(request.query), forwardedToken(request), request.budget),
	)

	app.get(
		'/v1/feeds/:name/runs',
		{
			config: { scopes, problems: [...catalogProblems, 'FEED_NOT_FOUND'] },
			schema: {
				operationId: 'listFeedRuns',
				summary: 'List the runs of a feed, the newest first',
				description: 'The catalog keeps the last 100.',
				tags,
				params: FeedNameParams,
				querystring: FeedQuerySchema,
				response: { 200: Type.Ref(FeedRunListSchema, { description: 'A page of runs' }) },
			},
		},
		(request) => {
			const { name: feed } = request.params
			if (!isSource(feed)) throw new Problem('FEED_NOT_FOUND')
			return needs.listFeedRuns({ ...pageOf(request.query), feed }, forwardedToken(request), request.budget)
		},
	)
}
