import type { Database } from '@mercat/database/database'
import type { Logger } from '@mercat/service/log'
import { createAnalysedBlockStore } from './analyses/analysed-block-store.ts'
import { readAnalysedTicks } from './analyses/analysed-ticks.ts'
import { countAnalysis } from './analyses/analysis-instruments.ts'
import { createAnalysisStore } from './analyses/analysis-store.ts'
import type { ManageAnalysesNeeds } from './analyses/manage-analyses.ts'
import { type RunAnalysesOptions, runAnalyses } from './analyses/run-analyses.ts'
import { openJudges } from './analyses/threads/judges.ts'
import { type CheckSettings, checkSettingsOf } from './checking/check-settings.ts'
import { createLatestPriceStore } from './folding/bars/latest-price-store.ts'
import { createStoredBlockStore } from './folding/blocks/stored-block-store.ts'
import { warmUpTicks } from './folding/warm-up.ts'

export type OpenAnalysesNeeds = { database: Database; log: Logger }

export type OpenAnalysesOptions = RunAnalysesOptions & {
	/** The sources that the service follows. */
	sources: readonly (CheckSettings & { name: string })[]
	/** How many ticks are read before those of an analysis. */
	leastTicks?: number
}

/** What the routes about analyses need. */
export type Analyses = ManageAnalysesNeeds & AsyncDisposable

/** Runs the analyses that wait in the database, until the result is disposed of. */
export function openAnalyses(
	{ database, log }: OpenAnalysesNeeds,
	{ sources, leastTicks = warmUpTicks, ...options }: OpenAnalysesOptions,
): Analyses {
	const store = createAnalysisStore(database)
	const ticks = {
		...createAnalysedBlockStore(database),
		readBlocks: createStoredBlockStore(database).readAfter,
		readPrices: createLatestPriceStore(database).readPages,
	}
	const judges = openJudges(log)
	const running = runAnalyses(
		{
			...store,
			readTicks: (analysis) => readAnalysedTicks(ticks, analysis, leastTicks),
			judge: judges.judge,
			ended: countAnalysis,
			log,
		},
		options,
	)
	return {
		...store,
		settingsOf: new Map(sources.map((source) => [source.name, checkSettingsOf(source)])),
		wake: running.wake,
		cancelled: running.cancelled,
		now: Date.now,
		async [Symbol.asyncDispose]() {
			await running[Symbol.asyncDispose]()
			await judges[Symbol.asyncDispose]()
		},
	}
}
