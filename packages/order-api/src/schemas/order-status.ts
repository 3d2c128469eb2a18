import { type Static, Type } from '@sinclair/typebox'

export const orderStatuses = ['placed', 'paid', 'shipped', 'delivered', 'cancelled', 'expired'] as const

export const OrderStatusSchema = Type.Unsafe<(typeof orderStatuses)[number]>(
	Type.String({
		enum: [...orderStatuses],
		description:
			'First `placed`, then `paid`, `shipped` and `delivered`; or `cancelled`, or `expired` when it was not paid in time',
	}),
)

export type OrderStatus = Static<typeof OrderStatusSchema>
