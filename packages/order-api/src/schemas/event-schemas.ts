import { OneOf, strict, Time } from '@mercat/rest-api/texts'
import { type Static, Type } from '@sinclair/typebox'
import { eventTypes } from './event-types.ts'
import { OrderIdText } from './order-id-text.ts'
import { OrderSchema } from './order-schemas.ts'
import { OrderStatusSchema } from './order-status.ts'

export const positionPattern = '^(0|[1-9]\\d{0,15})$'

/** A place in the log of events. */
export const Position = Type.String({
	pattern: positionPattern,
	description: 'A place in the log of events; 0 is its beginning',
	examples: ['4711'],
})

export const EventDataSchema = Type.Object(
	{
		...OrderSchema.properties,
		change: Type.Object(
			{
				from: Type.Union([OrderStatusSchema, Type.Null()]),
				to: OrderStatusSchema,
				who: Type.String({ description: 'The subject of a token, or `system:` and a part of the service' }),
				why: Type.Optional(Type.String({ description: 'The reason of a cancellation' })),
				reference: Type.Optional(Type.String({ description: 'Of the payment, the parcel or the receipt' })),
			},
			{ description: 'The transition of which the event tells' },
		),
		paymentMustBeReturned: Type.Optional(
			Type.Literal(true, { description: 'The order was paid when it was cancelled' }),
		),
	},
	{ $id: 'EventData', description: 'The order as it was after the transition' },
)

export const EventSchema = Type.Object(
	{
		specversion: Type.Literal('1.0'),
		id: Type.String({ description: 'The same each time this event is read or delivered' }),
		source: Type.Literal('/v1/orders'),
		type: OneOf(eventTypes),
		subject: Type.String({ format: 'uuid', description: 'The id of the order' }),
		time: Time('When the transition was'),
		datacontenttype: Type.Literal('application/json'),
		traceparent: Type.Optional(
			Type.String({
				description:
					'The trace of the request that made the transition (CloudEvents Distributed Tracing). Absent when the service made the transition by itself',
				examples: ['00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01'],
			}),
		),
		data: Type.Ref(EventDataSchema),
	},
	{ $id: 'Event', description: 'A CloudEvent 1.0: one transition of one order' },
)

export const EventPageSchema = Type.Object(
	{
		events: Type.Array(Type.Object({ position: Position, event: Type.Ref(EventSchema) })),
		next: Type.String({ description: 'The `after` of the next page' }),
		caughtUp: Type.Boolean({ description: 'Whether the page reached the end of the log' }),
	},
	{ $id: 'EventPage', description: 'In ascending order. A filtered page may be empty before the end of the log.' },
)

export const EventQuerySchema = Type.Object(
	{
		after: Type.Optional(
			Type.String({
				pattern: '^(now|0|[1-9]\\d{0,15})$',
				description:
					'A position, or `now` for the end of the log; without it the first event that is left is the first',
			}),
		),
		types: Type.Array(Type.String({ maxLength: 1_000 }), {
			default: [],
			description: `Types, repeated or between commas: ${eventTypes.join(', ')}; \`*\`, or none, is every type`,
		}),
		customerId: Type.Optional(
			Type.String({ pattern: '^[\\x21-\\x7e]{1,128}$', description: 'Only the events of the orders of this customer' }),
		),
		orderId: Type.Optional(OrderIdText('Only the events of this order')),
		limit: Type.Integer({
			minimum: 0,
			default: 0,
			description: 'At most so many: a page ends at about 2 MB. 0 is 100; more than 1000 is 1000',
		}),
	},
	strict,
)

export const LastEventIdHeader = Type.Object({
	'last-event-id': Type.Optional(
		Type.String({ description: 'The position of the last event that a broken stream had; stands in for `after`' }),
	),
})

export type OrderEvent = Static<typeof EventSchema>
export type OrderEventData = Static<typeof EventDataSchema>
export type EventPage = Static<typeof EventPageSchema>
export type EventQuery = Static<typeof EventQuerySchema>
