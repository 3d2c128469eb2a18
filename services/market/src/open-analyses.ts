import type { Database } from '@mercat/database/database'
import type { Logger } from '@mercat/service/log'
import { createAnalysedBlockStore } from './analyses/analysed-block-store.ts'
import { readAnalysedTicks } from './analyses/analysed-ticks.ts'
import { countAnalysis } from './analyses/analysis-instruments.ts'
import { type AnalysisStore, createAnalysisStore } from './analyses/analysis-store.ts'
import { type RunAnalysesOptions, type RunningAnalyses, runAnalyses } from './analyses/run-analyses.ts'
import { openJudges } from './analyses/threads/judges.ts'
import { createLatestPriceStore } from './folding/bars/latest-price-store.ts'
import { createStoredBlockStore } from './folding/blocks/stored-block-store.ts'
import { warmUpTicks } from './folding/warm-up.ts'

export type AnalysesOptions = RunAnalysesOptions & { leastTicks?: number }

export type Analyses = RunningAnalyses & {
	store: AnalysisStore
}

/** Runs the analyses that wait in the database, until the result is disposed of. */
export function openAnalyses(
	database: Database,
	log: Logger,
	{ leastTicks = warmUpTicks, ...options }: AnalysesOptions = {},
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
		...running,
		store,
		async [Symbol.asyncDispose]() {
			await running[Symbol.asyncDispose]()
			await judges[Symbol.asyncDispose]()
		},
	}
}
