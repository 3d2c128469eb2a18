import type { Database } from '@mercat/database/database'
import { createGrpcService, type ServedGrpc } from '@mercat/grpc-service/grpc-service'
import { createUnreadTotal } from '@mercat/grpc-service/unread-total'
import { marketRpcs } from '@mercat/market-api/load-proto'
import { reflectedPackages } from '@mercat/market-api/reflection'
import type { Logger } from '@mercat/service/log'
import { createPageTokens } from '@mercat/service/page-token'
import { createTokenVerifier, type TokenRules } from '@mercat/service/tokens'
import type { MarketConfig } from './config.ts'
import { manageScope, readScope } from './http/market-scopes.ts'
import { addMarketService } from './market-service.ts'
import type { Folding } from './open-folding.ts'
import type { Sales } from './open-sales.ts'
import type { GetPriceHistoryNeeds, HistoryCursor } from './prices/get-price-history.ts'
import { createBarEncoder } from './prices/watching/bar-encoder.ts'
import { createBarHub } from './prices/watching/bar-hub.ts'
import { createSalesEncoder } from './sales/watching/sales-encoder.ts'
import { createSourceBlockStore } from './sources/source-block-store.ts'
import { createConflatedStreams } from './streaming/conflated-streams.ts'

export type ServeGrpcNeeds = {
	database: Database
	folding: Folding
	sales: Pick<Sales, 'watch' | 'readRows'>
	isUnknown: GetPriceHistoryNeeds['isUnknown']
	pageTokenKey: string
	tokenRules: TokenRules
	readiness: { isReady(): Promise<boolean> }
	log: Logger
	/** Milliseconds since 1970. */
	now?(): number
}

/** Serves `MarketService` until the result is disposed of. */
export async function serveGrpc(
	{ database, folding, sales, isUnknown, pageTokenKey, tokenRules, readiness, log, now = Date.now }: ServeGrpcNeeds,
	config: MarketConfig,
): Promise<ServedGrpc> {
	await using opened = new AsyncDisposableStack()
	const { server, rpcs, serve } = createGrpcService(
		{ log, verifyToken: createTokenVerifier(tokenRules) },
		{ ...config, trustedScopes: [readScope, manageScope] },
	)
	const streams = opened.use(createConflatedStreams(createUnreadTotal()))
	const hub = opened.use(createBarHub({ ...folding, ...createSourceBlockStore(database), log }))
	addMarketService(server, {
		rpcs,
		history: {
			...folding,
			pageTokens: createPageTokens<HistoryCursor>(pageTokenKey, 'price bars'),
			isUnknown,
			now,
		},
		watching: {
			hub,
			streams,
			encoder: createBarEncoder(marketRpcs.WatchPrices.responseSerialize),
		},
		sales: {
			...sales,
			streams,
			encoder: createSalesEncoder(marketRpcs.WatchSales.responseSerialize),
			now,
		},
	})
	const served = opened.use(
		await serve({
			...config,
			port: config.grpcPort,
			services: ['mercat.market.v1.MarketService'],
			packages: reflectedPackages(),
		}),
	)
	opened.use(await served.followReadiness(readiness))
	const resources = opened.move()
	return { ...served, [Symbol.asyncDispose]: () => resources.disposeAsync() }
}
