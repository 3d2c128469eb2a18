import type { analysisStatuses } from '@mercat/market-api/analysis-schemas'
import type { CheckSettings } from '../checking/check-settings.ts'
import type { JudgingResult } from './judging/judging-result.ts'

export type AnalysisStatus = (typeof analysisStatuses)[number]

/** What is judged again, and by which settings. */
export type AnalysisRequest = {
	source: string
	/** The ticks that were stored in this time, by the clock of the process that followed the source. */
	from: Date
	to: Date
	settings: CheckSettings
	/** Who has asked for it. */
	createdBy: string
}

/** How far an analysis is. */
export type AnalysisProgress = {
	/** The ticks that were judged again. */
	ticks: number
	/** Of the blocks of ticks, also of those that are only read to know the prices before. */
	percent: number
}

export type Analysis = AnalysisRequest &
	AnalysisProgress & {
		id: string
		status: AnalysisStatus
		createdAt: Date
		/** Null before it runs. */
		startedAt: Date | null
		/** Null before it is over. */
		endedAt: Date | null
		/** Null unless it is done. */
		result: JudgingResult | null
		/** Why it failed. Null unless it has. */
		reason: string | null
	}
