import type { EventPage, OrderEvent } from '@mercat/order-api/event-schemas'
import type { OrderRequest } from '@mercat/order-api/order-request'
import type { History, OrderView } from '@mercat/order-api/order-schemas'
import { problemTable } from '@mercat/order-api/problem-table'
import type { ProductView } from '@mercat/order-api/product-schemas'
import type { DeliveryView, WebhookView } from '@mercat/order-api/webhook-schemas'

const orderId = '02f0280c-88b7-5fbd-ab71-18fb945feacb'
const webhookId = '3e0c2b52-6f0a-4f0e-9d55-8a4a4bb0c0a1'
const placedAt = '2026-11-29T02:07:45.778Z'
const paidAt = '2026-11-29T02:09:12.004Z'
const eur = (amountMinor: number) => ({ amountMinor, currency: 'EUR' })

const orderRequest: OrderRequest = {
	items: [{ sku: 'MUG-STONE-350', quantity: 2 }],
	shippingAddress: {
		name: 'Ada Byron',
		line1: 'Carrer de Mallorca 401',
		city: 'Barcelona',
		postalCode: '08013',
		country: 'ES',
	},
	reference: 'cart-1042',
	metadata: { channel: 'web' },
}

const order: OrderView = {
	id: orderId,
	status: 'placed',
	customerId: 'demo',
	items: [
		{ sku: 'MUG-STONE-350', title: 'Stoneware mug, 350 ml', quantity: 2, unitPrice: eur(1290), lineTotal: eur(2580) },
	],
	total: eur(2580),
	shippingAddress: orderRequest.shippingAddress as NonNullable<OrderRequest['shippingAddress']>,
	reference: 'cart-1042',
	metadata: { channel: 'web' },
	placedAt,
	updatedAt: placedAt,
	expiresAt: '2026-11-29T02:22:45.778Z',
	version: 1,
}

const paidOrder: OrderView = { ...order, status: 'paid', updatedAt: paidAt, version: 2 }

const history: History = {
	history: [
		{ from: null, to: 'placed', when: placedAt, who: 'demo' },
		{ from: 'placed', to: 'paid', when: paidAt, who: 'cashier', reference: 'payment-77' },
	],
}

const product: ProductView = {
	sku: 'MUG-STONE-350',
	title: 'Stoneware mug, 350 ml',
	description: 'Hand-glazed; safe in the dishwasher.',
	brand: 'Terra',
	category: 'Home/Kitchen',
	price: eur(1290),
	attributes: { colour: 'sand', material: 'stoneware' },
	imageUrls: ['https://shop.example/images/mug-stone-350.jpg'],
	state: 'ACTIVE',
	availableQuantity: 42,
	etag: '7',
	createTime: '2026-10-01T08:00:00.000Z',
	updateTime: '2026-11-20T09:30:00.000Z',
}

const event: OrderEvent = {
	specversion: '1.0',
	id: `msg_${orderId}_2`,
	source: '/v1/orders',
	type: 'mercat.order.paid.v1',
	subject: orderId,
	time: paidAt,
	datacontenttype: 'application/json',
	data: { ...paidOrder, change: { from: 'placed', to: 'paid', who: 'cashier', reference: 'payment-77' } },
}

const events: EventPage = { events: [{ position: '4711', event }], next: '4711', caughtUp: true }

const webhook: WebhookView = {
	id: webhookId,
	url: 'https://shop.example/events',
	types: ['mercat.order.paid.v1'],
	description: 'Tells the warehouse',
	state: 'active',
	origin: 'api',
	position: '4711',
	createdAt: '2026-11-28T10:00:00.000Z',
}
const webhookWithSecret: WebhookView = { ...webhook, secret: 'whsec_bWVyY2F0LWV4YW1wbGUtc2VjcmV0LTI0LWJ5dGVz' }
const attempt = { at: paidAt, ms: 84, status: 204 }

const delivery: DeliveryView = {
	id: '4711',
	event: { position: '4711', id: event.id, type: event.type, orderId },
	state: 'delivered',
	attempts: [attempt],
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
	OrderRequest: orderRequest,
	Order: order,
	'payOrder Order': paidOrder,
	'shipOrder Order': { ...paidOrder, status: 'shipped', updatedAt: '2026-11-30T07:00:00.000Z', version: 3 },
	'deliverOrder Order': { ...paidOrder, status: 'delivered', updatedAt: '2026-12-02T11:20:00.000Z', version: 4 },
	'cancelOrder Order': { ...order, status: 'cancelled', updatedAt: '2026-11-29T02:10:00.000Z', version: 2 },
	OrderList: { orders: [order], nextPageToken: '' },
	History: history,
	Reference: { reference: 'payment-77' },
	'shipOrder Reference': { reference: 'parcel-00340434' },
	'deliverOrder Reference': { reference: 'receipt-00340434' },
	Cancellation: { reason: 'Ordered twice' },
	Product: product,
	ProductList: {
		products: [product],
		nextPageToken: '',
		totalSize: 1,
		totalSizeExact: true,
		facets: [{ field: 'brand', values: [{ value: 'Terra', count: 1 }] }],
	},
	Event: event,
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
