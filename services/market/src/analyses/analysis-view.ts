import type { AnalysisView } from '@mercat/market-api/analysis-schemas'
import type { Analysis } from './analysis.ts'
import type { Difference, JudgingResult } from './judging/judging-result.ts'

/** An analysis as REST answers it. */
export function toAnalysisView(analysis: Analysis): AnalysisView {
	const { id, source, from, to, settings, status, percent, ticks, createdBy, createdAt } = analysis
	const { startedAt, endedAt, reason, result } = analysis
	return {
		id,
		source,
		...(from.getTime() > 0 && { from: from.toISOString() }),
		to: to.toISOString(),
		settings,
		status,
		progress: { percent, ticks },
		createdBy,
		createdAt: createdAt.toISOString(),
		...(startedAt !== null && { startedAt: startedAt.toISOString() }),
		...(endedAt !== null && { endedAt: endedAt.toISOString() }),
		...(reason !== null && { reason }),
		...(result !== null && { result: toResultView(result) }),
	}
}

function toResultView({ differences, ...result }: JudgingResult) {
	return { ...result, differences: differences.map(toDifferenceView) }
}

function toDifferenceView({ seq, sku, amountMinor, currency, atMs, before, now }: Difference) {
	return { seq, sku, price: { amountMinor, currency }, at: new Date(atMs).toISOString(), before, now }
}
