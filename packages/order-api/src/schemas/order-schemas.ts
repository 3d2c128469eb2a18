import { MoneySchema } from '@mercat/rest-api/money'
import { NextPageToken, PageSize, PageToken } from '@mercat/rest-api/paging'
import { Sku } from '@mercat/rest-api/sku'
import { strict, Text, Time } from '@mercat/rest-api/texts'
import { type Static, Type } from '@sinclair/typebox'
import { orderDetails } from './order-request.ts'
import { OrderStatusSchema } from './order-status.ts'

export const OrderSchema = Type.Object(
	{
		id: Type.String({ format: 'uuid', description: 'Follows from the customer and the idempotency key' }),
		status: OrderStatusSchema,
		customerId: Type.String({ description: 'The `sub` of the token that placed the order' }),
		items: Type.Array(
			Type.Object({
				sku: Type.String(),
				title: Type.String({ description: 'As it was when the order was placed' }),
				quantity: Type.Integer(),
				unitPrice: Type.Ref(MoneySchema, { description: 'As it was when the order was placed' }),
				lineTotal: Type.Ref(MoneySchema),
			}),
			{ description: 'Sorted by sku' },
		),
		total: Type.Ref(MoneySchema),
		...orderDetails,
		// The serializer reads patterns without their Unicode classes, so it would drop keys that fit the pattern of the
		// request.
		metadata: Type.Optional(Type.Record(Type.String(), Type.String())),
		placedAt: Time('When it was placed'),
		updatedAt: Time('When its latest transition was'),
		expiresAt: Time('Until when it may be paid'),
		version: Type.Integer({ description: 'Changes with every transition; the ETag' }),
	},
	{ $id: 'Order', description: 'An order with the prices that hold for it' },
)

export const OrderIdParams = Type.Object({
	id: Type.String({
		description:
			'The id of the order. In place of the example, paste the id of an order of your own, as the answer to `POST /v1/orders` has it.',
	}),
})

export const HistorySchema = Type.Object(
	{
		history: Type.Array(
			Type.Object({
				from: Type.Union([OrderStatusSchema, Type.Null()]),
				to: OrderStatusSchema,
				when: Time('When the transition was'),
				who: Type.String({ description: 'The subject of a token, or `system:` and a part of the service' }),
				why: Type.Optional(Type.String({ description: 'The reason of a cancellation' })),
				reference: Type.Optional(Type.String({ description: 'Of the payment, the parcel or the receipt' })),
			}),
		),
	},
	{ $id: 'History', description: 'Oldest first' },
)

export const OrderListSchema = Type.Object(
	{
		orders: Type.Array(Type.Ref(OrderSchema)),
		nextPageToken: NextPageToken,
		searchedTo: Type.Optional(
			Type.String({
				format: 'date-time',
				description:
					'Only where the page has looked at its most orders: the place of the last one. The next page looks further.',
			}),
		),
	},
	{ $id: 'OrderList', description: 'Newest first' },
)

export const OrderQuerySchema = Type.Object(
	{
		pageSize: PageSize,
		pageToken: PageToken,
		status: Type.Optional(OrderStatusSchema),
		customerId: Type.Optional(
			Type.String({
				pattern: '^[\\x21-\\x7e]{1,128}$',
				description: 'Staff only; without it staff sees the orders of all customers',
			}),
		),
		placedAfter: Type.Optional(Time('Only orders that were placed at this time or later')),
		placedBefore: Type.Optional(Time('Only orders that were placed before this time')),
		sku: Type.Optional({ ...Sku, description: 'Only orders that have this product' }),
		reference: Type.Optional(
			Text(128, 1, {
				description: 'Only orders with this reference, of their own or of a payment, a parcel or a receipt',
			}),
		),
	},
	strict,
)

export type OrderView = Static<typeof OrderSchema>
export type OrderList = Static<typeof OrderListSchema>
export type OrderQueryString = Static<typeof OrderQuerySchema>
export type History = Static<typeof HistorySchema>
