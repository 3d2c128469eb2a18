import type { PhaseResult } from '../load/phase.ts'
import type { Bench } from '../running/bench.ts'

/** Reports the outcomes of each second of a phase. */
export function reportPhase({ report }: Bench, title: string, { seconds, lateness }: PhaseResult): void {
	report(`  ${title}, requests sent up to ${lateness.p99Ms.toFixed(0)} ms late (p99)`)
	for (const [index, { placed, outcomes, accepted }] of seconds.entries()) {
		const counts = Object.entries(outcomes).map(([outcome, count]) => `${count} × ${outcome}`)
		const sent = `requests sent in it: ${counts.join(', ') || 'none'}, p99 ${accepted.p99Ms.toFixed(0)} ms`
		report(`    second ${index + 1}: ${placed} placed; ${sent}`)
	}
}
