import { NextPageToken, PageSize, PageToken } from '@mercat/rest-api/paging'
import { NullableTime, OneOf, strict, Text, Time } from '@mercat/rest-api/texts'
import { type Static, Type } from '@sinclair/typebox'
import { Position } from './event-schemas.ts'
import { eventTypes, everyType } from './event-types.ts'

const WebhookState = OneOf(['active', 'paused'])
const DeliveryState = OneOf(['pending', 'delivered', 'dead'])

const settings = {
	url: Type.String({
		minLength: 1,
		maxLength: 2_000,
		description: 'http: or https:, without a password and without a fragment',
		examples: ['https://shop.example/events'],
	}),
	types: Type.Array(Type.String({ enum: [everyType, ...eventTypes] }), {
		minItems: 1,
		maxItems: 10,
		uniqueItems: true,
		description: 'The types of events that it receives; `*` is every type, also later ones',
	}),
	description: Text(200, 0, { description: 'For people; the service does not read it' }),
}

export const DeliveryAttemptSchema = Type.Object(
	{
		at: Time('When it began'),
		ms: Type.Integer({ description: 'How long it took' }),
		status: Type.Optional(Type.Integer({ description: 'The HTTP status; absent when there was no answer' })),
		error: Type.Optional(Type.String({ description: 'Why it failed' })),
		answer: Type.Optional(Type.String({ description: 'The first kilobyte of the answer' })),
	},
	{ $id: 'DeliveryAttempt', description: 'One request to a receiver, and what became of it' },
)

const FailingSchema = Type.Object({
	since: Time('The first attempt at this event'),
	lastAttempt: Type.Ref(DeliveryAttemptSchema),
	nextAttemptAt: NullableTime('When the next attempt at any event is due. Null while the webhook is paused'),
})

export const WebhookSchema = Type.Object(
	{
		id: Type.String({ format: 'uuid' }),
		url: Type.String({ description: 'Where events are posted to' }),
		types: Type.Array(Type.String(), { description: 'The types of events that it receives; `*` is every type' }),
		description: Type.String(),
		state: WebhookState,
		origin: OneOf(['api', 'environment'], { description: '`environment` for a URL that is in `WEBHOOK_URLS`, or was' }),
		position: Type.String({ description: 'Events after this position were not tried yet' }),
		createdAt: Time('When it was made'),
		endedAt: Type.Optional(
			Type.String({
				format: 'date-time',
				description: 'When its URL left `WEBHOOK_URLS`. It gets the events up to then. Absent for all other webhooks.',
			}),
		),
		pending: Type.Optional(
			Type.Integer({
				minimum: 0,
				description:
					'How many events wait for it. Events after `position` of types that it does not receive count until it has passed them. Deliveries are counted up to 100,000. This and the next three members are only in answers to a `GET`.',
			}),
		),
		waitingSince: Type.Optional(NullableTime('When the oldest of these events was logged. Null when none waits')),
		dead: Type.Optional(Type.Integer({ minimum: 0, description: 'How many deliveries are dead, counted up to 1,000' })),
		failing: Type.Optional(
			Type.Union([FailingSchema, Type.Null()], {
				description: 'The oldest event whose last attempt has failed and that is tried again. Null when there is none',
			}),
		),
		secret: Type.Optional(
			Type.String({
				description: 'Signs deliveries. Only in the answer that makes or rotates it, or that takes the webhook over.',
			}),
		),
	},
	{ $id: 'Webhook', description: 'A URL that gets events' },
)

export const NewWebhookSchema = Type.Object(
	{ url: settings.url, types: Type.Optional(settings.types), description: Type.Optional(settings.description) },
	{ ...strict, $id: 'NewWebhook', description: 'Without `types` it receives every type' },
)

export const WebhookChangeSchema = Type.Object(
	{
		url: Type.Optional(settings.url),
		types: Type.Optional(settings.types),
		description: Type.Optional(settings.description),
		state: Type.Optional(WebhookState),
	},
	{ ...strict, $id: 'WebhookChange', minProperties: 1, description: 'Members that are absent stay as they are' },
)

export const ReplaySchema = Type.Object(
	{ after: Position },
	{ ...strict, $id: 'Replay', description: 'The events after this position are delivered again' },
)

export const WebhookListSchema = Type.Object(
	{ webhooks: Type.Array(Type.Ref(WebhookSchema)) },
	{ $id: 'WebhookList', description: 'The newest first' },
)

export const DeliverySchema = Type.Object(
	{
		id: Type.String({ description: 'The position of its event' }),
		event: Type.Object({
			position: Position,
			id: Type.String(),
			type: Type.String(),
			orderId: Type.String({ format: 'uuid' }),
		}),
		state: DeliveryState,
		attempts: Type.Array(Type.Ref(DeliveryAttemptSchema), {
			maxItems: 10,
			description: 'The last ten, the oldest first',
		}),
		attemptCount: Type.Integer({ description: 'How many attempts there were' }),
		nextAttemptAt: Type.Optional(
			Type.String({
				format: 'date-time',
				description: 'Not earlier; absent when it is not pending, or waits for an earlier event of its order',
			}),
		),
	},
	{ $id: 'Delivery', description: 'One event for one webhook' },
)

export const DeliveryListSchema = Type.Object(
	{
		deliveries: Type.Array(Type.Ref(DeliverySchema)),
		nextPageToken: NextPageToken,
	},
	{ $id: 'DeliveryList', description: 'The newest event first' },
)

export const DeliveryQuerySchema = Type.Object(
	{ pageSize: PageSize, pageToken: PageToken, state: Type.Optional(DeliveryState) },
	strict,
)

export const WebhookTestSchema = Type.Object(
	{
		delivered: Type.Boolean({ description: 'Whether the receiver answered with 2xx' }),
		attempt: Type.Ref(DeliveryAttemptSchema),
	},
	{ $id: 'WebhookTest', description: 'What became of a test event' },
)

/** A request that says everything in its path. */
export const EmptySchema = Type.Object({}, { ...strict, $id: 'Empty', description: 'Nothing to say' })

export const WebhookIdParams = Type.Object({
	id: Type.String({
		description: 'The id of the webhook. In place of the example, paste an id that `GET /v1/webhooks` lists.',
	}),
})
export const DeliveryIdParams = Type.Object({
	...WebhookIdParams.properties,
	deliveryId: Type.String({ description: 'The id of the delivery, as `GET /v1/webhooks/{id}/deliveries` lists it' }),
})

export type Replay = Static<typeof ReplaySchema>
export type WebhookView = Static<typeof WebhookSchema>
export type WebhookList = Static<typeof WebhookListSchema>
export type NewWebhook = Static<typeof NewWebhookSchema>
export type WebhookChange = Static<typeof WebhookChangeSchema>
export type DeliveryAttempt = Static<typeof DeliveryAttemptSchema>
export type DeliveryView = Static<typeof DeliverySchema>
export type DeliveryList = Static<typeof DeliveryListSchema>
export type DeliveryQuery = Static<typeof DeliveryQuerySchema>
export type WebhookTest = Static<typeof WebhookTestSchema>
