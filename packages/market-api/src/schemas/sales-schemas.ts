import { MoneySchema } from '@mercat/rest-api/money'
import { LongPageSize, NextPageToken, PageToken } from '@mercat/rest-api/paging'
import { NullableTime, OneOf, strict, Time } from '@mercat/rest-api/texts'
import { type Static, Type } from '@sinclair/typebox'

export const salesSteps = ['1m', '1h', '1d'] as const

/** What sales are counted by. */
export const salesDimensions = ['sku', 'category', 'status'] as const

const statuses = ['placed', 'paid', 'shipped', 'delivered', 'cancelled', 'expired'] as const

const Step = OneOf(salesSteps, {
	default: '1h',
	description: 'The length of a step: a minute, an hour or a day (of UTC)',
})
const By = OneOf(salesDimensions, {
	default: 'status',
	description: 'Whether there is a row for each product, for each category, or for each status that orders entered',
})

export const SalesQuerySchema = Type.Object(
	{
		from: Type.Optional(
			Time('The first rows are those of the step which has this time. Without it: 500 steps before `to`'),
		),
		to: Type.Optional(Time('Where the sales end, exclusive. Without it: now')),
		step: Step,
		by: By,
		status: Type.Optional(
			OneOf(statuses, {
				description: 'By `sku` and `category`: the status that the orders entered. Without it: `paid`',
			}),
		),
		pageSize: LongPageSize,
		pageToken: PageToken,
	},
	strict,
)

export const SalesRowSchema = Type.Object(
	{
		beginsAt: Time('When the step began'),
		sku: Type.Optional(Type.String({ description: 'By `sku`' })),
		category: Type.Optional(
			Type.String({
				description:
					'By `category`: that of the product when the transition was counted. Empty where the catalog did not know the product',
			}),
		),
		status: Type.Optional(Type.String({ description: 'By `status`: the status that the orders entered' })),
		orders: Type.Integer({ description: 'How many orders. One with several products of a category counts once' }),
		quantity: Type.Integer({ description: 'How many pieces' }),
		amount: Type.Ref(MoneySchema),
	},
	{ $id: 'SalesRow', description: 'What orders sold in a step, in one currency' },
)

export const SalesSchema = Type.Object(
	{
		by: By,
		step: Step,
		rows: Type.Array(Type.Ref(SalesRowSchema), { description: 'The oldest first. A step without sales has no row' }),
		foldedThrough: NullableTime(
			'All transitions that the log of events had then are counted; null before the first page of the log, and without an order service',
		),
		nextPageToken: NextPageToken,
	},
	{ $id: 'Sales', description: 'A page of what orders sold' },
)

export type SalesQueryString = Static<typeof SalesQuerySchema>
export type SalesView = Static<typeof SalesSchema>
export type SalesRowView = Static<typeof SalesRowSchema>
