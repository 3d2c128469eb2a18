import type { Database } from '@mercat/database/database'
import { createCustomerPseudonym } from '@mercat/rest-service/customer-pseudonym'
import { listen } from '@mercat/rest-service/listen'
import { showWaiting } from '@mercat/rest-service/load-gauges'
import type { Logger } from '@mercat/service/log'
import { createPageTokens } from '@mercat/service/page-token'
import { createTaskQueue } from '@mercat/service/task-queue'
import type { TokenRules } from '@mercat/service/tokens'
import type { AnalysesRoutesNeeds } from './analyses/analyses-routes.ts'
import { buildApp } from './app.ts'
import type { PriceSources } from './applying/price-sources.ts'
import type { MarketConfig } from './config.ts'
import type { Folding } from './open-folding.ts'
import type { Sales } from './open-sales.ts'
import type { ListTicksNeeds, TicksCursor } from './prices/list-ticks.ts'
import { tellLatest } from './prices/tell-latest.ts'
import type { SalesPlaceInList } from './sales/list-sales.ts'
import { createSourceStateStore } from './sources/source-state-store.ts'

export type ServeRestNeeds = {
	database: Database
	folding: Pick<Folding, 'readBarPage' | 'readLatestPrice'>
	sales: Pick<Sales, 'readRows' | 'findMark'>
	analyses: AnalysesRoutesNeeds
	priceSources: Pick<PriceSources, 'find'>
	isUnknown: ListTicksNeeds['isUnknown']
	pageTokenKey: string
	tokenRules: TokenRules
	isReady(): Promise<boolean>
	/** Whether a shutdown was announced. */
	isDraining(): boolean
	log: Logger
}

// As in the order service: answers of the database do not wait for a burst of requests.
const requestsPerTurn = 4

/** Serves the REST API until the result is disposed of. */
export async function serveRest(
	{ database, folding, sales, analyses, priceSources, isUnknown, pageTokenKey, ...needs }: ServeRestNeeds,
	config: MarketConfig,
): Promise<AsyncDisposable & { address: { host: string; port: number } }> {
	const inTurn = createTaskQueue(requestsPerTurn)
	showWaiting(inTurn.waiting)
	const staleAfterS = new Map(config.sources.map(({ name, staleAfterS }) => [name, staleAfterS]))
	const { readStates } = createSourceStateStore(database)
	const { readBarPage, readLatestPrice } = folding
	const app = await buildApp({
		...needs,
		config,
		customerPseudonym: createCustomerPseudonym(pageTokenKey),
		inTurn,
		ticks: {
			pageTokens: createPageTokens<TicksCursor>(pageTokenKey, 'ticks'),
			readBarPage,
			isUnknown,
			tellLatest: tellLatest({ readLatestPrice, sourceOf: priceSources.find, readStates, staleAfterS }),
			now: Date.now,
		},
		sales: { pageTokens: createPageTokens<SalesPlaceInList>(pageTokenKey, 'sales'), ...sales, now: Date.now },
		sources: { readStates, staleAfterS },
		analyses,
	})
	const address = await listen(app, config)
	return { address, [Symbol.asyncDispose]: () => app.close() }
}
