import { MoneySchema } from '@mercat/rest-api/money'
import { NextPageToken, PageSize, PageToken } from '@mercat/rest-api/paging'
import { NullableTime, strict, Time } from '@mercat/rest-api/texts'
import { type Static, Type } from '@sinclair/typebox'
import { sourcePattern } from './feed-schemas.ts'

export const HeldPriceSchema = Type.Object(
	{
		id: Type.String({ format: 'uuid', description: 'Stays the same when the source sends another price' }),
		sku: Type.String(),
		title: Type.String(),
		source: Type.String({ description: 'The source that has sent the new price' }),
		oldPrice: Type.Ref(MoneySchema, { description: 'The price of the product when the new one was held' }),
		newPrice: Type.Ref(MoneySchema, { description: 'The price that waits' }),
		currentPrice: Type.Ref(MoneySchema, { description: 'The price of the product now' }),
		rule: Type.String({
			description:
				'`PRICE_FELL` or `PRICE_ROSE`: by more than the limit of the feed. `CURRENCY_CHANGED`: the new price has another currency. `BELOW_FLOOR` or `ABOVE_CEILING`: it passes a limit of the product. Any other text is the rule of the program that sent the price.',
			examples: ['PRICE_FELL'],
		}),
		figures: Type.Record(Type.String(), Type.Number(), {
			description: 'The figures of the rule, such as `changePercent` and `maxPriceChangePercent`',
		}),
		opinions: Type.Array(
			Type.Object({
				source: Type.String(),
				price: Type.Ref(MoneySchema),
				at: Time('When the source sent this price'),
			}),
			{ description: 'The prices that other sources have sent for the product meanwhile' },
		),
		since: Time('When this price was first held'),
		until: NullableTime('When the new price is dropped unless somebody decides; null when it waits for ever'),
	},
	{ $id: 'HeldPrice', description: 'A price that waits for a decision. The product sells at its old price meanwhile.' },
)

export const HeldPriceListSchema = Type.Object(
	{
		heldPrices: Type.Array(Type.Ref(HeldPriceSchema)),
		nextPageToken: NextPageToken,
	},
	{ $id: 'HeldPriceList', description: 'The oldest first' },
)

const name = (description: string) => Type.Optional(Type.String({ pattern: sourcePattern, description }))

export const HeldPriceQuerySchema = Type.Object(
	{
		pageSize: PageSize,
		pageToken: PageToken,
		source: name('Only the prices of this source'),
		sku: name('Only the price of this product'),
	},
	strict,
)

export const PriceDecisionSchema = Type.Object(
	{ price: Type.Ref(MoneySchema, { description: 'The new price, as the person who decides has seen it' }) },
	{ ...strict, $id: 'PriceDecision', description: 'What is approved or rejected' },
)

export const DecidedPriceSchema = Type.Object(
	{ sku: Type.String(), price: Type.Ref(MoneySchema, { description: 'The price of the product now' }) },
	{ $id: 'DecidedPrice', description: 'The product after the decision' },
)

export const HoldIdParams = Type.Object({ id: Type.String({ description: 'The id of the held price' }) })

export type HeldPrice = Static<typeof HeldPriceSchema>
export type HeldPriceList = Static<typeof HeldPriceListSchema>
export type PriceDecision = Static<typeof PriceDecisionSchema>
export type DecidedPrice = Static<typeof DecidedPriceSchema>
