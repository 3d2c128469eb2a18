import { MoneySchema } from '@mercat/rest-api/money'
import { ProblemSchema } from '@mercat/rest-api/problem-schema'
import type { TSchema } from '@sinclair/typebox'
import { EventDataSchema, EventPageSchema, EventSchema } from './schemas/event-schemas.ts'
import { OrderRequestSchema } from './schemas/order-request.ts'
import { HistorySchema, OrderListSchema, OrderSchema } from './schemas/order-schemas.ts'
import { PriceBarSchema, PriceHistorySchema, PricePeriodSchema } from './schemas/products/price-schemas.ts'
import { LowestPriceSchema, ProductListSchema, ProductSchema } from './schemas/products/product-schemas.ts'
import { SuggestionListSchema } from './schemas/products/suggestion-schemas.ts'
import { ShippingAddressSchema } from './schemas/shipping-address.ts'
import { ExplanationSchema } from './schemas/staff/explanation-schemas.ts'
import { FeedListSchema, FeedRunListSchema, FeedRunSchema, FeedSchema } from './schemas/staff/feed-schemas.ts'
import {
	DecidedPriceSchema,
	HeldPriceListSchema,
	HeldPriceSchema,
	PriceDecisionSchema,
} from './schemas/staff/held-price-schemas.ts'
import {
	OrderCommandSchema,
	OrderEventDeliverySchema,
	OrderEventsSchema,
} from './schemas/staff/order-events-schemas.ts'
import { OutboxMessageSchema, OutboxSchema, RedrivenSchema, RedriveSchema } from './schemas/staff/outbox-schemas.ts'
import { PriceLimitsSchema, PriceLimitsSettingSchema } from './schemas/staff/price-limit-schemas.ts'
import { RefusalListSchema, RefusalSchema } from './schemas/staff/refusal-schemas.ts'
import { OrderReservationSchema, ReservationSchema } from './schemas/staff/reservation-schemas.ts'
import { StatusSchema } from './schemas/staff/status-schemas.ts'
import {
	StockAdjustmentSchema,
	StockLevelSchema,
	StockMovementListSchema,
	StockMovementSchema,
	StockSettingSchema,
} from './schemas/staff/stock-schemas.ts'
import { CancellationSchema, ReferenceSchema } from './schemas/transition-schemas.ts'
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
} from './schemas/webhook-schemas.ts'

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
	LowestPriceSchema,
	ProductSchema,
	ProductListSchema,
	SuggestionListSchema,
	PricePeriodSchema,
	PriceBarSchema,
	PriceHistorySchema,
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
	FeedRunSchema,
	FeedSchema,
	FeedListSchema,
	FeedRunListSchema,
	HeldPriceSchema,
	HeldPriceListSchema,
	PriceDecisionSchema,
	DecidedPriceSchema,
	PriceLimitsSchema,
	PriceLimitsSettingSchema,
	StatusSchema,
	RefusalSchema,
	RefusalListSchema,
	ExplanationSchema,
	OrderEventDeliverySchema,
	OrderCommandSchema,
	OrderEventsSchema,
	OutboxMessageSchema,
	OutboxSchema,
	RedriveSchema,
	RedrivenSchema,
	ProblemSchema,
]
