import { MoneySchema } from '@mercat/rest-api/money'
import { strict } from '@mercat/rest-api/texts'
import { type Static, Type } from '@sinclair/typebox'

const limit = (description: string) => Type.Union([Type.Ref(MoneySchema), Type.Null()], { description })

export const PriceLimitsSchema = Type.Object(
	{
		sku: Type.String(),
		floor: limit('The least price that a source may set without an approval; null when there is none'),
		ceiling: limit('The highest such price; null when there is none'),
	},
	{ $id: 'PriceLimits', description: 'The prices of a product that no source passes without an approval' },
)

export const PriceLimitsSettingSchema = Type.Object(
	{
		floor: Type.Optional(limit('Null, or missing, for none')),
		ceiling: Type.Optional(limit('Null, or missing, for none. It has the currency of the floor')),
	},
	{ ...strict, $id: 'PriceLimitsSetting', description: 'The limits, in place of the ones before' },
)

export const PriceLimitsParams = Type.Object({ sku: Type.String({ description: 'The sku of the product' }) })

export type PriceLimits = Static<typeof PriceLimitsSchema>
export type PriceLimitsSetting = Static<typeof PriceLimitsSettingSchema>
