import { MoneySchema } from '@mercat/rest-api/money'
import { PageToken } from '@mercat/rest-api/paging'
import { strict, Time } from '@mercat/rest-api/texts'
import { type Static, Type } from '@sinclair/typebox'

export const salesSteps = ['1m', '1h', '1d'] as const

/** What sales are counted by. */
export const salesDimensions = ['sku', 'category', 'status'] as const

const statuses = ['placed', 'paid', 'shipped', 'delivered', 'cancelled', 'expired'] as const

const Step = Type.Unsafe<(typeof salesSteps)[number]>(
	Type.String({
		enum: [...salesSteps],
		default: '1h',
		description: 'The length of a step: a minute, an hour or a day (of UTC)',
	}),
)
const By = Type.Unsafe<(typeof salesDimensions)[number]>(
	Type.String({
		enum: [...salesDimensions],
		default: 'status',
		description: 'Whether there is a row for each product, for each category, or for each status that orders entered',
	}),
)

export const SalesQuerySchema = Type.Object(
	{
		from: Type.Optional(
			Time('The first rows are those of the step which has this time. Without it: 500 steps before `to`'),
		),
		to: Type.Optional(Time('Where the sales end, exclusive. Without it: now')),
		step: Step,
		by: By,
		status: Type.Optional(
			Type.Unsafe<(typeof statuses)[number]>(
				Type.String({
					enum: [...statuses],
					description: 'By `sku` and `category`: the status that the orders entered. Without it: `paid`',
				}),
			),
		),
		pageSize: Type.Integer({ minimum: 0, default: 0, description: '0 is 100; more than 500 is 500' }),
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
		foldedThrough: Type.Union([Type.String({ format: 'date-time' }), Type.Null()], {
			description:
				'All transitions that the log of events had then are counted; null before the first page of the log, and without an order service',
		}),
		nextPageToken: Type.String({ description: 'Empty on the last page' }),
	},
	{ $id: 'Sales', description: 'A page of what orders sold' },
)

export type SalesQueryString = Static<typeof SalesQuerySchema>
export type SalesView = Static<typeof SalesSchema>
export type SalesRowView = Static<typeof SalesRowSchema>
