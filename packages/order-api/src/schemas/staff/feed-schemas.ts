import { skuPattern } from '@mercat/catalog-api/identifiers'
import { NextPageToken, PageSize, PageToken } from '@mercat/rest-api/paging'
import { NullableTime, OneOf, strict, Time } from '@mercat/rest-api/texts'
import { type Static, Type } from '@sinclair/typebox'

/** The name of a feed, which is the name of its source. */
export const sourcePattern = skuPattern

export const feedRunOutcomes = ['synced', 'unchanged', 'held', 'failed', 'stopped', 'notRun'] as const

export const FeedRunSchema = Type.Object(
	{
		number: Type.Integer({ description: 'Ascending in each feed, from 1' }),
		startedAt: Time('When the run began'),
		endedAt: NullableTime('When the run ended. Null without an end: the run goes on, or nobody has reported its end.'),
		outcome: Type.Union([OneOf(feedRunOutcomes), Type.Null()], {
			description:
				'`synced`: all rows are applied. `unchanged`: the source has nothing new. `held`: prices are held, or rows were rejected. `failed`: the source gave no whole feed, or the run broke off. `stopped`: a rule of safety has stopped the run. `notRun`: the run did not reach its source. Null while there is no end.',
		}),
		reason: Type.String({ description: 'Why the run did not sync, for a person; may be empty' }),
		bytes: Type.Integer({ description: 'The bytes that the source has sent' }),
		attempts: Type.Integer({ description: 'How often the source was asked' }),
		rows: Type.Integer({ description: 'The sum of the next five' }),
		created: Type.Integer(),
		updated: Type.Integer(),
		unchanged: Type.Integer(),
		held: Type.Integer({ description: 'Rows whose price is held' }),
		rejected: Type.Integer({ description: 'Rows that were not taken, or not whole' }),
		missing: Type.Integer({ description: 'Products of the source that this feed lacks' }),
	},
	{ $id: 'FeedRun', description: 'One run of a feed' },
)

export const FeedSchema = Type.Object(
	{
		name: Type.String({ description: 'The name of the feed and of its source' }),
		isRunning: Type.Boolean({
			description: 'Whether the last run goes on. One that broke off counts for some seconds.',
		}),
		lastRun: Type.Union([Type.Ref(FeedRunSchema), Type.Null()]),
		lastSyncAt: NullableTime('The end of the last run that was `synced`, `unchanged` or `held`'),
		heldPrices: Type.Integer({ description: 'The prices of this source that wait for a decision' }),
	},
	{ $id: 'Feed', description: 'A feed with its last run' },
)

export const FeedListSchema = Type.Object(
	{ feeds: Type.Array(Type.Ref(FeedSchema)), nextPageToken: NextPageToken },
	{ $id: 'FeedList', description: 'By name' },
)

export const FeedRunListSchema = Type.Object(
	{ runs: Type.Array(Type.Ref(FeedRunSchema)), nextPageToken: NextPageToken },
	{ $id: 'FeedRunList', description: 'The newest first' },
)

export const FeedQuerySchema = Type.Object({ pageSize: PageSize, pageToken: PageToken }, strict)

export const FeedNameParams = Type.Object({ name: Type.String({ description: 'The name of the feed' }) })

export type FeedRun = Static<typeof FeedRunSchema>
export type Feed = Static<typeof FeedSchema>
export type FeedList = Static<typeof FeedListSchema>
export type FeedRunList = Static<typeof FeedRunListSchema>
