import { type Static, Type } from '@sinclair/typebox'

export const orderStatuses = ['placed', 'paid', 'shipped', 'delivered', 'cancelled', 'expired'] as const

export const OrderStatusSchema = Type.Unsafe<(typeof orderStatuses)[number]>(Type.String({ enum: [...orderStatuses] }))

export type OrderStatus = Static<typeof OrderStatusSchema>
