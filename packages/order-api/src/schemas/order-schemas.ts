import { type Static, Type } from '@sinclair/typebox'
import { MoneySchema } from './money.ts'
import { orderDetails } from './order-request.ts'
import { OrderStatusSchema } from './order-status.ts'
import { PageSize, PageToken } from './paging.ts'
import { strict, Time } from './texts.ts'

export const OrderSchema = Type.Object(
	{
		id: Type.String({ format: 'uuid' }),
		status: OrderStatusSchema,
		customerId: Type.String(),
		items: Type.Array(
			Type.Object({
				sku: Type.String(),
				title: Type.String(),
				quantity: Type.Integer(),
				unitPrice: Type.Ref(MoneySchema),
				lineTotal: Type.Ref(MoneySchema),
			}),
		),
		total: Type.Ref(MoneySchema),
		...orderDetails,
		// The serializer reads patterns without their Unicode classes, so it would drop keys that fit the pattern of the
		// request.
		metadata: Type.Optional(Type.Record(Type.String(), Type.String())),
		placedAt: Time,
		updatedAt: Time,
		expiresAt: Type.String({ format: 'date-time', description: 'Until when it may be paid' }),
		version: Type.Integer({ description: 'Changes with every transition; the ETag' }),
	},
	{ $id: 'Order' },
)

export const OrderIdParams = Type.Object({ id: Type.String() })

export const HistorySchema = Type.Object(
	{
		history: Type.Array(
			Type.Object({
				from: Type.Union([OrderStatusSchema, Type.Null()]),
				to: OrderStatusSchema,
				when: Time,
				who: Type.String(),
				why: Type.Optional(Type.String()),
				reference: Type.Optional(Type.String()),
			}),
		),
	},
	{ $id: 'History', description: 'Oldest first' },
)

export const OrderListSchema = Type.Object(
	{ orders: Type.Array(Type.Ref(OrderSchema)), nextPageToken: Type.String({ description: 'Empty on the last page' }) },
	{ $id: 'OrderList' },
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
	},
	strict,
)

export type OrderView = Static<typeof OrderSchema>
export type OrderList = Static<typeof OrderListSchema>
export type OrderQueryString = Static<typeof OrderQuerySchema>
export type History = Static<typeof HistorySchema>
