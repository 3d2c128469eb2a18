import type { EventPage } from '@mercat/order-api/event-schemas'
import type { OrderCommand, OrderEvents } from '@mercat/order-api/order-events-schemas'
import type { OutboxMessageView } from '@mercat/order-api/outbox-schemas'
import type { Reservation } from '@mercat/order-api/reservation-schemas'
import type { DeliveryView, WebhookView } from '@mercat/order-api/webhook-schemas'
import { problemTable } from '@mercat/rest-api/problem-table'
import { exampleFeed, exampleHold, exampleRun } from './example-feeds.ts'
import { exampleEvent, exampleHistory, exampleOrder, exampleRequest, orderId } from './example-order.ts'
import { exampleHistoryOfPrices, exampleLimits, exampleProduct as product } from './example-products.ts'
import { exampleStatus } from './example-status.ts'
import { exampleExplanation, exampleMovement, exampleRefusal } from './staff-examples.ts'

const reservation: Reservation = {
	orderId,
	state: 'COMMITTED',
	lines: exampleOrder('paid').items.map(({ lineTotal, ...line }) => line),
	total: exampleOrder('paid').total,
	expiresAt: '2026-11-29T02:24:20.638Z',
	createdAt: '2026-11-29T02:07:46.630Z',
	updatedAt: '2026-11-29T02:09:11.204Z',
}

const event = exampleEvent('paid')
const events: EventPage = { events: [{ position: '4711', event }], next: '4711', caughtUp: true }

const webhookId = '3e0c2b52-6f0a-4f0e-9d55-8a4a4bb0c0a1'
const webhook: WebhookView = {
	id: webhookId,
	url: 'https://shop.example/events',
	types: [event.type],
	description: 'Tells the warehouse',
	state: 'active',
	origin: 'api',
	position: '4711',
	createdAt: '2026-11-28T10:00:00.000Z',
}
const webhookWithSecret: WebhookView = { ...webhook, secret: 'whsec_bWVyY2F0LWV4YW1wbGUtc2VjcmV0LTI0LWJ5dGVz' }

const attempt = { at: event.time, ms: 84, status: 204 }
const delivery: DeliveryView = {
	id: '4711',
	event: { position: '4711', id: event.id, type: event.type, orderId },
	state: 'delivered',
	attempts: [attempt],
	attemptCount: 1,
}

const command: OrderCommand = {
	id: '815',
	version: 2,
	type: 'commit',
	state: 'delivered',
	attempts: 1,
	createdAt: event.time,
	nextAttemptAt: null,
	settledAt: '2026-11-29T02:09:12.031Z',
	lastError: null,
}
const orderEvents: OrderEvents = {
	events: [
		{
			position: '4711',
			version: 2,
			type: event.type,
			loggedAt: '2026-11-29T02:09:12.020Z',
			event,
			deliveries: [
				{
					id: '4711',
					webhookId,
					url: webhook.url,
					webhookState: 'active',
					state: 'delivered',
					attempts: 1,
					nextAttemptAt: null,
					lastAttempt: attempt,
				},
			],
		},
	],
	commands: [command],
}
const { settledAt: _settled, ...unsettled } = command
const openCommand: OutboxMessageView = {
	...unsettled,
	orderId,
	state: 'dead',
	attempts: 12,
	lastError: 'OUT_OF_STOCK',
}

const problem = {
	code: 'OUT_OF_STOCK',
	type: '/problems/out-of-stock',
	...problemTable.OUT_OF_STOCK,
}

/**
 * Examples of bodies by the name of their schema, or by the operation and the name where one operation differs. The status
 * stands in for the name of a schema that has none.
 */
export const bodyExamples: Record<string, unknown> = {
	OrderRequest: exampleRequest,
	Order: exampleOrder('placed'),
	'payOrder Order': exampleOrder('paid'),
	'shipOrder Order': exampleOrder('shipped'),
	'deliverOrder Order': exampleOrder('delivered'),
	'cancelOrder Order': exampleOrder('cancelled'),
	OrderList: { orders: [exampleOrder('paid')], nextPageToken: '' },
	History: exampleHistory('paid'),
	Reference: { reference: 'payment-77' },
	'shipOrder Reference': { reference: 'parcel-4340' },
	'deliverOrder Reference': { reference: 'receipt-4340' },
	Cancellation: { reason: 'Ordered twice' },
	Product: product,
	ProductList: {
		products: [product],
		nextPageToken: '',
		totalSize: 1,
		totalSizeExact: true,
		facets: [{ field: 'brand', values: [{ value: 'Terra', count: 1 }] }],
		match: 'CORRECTED',
		correctedQuery: 'stoneware mug',
	},
	PriceHistory: exampleHistoryOfPrices,
	SuggestionList: { suggestions: [{ text: 'stoneware mug', kind: 'QUERY' }] },
	RefusalList: { refusals: [exampleRefusal], notKept: 0, nextPageToken: '' },
	Explanation: exampleExplanation,
	OrderReservation: { reservation },
	StockLevel: { sku: product.sku, onHand: 46, held: 4, available: 42 },
	StockMovementList: { movements: [exampleMovement], nextPageToken: '' },
	StockAdjustment: { delta: exampleMovement.delta, reason: exampleMovement.reason },
	StockSetting: { onHand: 46, reason: 'Stocktaking' },
	FeedList: { feeds: [exampleFeed], nextPageToken: '' },
	FeedRunList: { runs: [exampleRun], nextPageToken: '' },
	HeldPriceList: { heldPrices: [exampleHold], nextPageToken: '' },
	PriceDecision: { price: exampleHold.newPrice },
	'approveHeldPrice DecidedPrice': { sku: exampleHold.sku, price: exampleHold.newPrice },
	PriceLimits: { sku: product.sku, ...exampleLimits },
	PriceLimitsSetting: exampleLimits,
	'rejectHeldPrice DecidedPrice': { sku: exampleHold.sku, price: exampleHold.oldPrice },
	EventPage: events,
	NewWebhook: { url: webhook.url, types: webhook.types, description: webhook.description },
	Webhook: webhook,
	'createWebhook Webhook': webhookWithSecret,
	'rotateWebhookSecret Webhook': webhookWithSecret,
	WebhookChange: { state: 'paused' },
	WebhookList: { webhooks: [webhook] },
	Replay: { after: '4600' },
	Delivery: { ...delivery, state: 'pending', nextAttemptAt: '2026-11-29T02:12:00.000Z' },
	DeliveryList: { deliveries: [delivery], nextPageToken: '' },
	WebhookTest: { delivered: true, attempt },
	OrderEvents: orderEvents,
	Outbox: { messages: [openCommand], nextPageToken: '' },
	Redrive: { orderId },
	Redriven: { redriven: 1 },
	Empty: {},
	Status: exampleStatus,
	'getLiveness 200': { status: 'ok' },
	'getReadiness 200': { status: 'ok' },
	'getReadiness 503': { status: 'not ready' },
	'getLinks 200': { docs: '/docs/', openapi: '/openapi.json', problems: '/problems', health: '/readyz' },
	'listProblems 200': { problems: [problem] },
	'getProblem 200': problem,
}

/** Examples of required parameters by their name, or by the operation and the name. */
export const parameterExamples: Record<string, unknown> = {
	'idempotency-key': 'bc452166-5155-4f21-8815-88372539c48b',
	id: orderId,
	'webhooks id': webhookId,
	deliveryId: delivery.id,
	'held-prices id': exampleHold.id,
	name: exampleFeed.name,
	sku: product.sku,
	slug: 'out-of-stock',
}
