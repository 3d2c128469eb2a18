import { fileURLToPath } from 'node:url'
import { createCatalogClients } from '@mercat/catalog-api/client'
import { channelCredentials } from '@mercat/catalog-api/tls'
import { isReachable, openServiceDatabase } from '@mercat/database/open-service-database'
import { readPageTokenKey } from '@mercat/database/page-token-key'
import type { Logger } from '@mercat/service/log'
import { createPageTokens } from '@mercat/service/page-token'
import { repeat } from '@mercat/service/repeat'
import type { RunningService } from '@mercat/service/run'
import { createTaskQueue } from '@mercat/service/task-queue'
import { buildApp } from './app.ts'
import { createCatalogClient } from './catalog/catalog-client.ts'
import { createCatalogToken } from './catalog/catalog-token.ts'
import type { OrderConfig } from './config.ts'
import { createOutboxStore } from './outbox/outbox-store.ts'
import { startRelays } from './outbox/relays.ts'
import { batchPlacing } from './placing/batched-placing.ts'
import { createOrderStore } from './placing/placing-store.ts'
import { presumeNew } from './placing/presume-new.ts'
import { batchReads } from './reading/batched-reads.ts'
import type { OrderPosition } from './reading/list-orders.ts'
import { expireOrders } from './transitions/expire-orders.ts'
import { createTransitionStore } from './transitions/transition-store.ts'

export const migrationsFolder = fileURLToPath(new URL('../migrations', import.meta.url))

// Measured (`pnpm bench orders`): more keep what the database and the catalog answer waiting.
const requestsPerTurn = 4
const expiryIntervalMs = 1_000
// Connections that wait to be accepted; the kernel has its own limit (net.core.somaxconn).
const backlog = 4_096

/** Opens the database, brings its schema up to date, and serves the REST API. */
export async function startOrder(config: OrderConfig, log: Logger): Promise<RunningService> {
	await using opened = new AsyncDisposableStack()
	const database = opened.use(
		await openServiceDatabase(config.databaseUrl, {
			applicationName: 'mercat-order',
			migrationsFolder,
			onIdleError: (error) => log.warn({ err: error }, 'database connection lost'),
		}),
	)
	const store = createOrderStore(database, config)
	const transitionStore = createTransitionStore(database, config.webhooks)
	const pageTokens = createPageTokens<OrderPosition>(await readPageTokenKey(database))

	const clients = createCatalogClients(config.catalogAddress, channelCredentials(config.tls))
	opened.defer(() => clients.close())
	const { requestBudgetMs, paymentWindowMs } = config
	const catalog = createCatalogClient({ clients, token: createCatalogToken(config), requestBudgetMs })

	const relays = opened.use(
		await startRelays({ ...createOutboxStore(database), ...store, ...transitionStore, ...catalog, log }, config),
	)
	opened.use(repeat(() => expireOrders(transitionStore, relays), expiryIntervalMs, log))

	let ready = true
	const isReady = async () => ready && (await Promise.all([isReachable(database), catalog.isServing()])).every(Boolean)
	const inTurn = createTaskQueue(requestsPerTurn)
	const app = await buildApp({
		config,
		log,
		inTurn,
		orders: {
			placing: {
				...presumeNew(batchPlacing({ ...store, ...catalog }, inTurn), config),
				requestBudgetMs,
				paymentWindowMs,
			},
			listing: { ...store, pageTokens },
			transitions: { ...store, ...transitionStore, wakeRelay: relays.wake },
			readOrder: batchReads(store.findOrders, inTurn),
		},
		products: catalog,
		operations: { isReady, isDraining: () => !ready },
	})
	if (config.metricsPort !== undefined) {
		const { startOperatorServer } = await import('@mercat/service/operator-server')
		opened.use(await startOperatorServer(config.host, config.metricsPort, isReady))
	}
	await app.listen({ host: config.host, port: config.port, backlog })
	opened.defer(() => app.close())
	const { port } = app.server.address() as { port: number }
	const resources = opened.move()
	return {
		address: { host: config.host, port },
		announceShutdown() {
			ready = false
		},
		close: () => resources.disposeAsync(),
	}
}
