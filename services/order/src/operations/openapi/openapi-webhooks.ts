import { eventTypeOf } from '@mercat/order-api/event-types'
import { type OrderStatus, orderStatuses } from '@mercat/order-api/order-status'
import { exampleEvent } from './example-order.ts'
import { referenceTo } from './openapi-document.ts'

const signatureHeaders = {
	'webhook-id': 'The id of the event. It is the same each time the event is sent, so that duplicates can be told.',
	'webhook-timestamp': 'When it was sent, in seconds since 1970. Refuse a time that differs by more than five minutes.',
	'webhook-signature':
		'`v1,` and the HMAC-SHA256, in base64, of id, timestamp and body with dots between. One for each secret that signs, separated by spaces. One of them must match.',
}

const parameters = Object.entries(signatureHeaders).map(([name, description]) => ({
	name,
	in: 'header',
	required: true,
	description,
	schema: { type: 'string' as const },
}))

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
export const openApiWebhooks = Object.fromEntries(
	orderStatuses.map((status) => [eventTypeOf(status), webhookOf(status)]),
)

function webhookOf(status: OrderStatus) {
	const schema = {
		allOf: [referenceTo('schemas', 'Event'), { properties: { type: { const: eventTypeOf(status) } } }],
	}
	return {
		post: {
			operationId: `order${status.slice(0, 1).toUpperCase()}${status.slice(1)}`,
			summary: summaries[status],
			description: 'The body tells the transition in `data.change`, and the order as it was after it.',
			tags: ['webhooks'],
			security: [],
			parameters,
			requestBody: {
				required: true,
				content: { 'application/cloudevents+json': { schema, example: exampleEvent(status) } },
			},
			responses,
		},
	}
}
