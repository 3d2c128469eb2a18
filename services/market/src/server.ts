import { fileURLToPath } from 'node:url'
import { createCatalogClients } from '@mercat/catalog-api/client'
import { createOpenWatch } from '@mercat/catalog-api/open-watch'
import { channelCredentials } from '@mercat/catalog-api/tls'
import { createWatchCall } from '@mercat/catalog-api/watch-call'
import { isWritable, openServiceDatabase } from '@mercat/database/open-service-database'
import { readPageTokenKey } from '@mercat/database/page-token-key'
import type { Budget } from '@mercat/service/budget'
import type { Logger } from '@mercat/service/log'
import { createOwnToken } from '@mercat/service/own-token'
import { createReadiness } from '@mercat/service/readiness'
import { repeat } from '@mercat/service/repeat'
import type { RunningService } from '@mercat/service/run'
import { tokenRules } from '@mercat/service/tokens'
import { createPriceSourceStore } from './applying/price-source-store.ts'
import { createPriceSources } from './applying/price-sources.ts'
import { createCatalogCall } from './catalog/catalog-call.ts'
import { createPricesClient } from './catalog/prices-client.ts'
import type { MarketConfig } from './config.ts'
import { countReleased } from './holds/hold-instruments.ts'
import { createOpenHolds } from './holds/open-holds.ts'
import { keepSources } from './keep-sources.ts'
import { openAnalyses } from './open-analyses.ts'
import { openFolding } from './open-folding.ts'
import { type OrderLog, openSales } from './open-sales.ts'
import { openSources } from './open-sources.ts'
import { openProductBook } from './products/product-book.ts'
import { serveGrpc } from './serve-grpc.ts'
import { serveRest } from './serve-rest.ts'

export const migrationsFolder = fileURLToPath(new URL('../migrations', import.meta.url))

const readinessTimeoutMs = 1_000
const holdsIntervalMs = 30_000
const priceSourcesIntervalMs = 2_000

/** Opens the database, brings its schema up to date, follows the sources, and serves the REST API. */
export async function startMarket(config: MarketConfig, log: Logger): Promise<RunningService> {
	await using opened = new AsyncDisposableStack()
	if (config.tracing !== undefined) {
		// Opened first, and so closed last: it sends the spans of the drain.
		const { openTracing } = await import('@mercat/service/open-tracing')
		opened.use(openTracing('mercat-market', config.tracing, { log }, config))
	}
	const database = opened.use(
		await openServiceDatabase(config.databaseUrl, { applicationName: 'mercat-market', migrationsFolder, log }),
	)
	const clients = createCatalogClients(config.catalogAddress, channelCredentials(config.tls))
	opened.defer(() => clients.close())
	const token = createOwnToken(
		{ configured: config.catalogToken, tokens: config.tokens },
		{ subject: 'service:market', scope: 'catalog:write' },
	)
	const prices = createPricesClient(createCatalogCall({ clients, token }))
	const watchCall = createWatchCall(clients, { filter: { productsOnly: true }, sendInitialState: true })
	const products = opened.use(openProductBook({ openWatch: createOpenWatch({ call: watchCall, log }), log }))

	const { sources, retention } = config
	const agreesWithinPercent = new Map(sources.map(({ name, leastMovePercent }) => [name, leastMovePercent]))
	const holds = createOpenHolds({ ...prices, released: countReleased, log }, { agreesWithinPercent })
	const readHolds = async () => {
		for (const { name } of sources) await holds.refresh(name)
	}
	opened.use(repeat({ name: 'read held prices', run: readHolds, intervalMs: holdsIntervalMs }, log))
	const maxAgeS = Math.max(0, ...sources.map((source) => source.maxAgeS))
	const folding = opened.use(await openFolding(database, log, { retention, maxAgeS }))
	const priceSources = createPriceSources(createPriceSourceStore(database))
	const storing = { name: 'store the sources of prices', run: priceSources.store, intervalMs: priceSourcesIntervalMs }
	// What the last prices have told. Where it fails, the next process learns it again.
	opened.defer(() => priceSources.store().catch((err) => log.warn({ err }, 'the sources of prices were not stored')))
	opened.use(repeat(storing, log))
	const pipeline = { database, prices, products, holds, priceSources, follow: openSources(log), folding, log }
	opened.use(await keepSources(pipeline, sources))
	// The partitions of the sales are kept by the folding.
	const sales = opened.use(openSales({ database, products, log }, { retention, orderLog: orderLogOf(config) }))

	const analyses = opened.use(openAnalyses({ database, log }, { sources }))

	let isDraining = false
	const readiness = createReadiness({
		'the service is shutting down': () => !isDraining,
		'the database cannot be written': () => isWritable(database),
		'the catalog does not answer': () => clients.isServing(readinessTimeoutMs),
		'the products of the catalog are not known yet': products.isLoaded,
	})
	const isUnknown = async (sku: string, budget: Budget) =>
		products.isLoaded() && products.find(sku) === undefined && !(await folding.hasBars(sku, budget))
	const shared = { pageTokenKey: await readPageTokenKey(database), tokenRules: tokenRules(config.tokens, log) }
	const serving = { ...shared, database, folding, sales, isUnknown, log }
	const { isReady } = readiness
	const restNeeds = { ...serving, analyses, priceSources, isReady, isDraining: () => isDraining }
	const { address } = opened.use(await serveRest(restNeeds, config))
	const served = opened.use(await serveGrpc({ ...serving, readiness }, config))
	const { host, metricsPort } = config
	if (metricsPort !== undefined) {
		const { serveOperators } = await import('@mercat/service/serve-operators')
		opened.use(await serveOperators({ readiness, log }, { host, metricsPort }))
	}
	const resources = opened.move()
	return {
		address,
		announceShutdown() {
			isDraining = true
			served.setServing(false)
		},
		close: () => resources.disposeAsync(),
	}
}

function orderLogOf({ orderAddress, eventsToken, tokens }: MarketConfig): OrderLog | undefined {
	if (orderAddress === undefined) return undefined
	const token = createOwnToken({ configured: eventsToken, tokens }, { subject: 'service:market', scope: 'events:read' })
	return { address: orderAddress, token }
}
