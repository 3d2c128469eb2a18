import { type EventType, eventTypes } from '@mercat/order-api/event-types'

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

const descriptions: Record<EventType, string> = {
	'mercat.order.placed.v1': 'An order was placed',
	'mercat.order.paid.v1': 'An order was paid',
	'mercat.order.shipped.v1': 'An order was shipped',
	'mercat.order.delivered.v1': 'An order was delivered',
	'mercat.order.cancelled.v1': 'An order was cancelled',
	'mercat.order.expired.v1': 'An order was not paid in time',
}

/**
 * The `webhooks` of the OpenAPI document: the request that a receiver gets for each type of event. Standard Webhooks has
 * signed headers in place of a token.
 */
export const openApiWebhooks = Object.fromEntries(
	eventTypes.map((type) => [
		type,
		{
			post: {
				operationId: `order${type.split('.')[2]?.replace(/^./, (first) => first.toUpperCase())}`,
				summary: descriptions[type],
				tags: ['webhooks'],
				security: [],
				parameters,
				requestBody: {
					required: true,
					content: {
						'application/cloudevents+json': {
							schema: {
								allOf: [{ $ref: '#/components/schemas/Event' }, { properties: { type: { const: type } } }],
							},
						},
					},
				},
				responses,
			},
		},
	]),
)
