import { fileURLToPath } from 'node:url'
import { reflectedPackages } from '@mercat/catalog-api/reflection'
import { isWritable, openServiceDatabase } from '@mercat/database/open-service-database'
import { openServiceReads } from '@mercat/database/open-service-reads'
import { readPageTokenKey } from '@mercat/database/page-token-key'
import { createGrpcService } from '@mercat/grpc-service/grpc-service'
import type { Logger } from '@mercat/service/log'
import { createPageTokens } from '@mercat/service/page-token'
import { createReadiness } from '@mercat/service/readiness'
import { repeat } from '@mercat/service/repeat'
import type { RunningService } from '@mercat/service/run'
import { createTokenVerifier, tokenRules } from '@mercat/service/tokens'
import { addCatalogService } from './catalog-service.ts'
import { tellChanges } from './changes/tell-changes.ts'
import type { CatalogConfig } from './config.ts'
import { showFeeds } from './feeds/feed-gauges.ts'
import { createFeedListStore } from './feeds/feed-list-store.ts'
import { createFeedRunStore } from './feeds/feed-run-store.ts'
import { createRetireStore } from './feeds/retire-store.ts'
import { countGuardRefusal } from './grpc/stock-guard.ts'
import { expireHolds } from './held-prices/expire-holds.ts'
import { createHeldPriceStore } from './held-prices/held-price-store.ts'
import { createImportStore } from './importing/import-store.ts'
import { addInventoryService } from './inventory-service.ts'
import { openChanges } from './open-changes.ts'
import { openSearch } from './open-search.ts'
import { openWatching, type Watching, watchedEntries } from './open-watching.ts'
import type { ListCursor } from './owners/list-products.ts'
import { createOwnerStore } from './owners/owner-store.ts'
import { createApplyPricesStore } from './prices/applying/apply-prices-store.ts'
import { createFoldStore } from './prices/history/fold-store.ts'
import { createHistoryStore } from './prices/history/history-store.ts'
import { keepHistory } from './prices/history/keep-history.ts'
import { createPriceLimitStore } from './prices/limits/price-limit-store.ts'
import { batchProductReads } from './products/batched-reads.ts'
import { createProductCache } from './products/product-cache.ts'
import { createProductStore } from './products/product-store.ts'
import { countHolds, countUnits } from './reservations/count-units.ts'
import { createNewHoldStore } from './reservations/new-hold-store.ts'
import { createReservationRecordStore } from './reservations/reading/reservation-record-store.ts'
import { createReservationStore } from './reservations/reservation-store.ts'
import { sweepReservations } from './reservations/settling/sweep-reservations.ts'
import { createReindexStore } from './search/building/reindex-store.ts'
import { createTextIndex } from './search/indexing/text-index-store.ts'
import type { SearchCursor } from './search/request/search-cursor.ts'
import { createSynonymStore } from './search/synonyms/synonym-store.ts'
import type { MovementCursor } from './stock/list-stock-movements.ts'
import { createMovementStore } from './stock/movement-store.ts'
import { createStockStore } from './stock/stock-store.ts'

export const migrationsFolder = fileURLToPath(new URL('../migrations', import.meta.url))

const applicationName = 'mercat-catalog'
const sweepIntervalMs = 1_000
// Nobody waits for it: a hold counts no longer once it is past its end.
const expirePricesIntervalMs = 5_000
const historyIntervalMs = 5_000

/** Opens the database, brings its schema up to date, and serves both catalog services. */
export async function startCatalog(config: CatalogConfig, log: Logger): Promise<RunningService> {
	await using opened = new AsyncDisposableStack()
	if (config.tracing !== undefined) {
		// Opened first, and so closed last: it sends the spans of the drain.
		const { openTracing } = await import('@mercat/service/open-tracing')
		opened.use(openTracing('mercat-catalog', config.tracing, { log }, config))
	}
	let watching: Watching | undefined
	const database = opened.use(
		await openServiceDatabase(config.databaseUrl, {
			applicationName,
			migrationsFolder,
			log,
			onFailure: () => watching?.databaseFailed(),
		}),
	)
	const reads = opened.use(await openServiceReads(database, config.databaseReplicaUrl, { applicationName, log }))

	const changes = opened.use(
		await openChanges(database, { retentionMs: config.productChangesRetentionMs, ...watchedEntries }, log),
	)
	// Every store that changes a product or its stock has the cache forget it, and the streams of changes hear of it.
	const forget = (skus: Iterable<string>) => cache.forget(skus)
	const { productsChanged, stockChanged, bothChanged } = tellChanges({ forget, changes })
	const texts = createTextIndex()
	const products = createProductStore(database, texts, bothChanged)
	const imports = createImportStore(database, texts, { productsChanged, stockChanged })
	const stock = createStockStore(database, stockChanged)
	const holdAtOnce = countHolds(createNewHoldStore(database, stockChanged).holdAtOnce)
	const transaction = countUnits(createReservationStore(database, stockChanged).transaction)
	const synonyms = createSynonymStore(database)
	const feeds = createFeedListStore(database)
	const heldPrices = createHeldPriceStore(database, productsChanged)
	// A look-up asks the cache first. Missing products are read in batches from the store.
	const cache = createProductCache(batchProductReads(products.findProducts))

	const { server, rpcs, serve } = createGrpcService(
		{ log, verifyToken: createTokenVerifier(tokenRules(config.tokens, log)), unexpected: countGuardRefusal },
		{ ...config, trustedScopes: ['catalog:write', 'stock:reserve'] },
	)
	const search = opened.use(await openSearch(database, { texts, synonyms, reads }, log))
	const pageTokenKey = await readPageTokenKey(database)
	watching = opened.use(openWatching({ database, ...changes, tokenKey: pageTokenKey, logger: log }))
	addCatalogService(server, {
		rpcs,
		products,
		search,
		imports,
		owners: createOwnerStore(database, reads),
		cache,
		pageTokens: createPageTokens<SearchCursor>(pageTokenKey),
		listPageTokens: createPageTokens<ListCursor>(pageTokenKey, 'products'),
		feedHandling: {
			runs: createFeedRunStore(database),
			feeds,
			retirement: createRetireStore(database, bothChanged),
			heldPrices,
			pageTokenKey,
		},
		watchHandling: watching.needs,
		searchHandling: {
			synonyms,
			followedSynonyms: search.followedSynonyms,
			suggest: search.suggest,
			reindexing: createReindexStore(database),
			pageTokenKey,
		},
		priceHandling: {
			history: createHistoryStore(reads),
			applying: createApplyPricesStore(database, productsChanged),
			limits: createPriceLimitStore(database),
			pageTokenKey,
		},
	})
	addInventoryService(server, {
		rpcs,
		stock,
		newHolds: { holdAtOnce },
		reservations: { transaction },
		reservationRecords: createReservationRecordStore(database),
		movements: createMovementStore(reads),
		movementPageTokens: createPageTokens<MovementCursor>(pageTokenKey),
	})

	const sweep = () =>
		sweepReservations({ transaction }).catch((error) => {
			countGuardRefusal(error)
			throw error
		})
	opened.use(repeat({ name: 'expire holds', run: sweep, intervalMs: sweepIntervalMs }, log))
	const expirePrices = () => expireHolds(heldPrices)
	opened.use(repeat({ name: 'expire held prices', run: expirePrices, intervalMs: expirePricesIntervalMs }, log))
	const keep = keepHistory(createFoldStore(database))
	opened.use(repeat({ name: 'keep the history of prices', run: keep, intervalMs: historyIntervalMs }, log))
	let isDraining = false
	const readiness = createReadiness({
		'the service is shutting down': () => !isDraining,
		'the database cannot be written': () => isWritable(database),
	})
	const { host, metricsPort } = config
	if (metricsPort !== undefined) {
		opened.use(showFeeds(feeds))
		const { serveOperators } = await import('@mercat/service/serve-operators')
		opened.use(await serveOperators({ readiness, log }, { host, metricsPort }))
	}

	const served = opened.use(
		await serve({
			...config,
			services: ['mercat.catalog.v1.CatalogService', 'mercat.catalog.v1.InventoryService'],
			packages: reflectedPackages(),
		}),
	)
	// The embedded database cannot be lost without its process.
	if (database.engine === 'postgres') opened.use(await served.followReadiness(readiness))
	else served.setServing(true)
	const resources = opened.move()
	return {
		address: { host: config.host, port: served.port },
		announceShutdown() {
			isDraining = true
			served.setServing(false)
		},
		close: () => resources.disposeAsync(),
	}
}
