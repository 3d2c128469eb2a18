import { sharedSchemas } from '@mercat/market-api/shared-schemas'
import { buildRestApp, type RestAppNeeds } from '@mercat/rest-service/build-rest-app'
import type { FastifyTypeBox } from '@mercat/rest-service/fastify-typebox'
import { type AnalysesRoutesNeeds, analysesRoutes } from './analyses/analyses-routes.ts'
import type { MarketConfig } from './config.ts'
import { manageScope } from './http/market-scopes.ts'
import { productResource } from './http/product-resource.ts'
import { marketDescription } from './openapi/market-description.ts'
import { type TicksRoutesNeeds, ticksRoutes } from './prices/ticks-routes.ts'
import { type SalesRoutesNeeds, salesRoutes } from './sales/sales-routes.ts'
import { type SourcesRoutesNeeds, sourcesRoutes } from './sources/sources-routes.ts'

export type AppNeeds = Omit<RestAppNeeds, 'routes'> & {
	config: Pick<MarketConfig, 'requestBudgetMs' | 'rateLimit' | 'trustProxy' | 'corsOrigins' | 'requestLog'>
	ticks: TicksRoutesNeeds
	sales: SalesRoutesNeeds
	sources: SourcesRoutesNeeds
	analyses: AnalysesRoutesNeeds
}

/** Builds the REST API, which can then listen or take injected requests. */
export function buildApp({ config, ticks, sales, sources, analyses, ...needs }: AppNeeds): Promise<FastifyTypeBox> {
	return buildRestApp(
		{
			...needs,
			routes: {
				signedIn(signedIn) {
					ticksRoutes(signedIn, ticks)
					salesRoutes(signedIn, sales)
					sourcesRoutes(signedIn, sources)
					analysesRoutes(signedIn, analyses)
				},
			},
		},
		{
			config,
			api: marketDescription,
			sharedSchemas,
			resource: productResource,
			trustedScope: manageScope,
			streamPaths: [],
		},
	)
}
