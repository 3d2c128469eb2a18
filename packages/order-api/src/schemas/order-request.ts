import { MoneySchema } from '@mercat/rest-api/money'
import { Sku } from '@mercat/rest-api/sku'
import { strict, Text } from '@mercat/rest-api/texts'
import { type Static, Type } from '@sinclair/typebox'
import { ShippingAddressSchema } from './shipping-address.ts'

/** Members that a client gives to its order and the server only keeps. */
export const orderDetails = {
	shippingAddress: Type.Optional(Type.Ref(ShippingAddressSchema)),
	reference: Type.Optional(Text(128, 0, { description: "The client's own name for the order" })),
	metadata: Type.Optional(
		Type.Record(Type.String({ pattern: '^[^\\p{Cc}\\p{Cs}]{1,40}$' }), Text(500), {
			maxProperties: 20,
			additionalProperties: false,
			description: 'Up to 20 texts that the order keeps for the client',
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
				strict,
			),
			{ minItems: 1, maxItems: 100, description: 'Lines with the same sku are one line' },
		),
		...orderDetails,
	},
	{
		...strict,
		$id: 'OrderRequest',
		description: 'An order to place. The server sets the prices.',
		examples: [{ items: [{ sku: 'MUG-STONE-350', quantity: 2 }] }],
	},
)

/** A valid order request as a client sends it. */
export type OrderRequest = Static<typeof OrderRequestSchema>
export type RequestedItem = OrderRequest['items'][number]
export type OrderDetails = Omit<OrderRequest, 'items'>
