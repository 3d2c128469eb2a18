import { largestAmount } from '@mercat/catalog-api/amounts'
import { type Static, Type } from '@sinclair/typebox'
import { strict } from './texts.ts'

export const MoneySchema = Type.Object(
	{
		amountMinor: Type.Integer({
			minimum: 0,
			maximum: largestAmount,
			description: 'In minor units: 12.99 EUR is 1299',
			examples: [1299],
		}),
		currency: Type.String({ pattern: '^[A-Z]{3}$', description: 'ISO 4217', examples: ['EUR'] }),
	},
	{ ...strict, $id: 'Money', description: 'An amount in the smallest unit of its currency' },
)

export type Money = Static<typeof MoneySchema>
