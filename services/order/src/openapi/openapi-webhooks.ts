import { eventTypeOf, testEventType } from '@mercat/order-api/event-types'
import { type OrderStatus, orderStatuses } from '@mercat/order-api/order-status'
import { referenceTo } from '@mercat/rest-service/openapi-document'
import { exampleEvent } from './example-order.ts'

const signatureHeaders = {
	'webhook-id': 'The id of the event. It is the same each time the event is sent, so that duplicates can be told.',
	'webhook-timestamp': 'When it was sent, in seconds since 1970. Refuse a time that differs by more than five minutes.',
	'webhook-signature':
		'`v1,` and the HMAC-SHA256, in base64, of id, timestamp and body with dots between. One for each secret that signs, separated by spaces. One of them must match.',
}

const traceHeader = {
	name: 'traceparent',
	in: 'header',
	required: false,
	description: 'The trace that the receiver may go on with (W3C Trace Context)',
	schema: { type: 'string' as const },
}

const parameters = [
	...Object.entries(signatureHeaders).map(([name, description]) => ({
		name,
		in: 'header',
		required: true,
		description,
		schema: { type: 'string' as const },
	})),
	traceHeader,
]

const responses = {
	'2XX': { description: 'The event is delivered. Answer within 10 s.' },
	'410': { description: 'The receiver wants no more events: the webhook is paused.' },
	default: { description: 'The event is sent again later, for three days. Redirects are not followed.' },
}

const summaries: Record<OrderStatus, string> = {
	placed: 'An order was placed',
	paid: 'An order was paid',
	shipped: 'An order was shipped',
	delivered: 'An order was delivered',
	cancelled: 'An order was cancelled',
	expired: 'An order was not paid in time',
}

/**
 * The `webhooks` of the OpenAPI document: the request that a receiver gets for each type of event. Standard Webhooks has
 * signed headers in place of a token.
 */
export const openApiWebhooks = Object.fromEntries([
	...orderStatuses.map((status) => [eventTypeOf(status), webhookOfOrders(status)] as const),
	[testEventType, webhookOfTests()],
])

function webhookOfOrders(status: OrderStatus) {
	return webhookOf({
		operationId: `order${status.slice(0, 1).toUpperCase()}${status.slice(1)}`,
		summary: summaries[status],
		description: 'The body tells the transition in `data.change`, and the order as it was after it.',
		schema: { allOf: [referenceTo('schemas', 'Event'), { properties: { type: { const: eventTypeOf(status) } } }] },
		example: exampleEvent(status),
	})
}

function webhookOfTests() {
	const example = {
		specversion: '1.0',
		id: 'msg_test_5b1de1d2-7a6a-4b64-9a27-0d0d4e8f8b55',
		source: '/v1/webhooks',
		type: testEventType,
		subject: '3e0c2b52-6f0a-4f0e-9d55-8a4a4bb0c0a1',
		time: '2026-11-29T02:09:12.004Z',
		datacontenttype: 'application/json',
		data: {},
	}
	const text = { type: 'string' }
	const properties = {
		specversion: { const: '1.0' },
		id: text,
		source: { const: '/v1/webhooks' },
		type: { const: testEventType },
		subject: { ...text, format: 'uuid', description: 'The id of the webhook' },
		time: { ...text, format: 'date-time' },
		datacontenttype: { const: 'application/json' },
		data: { type: 'object', properties: {} },
	}
	return webhookOf({
		operationId: 'webhookTested',
		summary: 'Somebody tries the webhook',
		description: 'The event is in no log, and its id is not that of an order.',
		schema: { type: 'object', properties, required: Object.keys(properties) },
		example,
	})
}

type Described = { operationId: string; summary: string; description: string; schema: object; example: object }

function webhookOf({ schema, example, ...described }: Described) {
	const content = { 'application/cloudevents+json': { schema, example } }
	return {
		post: {
			...described,
			tags: ['webhooks'],
			security: [],
			parameters,
			requestBody: { required: true, content },
			responses,
		},
	}
}
