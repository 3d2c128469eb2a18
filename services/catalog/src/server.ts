import { fileURLToPath } from 'node:url'
import { Server } from '@grpc/grpc-js'
import { ReflectionService } from '@grpc/reflection'
import { reflectedPackages } from '@mercat/catalog-api/reflection'
import { serverCredentials } from '@mercat/catalog-api/tls'
import { isReachable, openServiceDatabase } from '@mercat/database/open-service-database'
import { readPageTokenKey } from '@mercat/database/page-token-key'
import { isLoopback } from '@mercat/service/config'
import type { GrpcTlsConfig } from '@mercat/service/grpc-tls'
import type { Logger } from '@mercat/service/log'
import { createPageTokens } from '@mercat/service/page-token'
import { repeat } from '@mercat/service/repeat'
import type { RunningService } from '@mercat/service/run'
import { createTokenVerifier } from '@mercat/service/tokens'
import { HealthImplementation } from 'grpc-health-check'
import { addCatalogService } from './catalog-service.ts'
import type { CatalogConfig } from './config.ts'
import { createRpcs } from './grpc/rpc.ts'
import { createImportStore } from './importing/import-store.ts'
import { addInventoryService } from './inventory-service.ts'
import { batchProductReads } from './products/batched-reads.ts'
import { createProductCache } from './products/product-cache.ts'
import { createProductStore } from './products/product-store.ts'
import { createReservationStore } from './reservations/reservation-store.ts'
import { sweepReservations } from './reservations/sweep-reservations.ts'
import type { Cursor } from './search/search-request.ts'
import { createSearchStore } from './search/search-store.ts'
import { createStockStore } from './stock/stock-store.ts'

export const migrationsFolder = fileURLToPath(new URL('../migrations', import.meta.url))

const sweepIntervalMs = 1_000
// Of a shutdown, what calls in flight may take before their connections are cut.
const finishCallsMs = 5_000

const serviceNames = ['', 'mercat.catalog.v1.CatalogService', 'mercat.catalog.v1.InventoryService']

/** Opens the database, brings its schema up to date, and serves both catalog services. */
export async function startCatalog(config: CatalogConfig, log: Logger): Promise<RunningService> {
	await using opened = new AsyncDisposableStack()
	const database = opened.use(
		await openServiceDatabase(config.databaseUrl, {
			applicationName: 'mercat-catalog',
			migrationsFolder,
			onIdleError: (error) => log.warn({ err: error }, 'database connection lost'),
		}),
	)

	const rpcs = createRpcs({ log, verifyToken: createTokenVerifier(config.tokens, log) })
	const forget = (skus: Iterable<string>) => cache.forget(skus)
	const products = createProductStore(database, forget)
	const search = createSearchStore(database)
	const imports = createImportStore(database, forget)
	const reservations = createReservationStore(database, forget)
	const stock = createStockStore(database, forget)
	const cache = createProductCache(batchProductReads(products.findProducts))
	const pageTokens = createPageTokens<Cursor>(await readPageTokenKey(database))

	const server = new Server({
		'grpc.keepalive_time_ms': 30_000,
		'grpc.keepalive_timeout_ms': 5_000,
		'grpc.max_connection_age_ms': 300_000,
		'grpc.max_connection_age_grace_ms': 10_000,
		// Above what one caller has under way, so that its calls never wait for one another; they are few enough to refuse.
		'grpc.max_concurrent_streams': 1_024,
		'grpc.enable_channelz': 0,
	})
	addCatalogService(server, { rpcs, products, search, imports, cache, pageTokens })
	addInventoryService(server, { rpcs, stock, reservations })
	const health = new HealthImplementation()
	health.addToServer(server)
	const setHealth = (status: 'SERVING' | 'NOT_SERVING') => {
		for (const name of serviceNames) health.setStatus(name, status)
	}
	new ReflectionService(reflectedPackages()).addToServer(server)

	opened.use(repeat(() => sweepReservations(reservations), sweepIntervalMs, log))
	let ready = true
	const isReady = async () => ready && (await isReachable(database))
	if (config.metricsPort !== undefined) {
		const { startOperatorServer } = await import('@mercat/service/operator-server')
		opened.use(await startOperatorServer(config.host, config.metricsPort, isReady))
	}

	if (config.tls === undefined && !isLoopback(config.host)) {
		log.warn({ host: config.host }, 'serving without TLS: whoever is on the network can read the tokens of callers')
	}
	const port = await bind(server, `${config.host}:${config.port}`, config.tls)
	opened.defer(() => shutDown(server))
	setHealth('SERVING')
	const resources = opened.move()
	return {
		address: { host: config.host, port },
		announceShutdown() {
			ready = false
			setHealth('NOT_SERVING')
		},
		close: () => resources.disposeAsync(),
	}
}

function bind(server: Server, address: string, tls: GrpcTlsConfig | undefined): Promise<number> {
	return new Promise((bound, failed) => {
		server.bindAsync(address, serverCredentials(tls), (error, port) => (error ? failed(error) : bound(port)))
	})
}

// A graceful shutdown can hang on a connection that never ends; it is given a limit.
async function shutDown(server: Server): Promise<void> {
	const limit = setTimeout(() => server.forceShutdown(), finishCallsMs)
	await new Promise((done) => server.tryShutdown(done))
	clearTimeout(limit)
}
