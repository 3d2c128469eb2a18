import type { TSchema } from '@sinclair/typebox'
import { EventDataSchema, EventPageSchema, EventSchema } from './event-schemas.ts'
import { MoneySchema } from './money.ts'
import { OrderRequestSchema } from './order-request.ts'
import { HistorySchema, OrderListSchema, OrderSchema } from './order-schemas.ts'
import { ProblemSchema } from './problem-schema.ts'
import { ProductListSchema, ProductSchema } from './product-schemas.ts'
import { OrderReservationSchema, ReservationSchema } from './reservation-schemas.ts'
import { ShippingAddressSchema } from './shipping-address.ts'
import {
	StockAdjustmentSchema,
	StockLevelSchema,
	StockMovementListSchema,
	StockMovementSchema,
	StockSettingSchema,
} from './stock-schemas.ts'
import { CancellationSchema, ReferenceSchema } from './transition-schemas.ts'
import {
	DeliveryAttemptSchema,
	DeliveryListSchema,
	DeliverySchema,
	EmptySchema,
	NewWebhookSchema,
	ReplaySchema,
	WebhookChangeSchema,
	WebhookListSchema,
	WebhookSchema,
	WebhookTestSchema,
} from './webhook-schemas.ts'

/** The schemas that other schemas and routes refer to by their `$id`. */
export const sharedSchemas: TSchema[] = [
	MoneySchema,
	ShippingAddressSchema,
	OrderRequestSchema,
	OrderSchema,
	OrderListSchema,
	ReferenceSchema,
	CancellationSchema,
	HistorySchema,
	ProductSchema,
	ProductListSchema,
	EventDataSchema,
	EventSchema,
	EventPageSchema,
	WebhookSchema,
	NewWebhookSchema,
	WebhookChangeSchema,
	WebhookListSchema,
	ReplaySchema,
	DeliveryAttemptSchema,
	DeliverySchema,
	DeliveryListSchema,
	WebhookTestSchema,
	EmptySchema,
	ReservationSchema,
	OrderReservationSchema,
	StockLevelSchema,
	StockMovementSchema,
	StockMovementListSchema,
	StockAdjustmentSchema,
	StockSettingSchema,
	ProblemSchema,
]
