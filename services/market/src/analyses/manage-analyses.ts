import { randomUUID } from 'node:crypto'
import { isUuid } from '@mercat/catalog-api/identifiers'
import type { AnalysisList, AnalysisView, NewAnalysis } from '@mercat/market-api/analysis-schemas'
import { Problem } from '@mercat/rest-api/problem'
import type { Budget } from '@mercat/service/budget'
import type { CheckSettings } from '../checking/check-settings.ts'
import type { Analysis, AnalysisRequest } from './analysis.ts'
import { mergeSettings, readTimes } from './analysis-request.ts'
import { toAnalysisView } from './analysis-view.ts'

export type ManageAnalysesNeeds = {
	/** The settings of the sources that the service follows. */
	settingsOf: ReadonlyMap<string, CheckSettings>
	/** Stores an analysis that waits. Undefined when too many wait. */
	create(
		id: string,
		request: AnalysisRequest,
		limits: { mostWaiting: number; mostKept: number },
		budget: Budget,
	): Promise<Analysis | undefined>
	find(id: string, budget: Budget): Promise<Analysis | undefined>
	/** All analyses, the newest first. */
	list(budget: Budget): Promise<Analysis[]>
	/** Cancels one that waits or runs. */
	cancel(id: string, budget: Budget): Promise<unknown>
	/** Looks for an analysis that waits now. */
	wake(): void
	/** Ends an analysis at once, if this process runs it. */
	cancelled(id: string): void
	/** Milliseconds since 1970. */
	now(): number
}

const limits = { mostWaiting: 10, mostKept: 100 }

/** What people can do with analyses. An id that no analysis has is ANALYSIS_NOT_FOUND. */
export function manageAnalyses({ settingsOf, create, find, list, cancel, wake, cancelled, now }: ManageAnalysesNeeds) {
	async function read(id: string, budget: Budget): Promise<AnalysisView> {
		const analysis = isUuid(id) ? await find(id, budget) : undefined
		if (analysis === undefined) throw new Problem('ANALYSIS_NOT_FOUND')
		return toAnalysisView(analysis)
	}

	return {
		/** @throws Problem INVALID_REQUEST for a source that is not followed, and for what does not fit together; TOO_MANY_ANALYSES */
		async start({ source, settings = {}, ...span }: NewAnalysis, createdBy: string, budget: Budget) {
			const ofSource = settingsOf.get(source)
			if (ofSource === undefined) throw unknownSource([...settingsOf.keys()])
			const times = readTimes(span, now())
			const request = { source, ...times, settings: mergeSettings(ofSource, settings), createdBy }
			const created = await create(randomUUID(), request, limits, budget)
			if (created === undefined) throw new Problem('TOO_MANY_ANALYSES')
			wake()
			return toAnalysisView(created)
		},

		async list(budget: Budget): Promise<AnalysisList> {
			return { analyses: (await list(budget)).map(toAnalysisView) }
		},

		read,

		/** One that is over stays as it is. */
		async cancel(id: string, budget: Budget): Promise<AnalysisView> {
			await read(id, budget)
			await cancel(id, budget)
			cancelled(id)
			return read(id, budget)
		},
	}
}

function unknownSource(names: readonly string[]): Problem {
	const detail =
		names.length === 0
			? 'must be a source that the service follows, and it follows none'
			: `must be one of ${names.join(', ')}`
	return new Problem('INVALID_REQUEST', { errors: [{ pointer: '#/source', code: 'source', detail }] })
}
