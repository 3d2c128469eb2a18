import { type Static, type TSchema, Type } from '@sinclair/typebox'

// No control characters and no half of a surrogate pair: neither can be stored or shown.
const printable = '^[^\\p{Cc}\\p{Cs}]*$'

const Text = (maxLength: number, minLength = 0) => Type.String({ minLength, maxLength, pattern: printable })
const Strict = { additionalProperties: false }

export const orderStatuses = ['placed', 'paid', 'shipped', 'delivered', 'cancelled', 'expired'] as const

export type OrderStatus = (typeof orderStatuses)[number]

export const Sku = Type.String({ pattern: '^[A-Za-z0-9._-]{1,64}$', examples: ['MUG-STONE-350'] })

export const MoneySchema = Type.Object(
	{
		amountMinor: Type.Integer({
			minimum: 0,
			maximum: Number.MAX_SAFE_INTEGER,
			description: 'In minor units: 12.99 EUR is 1299',
			examples: [1299],
		}),
		currency: Type.String({ pattern: '^[A-Z]{3}$', description: 'ISO 4217', examples: ['EUR'] }),
	},
	{ ...Strict, $id: 'Money' },
)

export const ShippingAddressSchema = Type.Object(
	{
		name: Text(200, 1),
		line1: Text(200, 1),
		line2: Type.Optional(Text(200)),
		city: Text(200, 1),
		region: Type.Optional(Text(200)),
		postalCode: Text(200, 1),
		country: Type.String({ pattern: '^[A-Z]{2}$', description: 'ISO 3166-1 alpha-2' }),
	},
	{ ...Strict, $id: 'ShippingAddress' },
)

const details = {
	shippingAddress: Type.Optional(Type.Ref(ShippingAddressSchema)),
	reference: Type.Optional(Text(128)),
	metadata: Type.Optional(
		Type.Record(Type.String({ pattern: '^[^\\p{Cc}\\p{Cs}]{1,40}$' }), Text(500), {
			maxProperties: 20,
			additionalProperties: false,
		}),
	),
}

export const OrderRequestSchema = Type.Object(
	{
		items: Type.Array(
			Type.Object(
				{
					sku: Sku,
					quantity: Type.Integer({ minimum: 1, maximum: 10_000, examples: [2] }),
					expectedUnitPrice: Type.Optional(
						Type.Ref(MoneySchema, { description: 'The price that the client saw; another one is refused' }),
					),
				},
				Strict,
			),
			{ minItems: 1, maxItems: 100 },
		),
		...details,
	},
	{ ...Strict, $id: 'OrderRequest', examples: [{ items: [{ sku: 'MUG-STONE-350', quantity: 2 }] }] },
)

const Status = Type.Unsafe<OrderStatus>(Type.String({ enum: [...orderStatuses] }))
const Time = Type.String({ format: 'date-time' })

export const OrderSchema = Type.Object(
	{
		id: Type.String({ format: 'uuid' }),
		status: Status,
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
		...details,
		// The serializer reads patterns without Unicode and would leave out the keys that do not fit.
		metadata: Type.Optional(Type.Record(Type.String(), Type.String())),
		placedAt: Time,
		updatedAt: Time,
		expiresAt: Type.String({ format: 'date-time', description: 'Until when it may be paid' }),
		version: Type.Integer({ description: 'Changes with every transition; the ETag' }),
	},
	{ $id: 'Order' },
)

export const OrderIdParams = Type.Object({ id: Type.String() })

export const IfMatchHeader = Type.Object({
	'if-match': Type.Optional(Type.String({ description: 'The `ETag` of the order as the caller knows it' })),
})

const Reference = Text(128, 1)

export const ReferenceSchema = Type.Object(
	{ reference: Reference },
	{
		...Strict,
		$id: 'Reference',
		description: 'What the transition is known by outside, such as a payment or a parcel',
	},
)

export const CancellationSchema = Type.Object({ reason: Type.Optional(Text(200)) }, { ...Strict, $id: 'Cancellation' })

export const HistorySchema = Type.Object(
	{
		history: Type.Array(
			Type.Object({
				from: Type.Union([Status, Type.Null()]),
				to: Status,
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

const PageSize = Type.Integer({ minimum: 0, default: 0, description: '0 is 20; more than 100 is 100' })
const PageToken = Type.String({
	default: '',
	description: '`nextPageToken` of the page before, with the same other parameters',
})

export const OrderQuerySchema = Type.Object(
	{
		pageSize: PageSize,
		pageToken: PageToken,
		status: Type.Optional(Status),
		customerId: Type.Optional(
			Type.String({
				pattern: '^[\\x21-\\x7e]{1,128}$',
				description: 'Staff only; without it staff sees the orders of all customers',
			}),
		),
	},
	Strict,
)

export const ProductQuerySchema = Type.Object(
	{
		q: Type.String({ default: '', description: 'Words, complete or begun; typos are tolerated' }),
		category: Type.Array(Type.String(), { default: [], description: 'Any of these, each with what is below it' }),
		brand: Type.Array(Type.String(), { default: [], description: 'Any of these' }),
		minPrice: Type.Optional(
			Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER, description: 'In minor units; needs `currency`' }),
		),
		maxPrice: Type.Optional(
			Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER, description: 'In minor units; needs `currency`' }),
		),
		currency: Type.String({ default: '', pattern: '^([A-Z]{3})?$' }),
		inStock: Type.Boolean({ default: false }),
		orderBy: Type.String({ default: 'relevance', enum: ['relevance', 'price', 'price desc', 'newest'] }),
		pageSize: PageSize,
		pageToken: PageToken,
	},
	Strict,
)

export const ProductSchema = Type.Object(
	{
		sku: Type.String(),
		title: Type.String(),
		description: Type.String(),
		brand: Type.String(),
		category: Type.String(),
		price: Type.Ref(MoneySchema),
		attributes: Type.Record(Type.String(), Type.String()),
		imageUrls: Type.Array(Type.String()),
		state: Type.String({ enum: ['ACTIVE', 'ARCHIVED'] }),
		availableQuantity: Type.Integer(),
		etag: Type.String(),
		createTime: Time,
		updateTime: Time,
	},
	{ $id: 'Product' },
)

export const ProductListSchema = Type.Object(
	{
		products: Type.Array(Type.Ref(ProductSchema)),
		nextPageToken: Type.String({ description: 'Empty on the last page' }),
		totalSize: Type.Integer(),
		totalSizeExact: Type.Boolean({ description: 'False when `totalSize` is a lower bound' }),
		facets: Type.Array(
			Type.Object({
				field: Type.String(),
				values: Type.Array(Type.Object({ value: Type.String(), count: Type.Integer() })),
			}),
		),
	},
	{ $id: 'ProductList' },
)

export const ProblemSchema = Type.Object(
	{
		type: Type.String({ format: 'uri-reference' }),
		title: Type.String(),
		status: Type.Integer(),
		detail: Type.String(),
		instance: Type.String(),
		code: Type.String(),
		traceId: Type.String(),
	},
	{ $id: 'Problem', additionalProperties: true, description: 'RFC 9457, with members of its own for some codes' },
)

/** Schemas that others refer to by name. */
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

export type Money = Static<typeof MoneySchema>
export type ShippingAddress = Static<typeof ShippingAddressSchema>
/** A valid order request as a client sends it. */
export type OrderRequest = Static<typeof OrderRequestSchema>
export type RequestedItem = OrderRequest['items'][number]
/** What a client says of its order and the server only keeps. */
export type OrderDetails = Omit<OrderRequest, 'items'>
export type OrderView = Static<typeof OrderSchema>
export type OrderQueryString = Static<typeof OrderQuerySchema>
export type ProductQuery = Static<typeof ProductQuerySchema>
export type ProductView = Static<typeof ProductSchema>
export type ProductList = Static<typeof ProductListSchema>
