import { OneOf } from '@mercat/rest-api/texts'
import type { Static } from '@sinclair/typebox'

export const orderStatuses = ['placed', 'paid', 'shipped', 'delivered', 'cancelled', 'expired'] as const

export const OrderStatusSchema = OneOf(orderStatuses, {
	description:
		'First `placed`, then `paid`, `shipped` and `delivered`; or `cancelled`, or `expired` when it was not paid in time',
})

export type OrderStatus = Static<typeof OrderStatusSchema>
