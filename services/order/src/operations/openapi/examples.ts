import type { EventPage } from '@mercat/order-api/event-schemas'
import type { Explanation } from '@mercat/order-api/explanation-schemas'
import { problemTable } from '@mercat/order-api/problem-table'
import type { ProductView } from '@mercat/order-api/product-schemas'
import type { Refusal } from '@mercat/order-api/refusal-schemas'
import type { Reservation } from '@mercat/order-api/reservation-schemas'
import type { StockMovement } from '@mercat/order-api/stock-schemas'
import type { DeliveryView, WebhookView } from '@mercat/order-api/webhook-schemas'
import { exampleEvent, exampleHistory, exampleOrder, exampleRequest, orderId } from './example-order.ts'
import { exampleStatus } from './example-status.ts'

const product: ProductView = {
	sku: 'MUG-STONE-350',
	title: 'Stoneware mug, 350 ml',
	description: 'Hand-glazed; safe in the dishwasher.',
	brand: 'Terra',
	category: 'Home/Kitchen',
	price: { amountMinor: 1290, currency: 'EUR' },
	attributes: { colour: 'sand', material: 'stoneware' },
	imageUrls: ['https://shop.example/images/mug-stone-350.jpg'],
	state: 'ACTIVE',
	availableQuantity: 42,
	etag: '7',
	createTime: '2026-10-01T08:00:00.000Z',
	updateTime: '2026-11-20T09:30:00.000Z',
}

const reservation: Reservation = {
	orderId,
	state: 'COMMITTED',
	lines: exampleOrder('paid').items.map(({ lineTotal, ...line }) => line),
	total: exampleOrder('paid').total,
	expiresAt: '2026-11-29T02:24:20.638Z',
	createdAt: '2026-11-29T02:07:46.630Z',
	updatedAt: '2026-11-29T02:09:11.204Z',
}

const movement: StockMovement = {
	kind: 'ADJUST',
	delta: -3,
	cause: '5f1c1a3d0b7e4c8f9a2b6d7e8f901234',
	orderId: null,
	reason: 'Three mugs are broken',
	who: 'warehouse',
	at: '2026-11-29T08:15:02.117Z',
}

const refusal: Refusal = {
	at: '2026-11-29T12:01:04.207Z',
	operation: 'place',
	status: problemTable.OUT_OF_STOCK.status,
	code: 'OUT_OF_STOCK',
	customerId: 'alice',
	orderId,
	traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
	detail: problemTable.OUT_OF_STOCK.meaning,
	items: [{ sku: product.sku, requested: 3, available: 1 }],
}

const explanation: Explanation = {
	verdict: 'refused',
	sentence:
		'Refused on 29 November 2026 at 12:01:04 UTC: OUT_OF_STOCK. The order asked for 3 of MUG-STONE-350 where 1 was available. Nothing was ordered. Order what is available, or try later.',
	orderId,
	order: null,
	evidence: [
		{
			at: refusal.at,
			source: 'refusal',
			text: `409 OUT_OF_STOCK to alice (place), trace ${refusal.traceId}. The order asked for 3 of MUG-STONE-350 where 1 was available. Nothing was ordered.`,
		},
		{ at: null, source: 'reservation', text: 'The catalog has no reservation of the order' },
	],
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
	},
	RefusalList: { refusals: [refusal], notKept: 0, nextPageToken: '' },
	Explanation: explanation,
	OrderReservation: { reservation },
	StockLevel: { sku: product.sku, onHand: 46, held: 4, available: 42 },
	StockMovementList: { movements: [movement], nextPageToken: '' },
	StockAdjustment: { delta: movement.delta, reason: movement.reason },
	StockSetting: { onHand: 46, reason: 'Stocktaking' },
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
	sku: product.sku,
	slug: 'out-of-stock',
}
