import { measureAnalysisDelays } from '@mercat/market/testing/analysis-loop-delay'
import { type Bench, throwIfInterrupted } from '../running/bench.ts'
import type { Measurement } from '../running/measurement.ts'

const rounds = 3

/** How late the event loop of a market runs while it analyses 1,000,000 ticks, and while it has nothing to do. */
export async function measureAnalysisDelay(bench: Bench): Promise<Measurement> {
	const analysis: number[] = []
	const idle: number[] = []
	for (let round = 1; round <= rounds; round++) {
		await throwIfInterrupted(bench)
		await using database = await bench.postgres.createDatabase()
		const delays = await measureAnalysisDelays(database.url)
		analysis.push(delays.analysis.p99Ms)
		idle.push(delays.idle.p99Ms)
		const [late, usual] = [delays.analysis, delays.idle].map(({ p99Ms }) => p99Ms.toFixed(1))
		bench.report(
			`  round ${round}  analysis: ${late} ms in ${(delays.analysisMs / 1_000).toFixed(1)} s, idle: ${usual} ms`,
		)
	}
	const toResult = (contestant: string, values: number[]) => ({ contestant, values, failures: {}, cpuMicros: {} })
	return {
		title: 'p99 of the delay of the event loop during an analysis of 1,000,000 ticks',
		unit: 'ms',
		results: [toResult('analysis', analysis), toResult('idle', idle)],
		comparisons: [{ of: 'analysis', target: { bound: 'at most', value: 20, aim: 10 } }, { of: 'idle' }],
	}
}
