import { MoneySchema } from '@mercat/rest-api/money'
import { ProblemSchema } from '@mercat/rest-api/problem-schema'
import type { TSchema } from '@sinclair/typebox'
import {
	AnalysisListSchema,
	AnalysisResultSchema,
	AnalysisSchema,
	CheckSettingsSchema,
	GivenSettingsSchema,
	NewAnalysisSchema,
	ToldVerdictSchema,
	VerdictCountsSchema,
	VerdictDifferenceSchema,
} from './schemas/analysis-schemas.ts'
import { SalesRowSchema, SalesSchema } from './schemas/sales-schemas.ts'
import { SourceListSchema, SourceSchema } from './schemas/source-schemas.ts'
import { LatestPriceSchema, TickBarSchema, TicksSchema } from './schemas/tick-schemas.ts'

/** The schemas that other schemas and routes refer to by their `$id`. */
export const sharedSchemas: TSchema[] = [
	MoneySchema,
	TickBarSchema,
	LatestPriceSchema,
	TicksSchema,
	SourceSchema,
	SourceListSchema,
	SalesRowSchema,
	SalesSchema,
	GivenSettingsSchema,
	NewAnalysisSchema,
	CheckSettingsSchema,
	VerdictCountsSchema,
	ToldVerdictSchema,
	VerdictDifferenceSchema,
	AnalysisResultSchema,
	AnalysisSchema,
	AnalysisListSchema,
	ProblemSchema,
]
