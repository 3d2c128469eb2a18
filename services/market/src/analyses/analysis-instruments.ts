import { Counter } from '@mercat/service/metrics'
import type { AnalysisStatus } from './analysis.ts'

const analysesTotal = new Counter({
	name: 'mercat_market_analyses_total',
	help: 'Analyses that this process has run, by what became of them; waiting are those that another process runs again',
	labelNames: ['status'],
})

const secondsTotal = new Counter({
	name: 'mercat_market_analysis_seconds_total',
	help: 'How long analyses have run',
})

export function countAnalysis(status: AnalysisStatus, ms: number): void {
	analysesTotal.inc({ status })
	secondsTotal.inc(ms / 1_000)
}
