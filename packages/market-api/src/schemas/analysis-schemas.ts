import { MoneySchema } from '@mercat/rest-api/money'
import { OneOf, strict, Time } from '@mercat/rest-api/texts'
import { type Static, type TSchema, Type } from '@sinclair/typebox'

const daySeconds = 86_400
const above0 = (maximum: number, description: string) => Type.Number({ exclusiveMinimum: 0, maximum, description })
const limit = (description: string) => Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER, description })

const settings = {
	maxAgeS: Type.Number({ minimum: 1, maximum: daySeconds, description: 'How old a tick may be' }),
	maxAheadS: Type.Number({ minimum: 0, maximum: daySeconds, description: 'How far ahead the clock of a tick may be' }),
	maxTickChangePercent: above0(1_000_000, 'The change against the last accepted price that is held'),
	maxDayChangePercent: above0(1_000_000, 'The change against the first accepted price of the day (UTC) that is held'),
	leastMovePercent: above0(1_000_000, 'The least change that can be an outlier'),
	window: Type.Integer({ minimum: 5, maximum: 1_001, description: 'How many of the last changes the score looks at' }),
	threshold: above0(1_000, 'The score above which a price is an outlier'),
	agreeing: Type.Integer({ minimum: 2, maximum: 100, description: 'How many ticks in a row release an outlier' }),
}

const floor = limit('Prices below it are held')
const ceiling = limit('Prices above it are held')
const orNone = (schema: TSchema) => Type.Unsafe<number | null>(Type.Union([schema, Type.Null()]))

export const GivenSettingsSchema = Type.Object(
	{
		...Type.Partial(Type.Object(settings)).properties,
		floorMinor: Type.Optional(orNone(floor)),
		ceilingMinor: Type.Optional(orNone(ceiling)),
	},
	{
		...strict,
		$id: 'GivenCheckSettings',
		description:
			'Settings of the checks. What is left out is as in the settings of the source. `null` takes a floor or a ceiling away',
	},
)

export const CheckSettingsSchema = Type.Object(
	{ ...settings, floorMinor: Type.Optional(floor), ceilingMinor: Type.Optional(ceiling) },
	{ $id: 'CheckSettings', description: 'All settings of the checks' },
)

export const NewAnalysisSchema = Type.Object(
	{
		source: Type.String({ description: 'The name of a source that the service follows', examples: ['metals'] }),
		from: Type.Optional(Time('Ticks that were stored earlier are left out. Without it: all ticks that are kept')),
		to: Type.Optional(Time('Ticks that were stored then or later are left out. Without it: now')),
		settings: Type.Optional(Type.Ref(GivenSettingsSchema)),
	},
	{ ...strict, $id: 'NewAnalysis', description: 'What is to be judged again, and by which settings' },
)

const count = (description: string) => Type.Integer({ minimum: 0, description })
const countsByRule = (description: string) => Type.Record(Type.String(), Type.Integer(), { description })

export const VerdictCountsSchema = Type.Object(
	{
		accepted: count('The newest price of its product'),
		late: count('A good price, but a newer one was known'),
		held: countsByRule('Ticks that are held, by rule'),
		refused: countsByRule('Ticks that are refused, by rule'),
	},
	{ $id: 'VerdictCounts', description: 'How many ticks got which verdict' },
)

export const ToldVerdictSchema = Type.Object(
	{
		verdict: OneOf(['accepted', 'late', 'held', 'refused']),
		rule: Type.Optional(Type.String({ description: 'Only of ticks that are held or refused' })),
		figures: Type.Optional(
			Type.Record(Type.String(), Type.Number(), { description: 'What the rule has compared, where it compares' }),
		),
	},
	{ $id: 'ToldVerdict', description: 'What the checks say of a tick' },
)

export const VerdictDifferenceSchema = Type.Object(
	{
		seq: Type.Integer({ description: 'The number of its message' }),
		sku: Type.String(),
		price: Type.Ref(MoneySchema),
		at: Time('By the clock of its source'),
		before: Type.Ref(ToldVerdictSchema, { description: 'When it came' }),
		now: Type.Ref(ToldVerdictSchema, { description: 'With the settings of the analysis' }),
	},
	{ $id: 'VerdictDifference', description: 'A tick that gets another verdict' },
)

export const AnalysisResultSchema = Type.Object(
	{
		ticks: count('How many ticks were judged again'),
		verdicts: Type.Ref(VerdictCountsSchema, { description: 'With the settings of the analysis' }),
		verdictsBefore: Type.Ref(VerdictCountsSchema, { description: 'When the ticks came' }),
		different: count('How many ticks get another verdict'),
		differences: Type.Array(Type.Ref(VerdictDifferenceSchema), { maxItems: 100, description: 'The first of them' }),
		missingBlocks: count('How many blocks of ticks were deleted before they could be read'),
	},
	{ $id: 'AnalysisResult', description: 'What other settings would have said' },
)

export const analysisStatuses = ['waiting', 'running', 'done', 'cancelled', 'failed'] as const

export const AnalysisSchema = Type.Object(
	{
		id: Type.String({ format: 'uuid' }),
		source: Type.String(),
		from: Type.Optional(Time('Absent when all ticks that are kept are judged')),
		to: Time(''),
		settings: Type.Ref(CheckSettingsSchema),
		status: OneOf(analysisStatuses, { description: 'One runs at a time, and the others wait' }),
		progress: Type.Object({
			percent: Type.Integer({ minimum: 0, maximum: 100 }),
			ticks: count('How many ticks were judged again until now'),
		}),
		createdBy: Type.String({ description: 'The subject of the token' }),
		createdAt: Time(''),
		startedAt: Type.Optional(Time('Absent while it waits')),
		endedAt: Type.Optional(Time('Absent until it is over')),
		reason: Type.Optional(Type.String({ description: 'Why it has failed' })),
		result: Type.Optional(Type.Ref(AnalysisResultSchema, { description: 'Once it is done. Not in lists' })),
	},
	{ $id: 'Analysis', description: 'Stored ticks, judged again by other settings' },
)

export const AnalysisListSchema = Type.Object(
	{ analyses: Type.Array(Type.Ref(AnalysisSchema)) },
	{ $id: 'AnalysisList', description: 'The newest first. The last 100 are kept' },
)

export const AnalysisIdParams = Type.Object({
	id: Type.String({ description: 'The id of the analysis, as `GET /v1/analyses` lists it' }),
})

export type GivenSettings = Static<typeof GivenSettingsSchema>
export type NewAnalysis = Static<typeof NewAnalysisSchema>
export type AnalysisView = Static<typeof AnalysisSchema>
export type AnalysisList = Static<typeof AnalysisListSchema>
