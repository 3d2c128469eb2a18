import { MoneySchema } from '@mercat/rest-api/money'
import { NextPageToken, PageSize, PageToken } from '@mercat/rest-api/paging'
import { NullableText, OneOf, strict, Time } from '@mercat/rest-api/texts'
import { type Static, Type } from '@sinclair/typebox'
import { OrderIdText } from '../order-id-text.ts'
import { OrderStatusSchema } from '../order-status.ts'

/** What a request about an order asks for. */
export const orderOperations = ['place', 'pay', 'ship', 'deliver', 'cancel'] as const

export type OrderOperation = (typeof orderOperations)[number]

const RefusedItem = Type.Object(
	{
		sku: Type.String(),
		requested: Type.Optional(Type.Integer()),
		available: Type.Optional(Type.Integer()),
		expected: Type.Optional(Type.Ref(MoneySchema)),
		actual: Type.Optional(Type.Ref(MoneySchema)),
	},
	{ description: 'As in the problem' },
)

const RefusedPlace = Type.Object({
	pointer: Type.String(),
	parameter: Type.Optional(Type.String()),
	code: Type.String(),
	detail: Type.String(),
})

/** The members of a problem that are kept with it: at most 20 of a list, and the beginnings of long texts. */
export const RefusalMembersSchema = Type.Object({
	items: Type.Optional(Type.Array(RefusedItem, { description: 'The items at fault, at most 20' })),
	skus: Type.Optional(Type.Array(Type.String(), { description: 'The products that cannot be ordered, at most 20' })),
	currencies: Type.Optional(Type.Array(Type.String(), { description: 'The currencies of the products' })),
	state: Type.Optional(OrderStatusSchema),
	errors: Type.Optional(Type.Array(RefusedPlace, { description: 'The places at fault, at most 20' })),
})

export const RefusalSchema = Type.Object(
	{
		at: Time('When it was answered'),
		operation: OneOf(orderOperations, { description: 'What the request asked for' }),
		status: Type.Integer({ description: 'The HTTP status of the answer' }),
		code: Type.String({ description: 'The code of the problem' }),
		customerId: NullableText(
			'The `sub` of the token; null without a valid token, and for a request that was refused before its token was read',
		),
		orderId: NullableText('The order, also one that would have been placed; null when the request named none'),
		traceId: Type.String({ description: 'The `traceId` of the problem' }),
		detail: Type.String({ description: 'The `detail` of the problem' }),
		...RefusalMembersSchema.properties,
	},
	{ $id: 'Refusal', description: 'A request about an order that was answered with a problem' },
)

export const RefusalListSchema = Type.Object(
	{
		refusals: Type.Array(Type.Ref(RefusalSchema)),
		notKept: Type.Integer({
			description: 'How many requests of the last day were not kept, because there were too many',
		}),
		nextPageToken: NextPageToken,
	},
	{ $id: 'RefusalList', description: 'Newest first' },
)

/** A trace id, or the `traceparent` that has it. */
export const TraceIdText = Type.String({
	pattern: '^([0-9a-f]{32}|[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2})$',
	description: 'A trace id of 32 hexadecimal digits, or a whole `traceparent`',
	examples: ['4bf92f3577b34da6a3ce929d0e0e4736'],
})

export const CustomerIdText = Type.String({
	pattern: '^[\\x21-\\x7e]{1,128}$',
	description: 'The `sub` of the token of the customer',
})

export const RefusalQuerySchema = Type.Object(
	{
		code: Type.Optional(Type.String({ pattern: '^[A-Z_]{1,64}$', description: 'The code of the problem' })),
		customerId: Type.Optional(CustomerIdText),
		traceId: Type.Optional(TraceIdText),
		orderId: Type.Optional(OrderIdText('The order that the requests were about')),
		pageSize: PageSize,
		pageToken: PageToken,
	},
	strict,
)

export type RefusalMembers = Static<typeof RefusalMembersSchema>
export type Refusal = Static<typeof RefusalSchema>
export type RefusalList = Static<typeof RefusalListSchema>
export type RefusalQuery = Static<typeof RefusalQuerySchema>
