import type { Logger } from '@mercat/service/log'
import type { PageTokens } from '@mercat/service/page-token'
import type { TaskQueue } from '@mercat/service/task-queue'
import type { createCatalogClient } from './catalog/catalog-client.ts'
import type { OrderConfig } from './config.ts'
import type { createEventLogStore } from './events/event-log-store.ts'
import type { EventTail } from './events/event-tail.ts'
import type { createOutboxStore } from './outbox/outbox-store.ts'
import type { RelaysNeeds } from './outbox/relays.ts'
import { batchPlacing } from './placing/batched-placing.ts'
import type { PlaceOrderNeeds } from './placing/place-order.ts'
import type { createPlacingStore } from './placing/placing-store.ts'
import { type PresumeNewOptions, presumeNew } from './placing/presume-new.ts'
import { batchReads } from './reading/batched-reads.ts'
import type { OrderPosition } from './reading/list-orders.ts'
import type { ReadingRoutesNeeds } from './reading/reading-routes.ts'
import type { createReadingStore } from './reading/reading-store.ts'
import type { createSearchOrdersStore } from './reading/search-orders-store.ts'
import type { TransitionOrderNeeds } from './transitions/transition-order.ts'
import type { createTransitionStore } from './transitions/transition-store.ts'
import type { createDeliveryStore } from './webhooks/dispatching/delivery-store.ts'
import type { DispatcherNeeds } from './webhooks/dispatching/dispatcher.ts'
import type { createEndedWebhookStore } from './webhooks/dispatching/ended-webhook-store.ts'
import { createPostEvent } from './webhooks/dispatching/post-event.ts'
import type { createSettleStore } from './webhooks/dispatching/settle-store.ts'
import type { createUpkeepStore } from './webhooks/dispatching/upkeep-store.ts'
import type { createDeliveryLogStore } from './webhooks/managing/delivery-log-store.ts'
import type { DeliveryCursor, ManageDeliveriesNeeds } from './webhooks/managing/manage-deliveries.ts'
import type { SigningSecrets } from './webhooks/managing/signing-secrets.ts'
import type { createWebhookStore } from './webhooks/managing/webhook-store.ts'
import type { WebhooksRoutesNeeds } from './webhooks/managing/webhooks-routes.ts'
import type { SecretBox } from './webhooks/secret-box.ts'
import type { WebhookCall } from './webhooks/webhook-call.ts'

/** The parts of the service that talk to its database and to the catalog. */
export type Adapters = {
	placingStore: ReturnType<typeof createPlacingStore>
	readingStore: ReturnType<typeof createReadingStore>
	searchOrdersStore: ReturnType<typeof createSearchOrdersStore>
	transitionStore: ReturnType<typeof createTransitionStore>
	outboxStore: ReturnType<typeof createOutboxStore>
	catalog: ReturnType<typeof createCatalogClient>
}

/** Placing: the presumption wraps the batching, and the batching wraps the store and the catalog. */
export function wirePlacing(
	{ placingStore, catalog }: Pick<Adapters, 'placingStore' | 'catalog'>,
	inTurn: TaskQueue,
	wakeWriter: () => void,
	options: PresumeNewOptions,
): PlaceOrderNeeds {
	const batched = batchPlacing({
		inTurn,
		lookUpOrders: placingStore.lookUpOrders,
		reserveStock: catalog.reserveStock,
		async insertOrders(writes, budget) {
			const placed = await placingStore.insertOrders(writes, budget)
			wakeWriter()
			return placed
		},
	})
	const presuming = presumeNew(batched, options)
	return {
		clockIfNew: presuming.clockIfNew,
		lookUpOrder: presuming.lookUpOrder,
		reserveStock: presuming.reserveStock,
		insertOrder: presuming.insertOrder,
		requestBudgetMs: options.requestBudgetMs,
		paymentWindowMs: options.paymentWindowMs,
	}
}

/** Reading: the batching wraps the store, except for lists. */
export function wireReading(
	{ readingStore, searchOrdersStore }: Pick<Adapters, 'readingStore' | 'searchOrdersStore'>,
	inTurn: TaskQueue,
	pageTokens: PageTokens<OrderPosition>,
): ReadingRoutesNeeds {
	return {
		findOrder: batchReads({ findOrders: readingStore.findOrders, inTurn }),
		searchOrders: searchOrdersStore.searchOrders,
		pageTokens,
	}
}

/** Transitions: one order at a time, directly from the stores. */
export function wireTransitions(
	{ readingStore, transitionStore }: Pick<Adapters, 'readingStore' | 'transitionStore'>,
	wakeRelays: () => void,
): TransitionOrderNeeds {
	return {
		findOrder: readingStore.findOrder,
		writeTransition: transitionStore.writeTransition,
		wakeRelays,
	}
}

export type WebhookAdapters = {
	eventLogStore: ReturnType<typeof createEventLogStore>
	webhookStore: ReturnType<typeof createWebhookStore>
	deliveryLogStore: ReturnType<typeof createDeliveryLogStore>
	deliveryStore: ReturnType<typeof createDeliveryStore>
	settleStore: ReturnType<typeof createSettleStore>
	upkeepStore: ReturnType<typeof createUpkeepStore>
	endedWebhookStore: ReturnType<typeof createEndedWebhookStore>
	webhookCall: WebhookCall
	secretBox: SecretBox
	secretsOf: SigningSecrets
}

type WebhookConfig = Pick<OrderConfig, 'secretsKeys' | 'allowPrivateWebhooks'>

/** Webhooks as people manage them, directly from the stores. */
export function wireWebhooks(
	{ eventLogStore, webhookStore, deliveryLogStore, webhookCall, secretBox, secretsOf }: WebhookAdapters,
	deliveryPageTokens: PageTokens<DeliveryCursor>,
	wakeDispatcher: () => void,
	{ secretsKeys, allowPrivateWebhooks }: WebhookConfig,
): WebhooksRoutesNeeds & ManageDeliveriesNeeds {
	return {
		...webhookStore,
		...deliveryLogStore,
		logEnds: eventLogStore.ends,
		secretBox: secretsKeys.length > 0 ? secretBox : undefined,
		allowPrivateWebhooks,
		secretsOf,
		post: webhookCall.post,
		deliveryPageTokens,
		wakeDispatcher,
	}
}

/** The dispatcher: events go from the log through the signer to the receivers. */
export function wireDispatcher(
	{ deliveryStore, settleStore, upkeepStore, endedWebhookStore, webhookCall, secretsOf }: WebhookAdapters,
	{ tail, log }: { tail: EventTail; log: Logger },
	config: Pick<WebhookConfig, 'allowPrivateWebhooks'>,
): DispatcherNeeds {
	return {
		...deliveryStore,
		...settleStore,
		...upkeepStore,
		...endedWebhookStore,
		post: createPostEvent({ post: webhookCall.post, secretsOf }, config),
		tail,
		log,
	}
}

/** The commands of the outbox, which the catalog carries out. */
export function wireCommands({
	readingStore,
	transitionStore,
	outboxStore,
	catalog,
}: Pick<Adapters, 'readingStore' | 'transitionStore' | 'outboxStore' | 'catalog'>): RelaysNeeds['commands'] {
	return {
		commitReservations: catalog.commitReservations,
		releaseReservations: catalog.releaseReservations,
		acknowledgeCommits: outboxStore.acknowledgeCommits,
		findOrder: readingStore.findOrder,
		writeTransition: transitionStore.writeTransition,
	}
}
