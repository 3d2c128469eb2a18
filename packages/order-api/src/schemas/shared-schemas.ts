import type { TSchema } from '@sinclair/typebox'
import { MoneySchema } from './money.ts'
import { OrderRequestSchema } from './order-request.ts'
import { HistorySchema, OrderListSchema, OrderSchema } from './order-schemas.ts'
import { ProblemSchema } from './problem-schema.ts'
import { ProductListSchema, ProductSchema } from './product-schemas.ts'
import { ShippingAddressSchema } from './shipping-address.ts'
import { CancellationSchema, ReferenceSchema } from './transition-schemas.ts'

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
	ProblemSchema,
]
