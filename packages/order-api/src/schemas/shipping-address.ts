import { strict, Text } from '@mercat/rest-api/texts'
import { type Static, Type } from '@sinclair/typebox'

export const ShippingAddressSchema = Type.Object(
	{
		name: Text(200, 1),
		line1: Text(200, 1),
		line2: Type.Optional(Text(200)),
		city: Text(200, 1),
		region: Type.Optional(Text(200)),
		postalCode: Type.Optional({
			...Text(200),
			description: 'Required, except in countries that have no postal codes',
		}),
		country: Type.String({ pattern: '^[A-Z]{2}$', description: 'ISO 3166-1 alpha-2, or XK' }),
	},
	{ ...strict, $id: 'ShippingAddress', description: 'Where the order goes' },
)

export type ShippingAddress = Static<typeof ShippingAddressSchema>
