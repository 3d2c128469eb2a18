import { NextPageToken, PageSize, PageToken } from '@mercat/rest-api/paging'
import { OneOf, strict } from '@mercat/rest-api/texts'
import { type Static, Type } from '@sinclair/typebox'
import { OrderIdText } from '../order-id-text.ts'
import { OrderCommandSchema } from './order-events-schemas.ts'

const { id, version, type, attempts, createdAt, nextAttemptAt, lastError } = OrderCommandSchema.properties

const openStates = ['pending', 'dead'] as const

export const OutboxMessageSchema = Type.Object(
	{
		id,
		orderId: Type.String({ format: 'uuid' }),
		version,
		type,
		state: OneOf(openStates, { description: 'A dead command is sent again only by `POST /v1/outbox/redrive`' }),
		attempts,
		createdAt,
		nextAttemptAt,
		lastError,
	},
	{ $id: 'OutboxMessage', description: 'A command to the catalog that is not delivered' },
)

export const OutboxSchema = Type.Object(
	{
		messages: Type.Array(Type.Ref(OutboxMessageSchema)),
		nextPageToken: NextPageToken,
	},
	{ $id: 'Outbox', description: 'The oldest first' },
)

export const OutboxQuerySchema = Type.Object(
	{ pageSize: PageSize, pageToken: PageToken, state: Type.Optional(OneOf(openStates)) },
	strict,
)

export const RedriveSchema = Type.Object(
	{
		orderId: Type.Optional(OrderIdText('Only the commands of this order')),
	},
	{ ...strict, $id: 'Redrive', description: 'May be left out. Without `orderId` it is all dead commands' },
)

export const RedrivenSchema = Type.Object(
	{ redriven: Type.Integer({ description: 'How many commands are sent again' }) },
	{ $id: 'Redriven', description: 'At most 10,000; send the request again for more' },
)

export type OutboxQuery = Static<typeof OutboxQuerySchema>
export type OutboxMessageView = Static<typeof OutboxMessageSchema>
export type Outbox = Static<typeof OutboxSchema>
