import { fileURLToPath } from 'node:url'
import { createCatalogClients } from '@mercat/catalog-api/client'
import { channelCredentials } from '@mercat/catalog-api/tls'
import { isWritable, openServiceDatabase } from '@mercat/database/open-service-database'
import { openServiceReads } from '@mercat/database/open-service-reads'
import { readPageTokenKey } from '@mercat/database/page-token-key'
import { createCustomerPseudonym } from '@mercat/rest-service/customer-pseudonym'
import { listen } from '@mercat/rest-service/listen'
import { showWaiting } from '@mercat/rest-service/load-gauges'
import type { Logger } from '@mercat/service/log'
import { createLookUpHost } from '@mercat/service/look-up-host'
import { createPageTokens } from '@mercat/service/page-token'
import { createReadiness } from '@mercat/service/readiness'
import { repeat } from '@mercat/service/repeat'
import { createResolveHost } from '@mercat/service/resolve-host'
import type { RunningService } from '@mercat/service/run'
import { addressRefusal } from '@mercat/service/target-address'
import { createTaskQueue } from '@mercat/service/task-queue'
import { tokenRules } from '@mercat/service/tokens'
import { buildApp } from './app.ts'
import { createCatalogClient } from './catalog/catalog-client.ts'
import { createCatalogToken } from './catalog/catalog-token.ts'
import type { OrderConfig } from './config.ts'
import { createEventLogStore } from './events/event-log-store.ts'
import { openEventTail } from './events/event-tail.ts'
import { startEventWriter } from './events/event-writer.ts'
import { createOutboxStore } from './outbox/outbox-store.ts'
import { startRelays } from './outbox/relays.ts'
import { createPlacingStore } from './placing/placing-store.ts'
import type { OrderPosition } from './reading/list-orders.ts'
import { createReadingStore } from './reading/reading-store.ts'
import { createSearchOrdersStore } from './reading/search-orders-store.ts'
import { createKeptRequestStore } from './refusals/kept-request-store.ts'
import { startRequestKeeper } from './refusals/request-keeper.ts'
import { missing } from './status/service-states.ts'
import { expireOrders } from './transitions/expire-orders.ts'
import { createTransitionStore } from './transitions/transition-store.ts'
import { createDeliveryStore } from './webhooks/dispatching/delivery-store.ts'
import { startDispatcher } from './webhooks/dispatching/dispatcher.ts'
import { createEndedWebhookStore } from './webhooks/dispatching/ended-webhook-store.ts'
import { createSettleStore } from './webhooks/dispatching/settle-store.ts'
import { createUpkeepStore } from './webhooks/dispatching/upkeep-store.ts'
import { createDeliveryLogStore } from './webhooks/managing/delivery-log-store.ts'
import type { DeliveryCursor } from './webhooks/managing/manage-deliveries.ts'
import { createSigningSecrets } from './webhooks/managing/signing-secrets.ts'
import { createWebhookStore } from './webhooks/managing/webhook-store.ts'
import { createSecretBox } from './webhooks/secret-box.ts'
import { createWebhookCall } from './webhooks/webhook-call.ts'
import {
	type Adapters,
	type WebhookAdapters,
	wireCommands,
	wireDispatcher,
	wirePlacing,
	wireReading,
	wireTransitions,
	wireWebhooks,
} from './wiring.ts'
import { wireStaffApi } from './wiring-staff.ts'
import { openStatus } from './wiring-status.ts'
import { openStreams } from './wiring-streams.ts'

export const migrationsFolder = fileURLToPath(new URL('../migrations', import.meta.url))

const applicationName = 'mercat-order'
// Measured (`pnpm bench orders`): with more, answers of the database and the catalog wait longer.
const requestsPerTurn = 4
const expiryIntervalMs = 1_000

/** Opens the database, brings its schema up to date, and serves the REST API. */
export async function startOrder(config: OrderConfig, log: Logger): Promise<RunningService> {
	await using opened = new AsyncDisposableStack()
	if (config.tracing !== undefined) {
		// Opened first, and so closed last: it sends the spans of the drain.
		const { openTracing } = await import('@mercat/service/open-tracing')
		opened.use(openTracing('mercat-order', config.tracing, { log }, config))
	}
	const database = opened.use(
		await openServiceDatabase(config.databaseUrl, {
			applicationName,
			migrationsFolder,
			log,
		}),
	)
	const reads = opened.use(await openServiceReads(database, config.databaseReplicaUrl, { applicationName, log }))
	const databaseKey = await readPageTokenKey(database)
	const clients = createCatalogClients(config.catalogAddress, channelCredentials(config.tls))
	opened.defer(() => clients.close())

	const keeper = opened.use(startRequestKeeper({ ...createKeptRequestStore(database), log }))
	const readingStore = createReadingStore(database)
	const transitionStore = createTransitionStore(database)
	const outboxStore = createOutboxStore(database)
	const adapters: Adapters = {
		readingStore,
		searchOrdersStore: createSearchOrdersStore(reads),
		placingStore: createPlacingStore(database, { findOrders: readingStore.findOrders }, config),
		transitionStore,
		outboxStore,
		catalog: createCatalogClient({
			clients,
			token: createCatalogToken(config),
			requestBudgetMs: config.requestBudgetMs,
		}),
	}

	const relays = opened.use(await startRelays({ log, outbox: outboxStore, commands: wireCommands(adapters) }, config))
	const eventLogStore = createEventLogStore(database, reads)
	const writer = opened.use(
		startEventWriter({ assignPositions: eventLogStore.assignPositions, prune: eventLogStore.prune, log }, config),
	)
	const tail = opened.use(await openEventTail({ ...eventLogStore, onPositions: writer.onPositions }))
	const streams = opened.use(openStreams({ tail, eventLogStore, clients, log }, config))
	const wakeRelays = () => {
		relays.wake()
		writer.wake()
	}
	const expiry = { expireOverdue: transitionStore.expireOverdue, wakeRelays, log }
	const expireOverdue = { name: 'expire overdue orders', run: () => expireOrders(expiry), intervalMs: expiryIntervalMs }
	opened.use(repeat(expireOverdue, log))

	const webhookCallNeeds = { resolve: createResolveHost(), lookUp: createLookUpHost(), addressRefusal }
	const secretBox = createSecretBox(config.secretsKeys)
	const webhookAdapters: WebhookAdapters = {
		eventLogStore,
		webhookStore: createWebhookStore(database),
		deliveryLogStore: createDeliveryLogStore(database),
		deliveryStore: createDeliveryStore(database, config),
		settleStore: createSettleStore(database),
		upkeepStore: createUpkeepStore(database),
		endedWebhookStore: createEndedWebhookStore(database),
		webhookCall: opened.use(createWebhookCall(webhookCallNeeds)),
		secretBox,
		secretsOf: createSigningSecrets({ secretBox, environmentSecret: config.webhookSecret, log }),
	}
	const dispatcher = opened.use(await startDispatcher(wireDispatcher(webhookAdapters, { tail, log }, config), config))

	let draining = false
	const isDraining = () => draining
	const readiness = createReadiness({
		[missing.running]: () => !draining,
		[missing.database]: () => isWritable(database),
		[missing.catalog]: adapters.catalog.isServing,
	})
	const status = opened.use(openStatus({ database, adapters, clients, places: streams.places, isDraining, log }))
	const inTurn = createTaskQueue(requestsPerTurn)
	showWaiting(inTurn.waiting)
	const app = await buildApp({
		config,
		log,
		tokenRules: tokenRules(config.tokens, log),
		customerPseudonym: createCustomerPseudonym(databaseKey),
		noteUnchanged: keeper.note,
		inTurn,
		placing: wirePlacing(adapters, inTurn, writer.wake, config),
		reading: wireReading(adapters, inTurn, createPageTokens<OrderPosition>(databaseKey)),
		transitions: wireTransitions(adapters, wakeRelays),
		webhooks: wireWebhooks(webhookAdapters, createPageTokens<DeliveryCursor>(databaseKey), dispatcher.wake, config),
		products: {
			getProduct: adapters.catalog.getProduct,
			searchProducts: adapters.catalog.searchProducts,
			suggestQueries: adapters.catalog.suggestQueries,
			getPriceHistory: adapters.catalog.getPriceHistory,
		},
		productChanges: streams.productChanges,
		events: streams.events,
		staff: wireStaffApi({ database, adapters, databaseKey, status, flushRecords: keeper.flush, wakeRelays }),
		console: config.console ? { loadPage: loadConsole, marketUrl: config.marketUrl } : undefined,
		isReady: readiness.isReady,
		isDraining,
	})
	const { host, metricsPort } = config
	if (metricsPort !== undefined) {
		const { serveOperators } = await import('@mercat/service/serve-operators')
		opened.use(await serveOperators({ readiness, log }, { host, metricsPort }))
	}
	const address = await listen(app, config)
	opened.defer(() => app.close())
	const resources = opened.move()
	return {
		address,
		announceShutdown() {
			draining = true
			streams.endAll()
			status.streams.endAll()
		},
		close: () => resources.disposeAsync(),
	}
}

// Few processes ever serve the console, so its files are read at the first request for it.
async function loadConsole() {
	const { loadConsolePage } = await import('@mercat/console/console-page')
	return loadConsolePage()
}
