import { NullableText, NullableTime, OneOf, Time } from '@mercat/rest-api/texts'
import { type Static, Type } from '@sinclair/typebox'
import { EventSchema } from '../event-schemas.ts'
import { eventTypes } from '../event-types.ts'
import { DeliveryAttemptSchema } from '../webhook-schemas.ts'

export const OrderEventDeliverySchema = Type.Object(
	{
		id: Type.String({ description: 'The `deliveryId` of `POST /v1/webhooks/{id}/deliveries/{deliveryId}/redeliver`' }),
		webhookId: Type.String({ format: 'uuid' }),
		url: Type.String({ description: 'The URL of the webhook, without its query' }),
		webhookState: OneOf(['active', 'paused'], {
			description: 'A paused webhook gets nothing until it is active again',
		}),
		state: OneOf(['pending', 'delivered', 'dead']),
		attempts: Type.Integer({ description: 'How many attempts there were. 0 for an event that was not tried yet' }),
		nextAttemptAt: NullableTime(
			'Not earlier. Null when it is not pending, waits for an earlier event of its order, or was not tried yet',
		),
		lastAttempt: Type.Union([Type.Ref(DeliveryAttemptSchema), Type.Null()]),
	},
	{ $id: 'OrderEventDelivery', description: 'What became of an event at a webhook' },
)

export const OrderCommandSchema = Type.Object(
	{
		id: Type.String(),
		version: Type.Integer({ description: 'The version of the order that the transition made' }),
		type: OneOf(['commit', 'release'], { description: 'To sell the stock of the reservation, or to give it back' }),
		state: OneOf(['pending', 'delivered', 'dead'], {
			description: 'A dead command is sent again only by `POST /v1/outbox/redrive`',
		}),
		attempts: Type.Integer(),
		createdAt: Time('When the transition was'),
		nextAttemptAt: NullableTime('Null when it is not pending. While an attempt is under way, the end of its time'),
		settledAt: NullableTime('When it was delivered, or given up as dead'),
		lastError: NullableText('Why its last failed attempt failed'),
	},
	{ $id: 'OrderCommand', description: 'A command to the catalog about the reservation of an order' },
)

export const OrderEventsSchema = Type.Object(
	{
		events: Type.Array(
			Type.Object({
				position: NullableText('The place in the log of events. Null for a moment, until the event has one'),
				version: Type.Integer({ description: 'The version of the order after the transition' }),
				type: OneOf(eventTypes),
				loggedAt: NullableTime('When the event got its position'),
				event: Type.Union([Type.Ref(EventSchema), Type.Null()], {
					description: 'Null only when the history of the order lacks the transition',
				}),
				deliveries: Type.Array(Type.Ref(OrderEventDeliverySchema)),
			}),
			{ description: 'Those that the log still has, the oldest first' },
		),
		commands: Type.Array(Type.Ref(OrderCommandSchema), {
			description: 'The oldest first. A delivered command is kept for a week',
		}),
	},
	{ $id: 'OrderEvents', description: 'What the transitions of an order have told to others' },
)

export type OrderEvents = Static<typeof OrderEventsSchema>
export type OrderEventDelivery = Static<typeof OrderEventDeliverySchema>
export type OrderCommand = Static<typeof OrderCommandSchema>
