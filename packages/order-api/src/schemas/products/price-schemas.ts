import { MoneySchema } from '@mercat/rest-api/money'
import { LongPageSize, NextPageToken, PageToken } from '@mercat/rest-api/paging'
import { NullableTime, OneOf, strict, Time } from '@mercat/rest-api/texts'
import { type Static, Type } from '@sinclair/typebox'

export const priceSteps = ['1m', '1h', '1d'] as const

export const PriceHistoryQuerySchema = Type.Object(
	{
		from: Type.Optional(Time('Where the history begins, inclusive. Without it: at its beginning')),
		to: Type.Optional(Time('Where it ends, exclusive. Without it: now')),
		step: Type.Optional(
			OneOf(priceSteps, {
				description: 'With it the answer has `bars` of minutes, hours or days (of UTC) and no `periods`',
			}),
		),
		pageSize: LongPageSize,
		pageToken: PageToken,
	},
	strict,
)

export const PricePeriodSchema = Type.Object(
	{
		price: Type.Ref(MoneySchema),
		beginsAt: Time('When the price began'),
		endsAt: NullableTime('When the next price began; null for the present price'),
	},
	{ $id: 'PricePeriod', description: 'A price and the time in which it was in force' },
)

export const PriceBarSchema = Type.Object(
	{
		beginsAt: Time('When the step began'),
		open: Type.Ref(MoneySchema, { description: 'The price in force at the beginning of the step' }),
		high: Type.Ref(MoneySchema),
		low: Type.Ref(MoneySchema),
		close: Type.Ref(MoneySchema, { description: 'The price in force at its end, and until the next bar' }),
		changes: Type.Integer({ description: 'How many prices began in the step' }),
	},
	{
		$id: 'PriceBar',
		description: 'The prices that were in force in a step. A step in which the currency changed has a bar for each',
	},
)

export const PriceHistorySchema = Type.Object(
	{
		sku: Type.String(),
		periods: Type.Optional(
			Type.Array(Type.Ref(PricePeriodSchema), { description: 'Without a step: each price, the oldest first' }),
		),
		bars: Type.Optional(
			Type.Array(Type.Ref(PriceBarSchema), {
				description:
					'With a step: one for the first step, and one for each in which a price began. Between two bars the price has stayed at the close of the first one',
			}),
		),
		nextPageToken: NextPageToken,
		beginsAt: Time('Where the history of the product begins. Earlier prices are not known'),
		exactSince: Time('Before this time only bars of days are known'),
	},
	{ $id: 'PriceHistory', description: 'A page of the prices of a product' },
)

export type PriceHistoryQuery = Static<typeof PriceHistoryQuerySchema>
export type PriceStep = (typeof priceSteps)[number]
export type PriceHistory = Static<typeof PriceHistorySchema>
