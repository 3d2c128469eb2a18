import type { TSchema } from '@sinclair/typebox'
import { EventDataSchema, EventPageSchema, EventSchema } from './event-schemas.ts'
import { MoneySchema } from './money.ts'
import { OrderRequestSchema } from './order-request.ts'
import { HistorySchema, OrderListSchema, OrderSchema } from './order-schemas.ts'
import { ProblemSchema } from './problem-schema.ts'
import { ProductListSchema, ProductSchema } from './product-schemas.ts'
import { ShippingAddressSchema } from './shipping-address.ts'
import { ExplanationSchema } from './staff/explanation-schemas.ts'
import { RefusalListSchema, RefusalSchema } from './staff/refusal-schemas.ts'
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
	RefusalSchema,
	RefusalListSchema,
	ExplanationSchema,
	ProblemSchema,
]
