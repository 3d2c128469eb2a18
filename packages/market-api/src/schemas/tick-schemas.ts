import { MoneySchema } from '@mercat/rest-api/money'
import { LongPageSize, PageToken } from '@mercat/rest-api/paging'
import { OneOf, strict, Time } from '@mercat/rest-api/texts'
import { type Static, Type } from '@sinclair/typebox'

export const tickSteps = ['1s', '1m', '1h', '1d'] as const

const Step = (description: string) => OneOf(tickSteps, { default: '1m', description })

export const TicksQuerySchema = Type.Object(
	{
		from: Type.Optional(
			Time('The first bar is that of the step which has this time. Without it: 500 steps before `to`'),
		),
		to: Type.Optional(Time('Where the bars end, exclusive. Without it: now')),
		step: Step('The length of the bars: a second, a minute, an hour or a day (of UTC)'),
		pageSize: LongPageSize,
		pageToken: PageToken,
	},
	strict,
)

export const TickBarSchema = Type.Object(
	{
		beginsAt: Time('When the step began'),
		open: Type.Ref(MoneySchema, { description: 'The first price of the step' }),
		high: Type.Ref(MoneySchema),
		low: Type.Ref(MoneySchema),
		close: Type.Ref(MoneySchema, { description: 'The last price of the step, and until the next bar' }),
		ticks: Type.Integer({ description: 'How many prices there were' }),
	},
	{
		$id: 'TickBar',
		description: 'The accepted prices of a step. A step with prices in several currencies has a bar for each',
	},
)

export const LatestPriceSchema = Type.Object(
	{
		price: Type.Ref(MoneySchema),
		at: Time(
			'When it came to be so, by the clock of its source; for a price of more than a day ago, when its bar began',
		),
		source: Type.Optional(
			Type.String({ description: 'Missing while the catalog has not said whose the price of the product is' }),
		),
		stale: Type.Boolean({
			description: 'Whether its source is silent, or not known. The price may be another one by now',
		}),
	},
	{ $id: 'LatestPrice', description: 'The last price of a product that was accepted' },
)

export const TicksSchema = Type.Object(
	{
		sku: Type.String(),
		step: Step('The length of the bars'),
		bars: Type.Array(Type.Ref(TickBarSchema), { description: 'The oldest first. A step without a price has no bar' }),
		nextPageToken: Type.String({ description: 'Empty on the last page, and only there' }),
		latest: Type.Optional(
			Type.Ref(LatestPriceSchema, { description: 'Missing for a product without a price from a source' }),
		),
	},
	{ $id: 'Ticks', description: 'A page of the prices of a product as its source sent them' },
)

export type TicksQuery = Static<typeof TicksQuerySchema>
export type Ticks = Static<typeof TicksSchema>
