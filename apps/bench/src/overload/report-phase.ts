import type { PhaseResult } from '../load/phase.ts'
import type { Bench } from '../running/bench.ts'

/** Tells whoever watches, second by second. */
export function reportPhase({ report }: Bench, title: string, { seconds, lateness }: PhaseResult): void {
	report(`  ${title}, p99 sent ${lateness.p99Ms.toFixed(0)} ms late`)
	for (const [index, { placed, outcomes, accepted }] of seconds.entries()) {
		const counts = Object.entries(outcomes).map(([outcome, count]) => `${count} × ${outcome}`)
		const sent = `of those sent ${counts.join(', ') || 'none'}, p99 ${accepted.p99Ms.toFixed(0)} ms`
		report(`    second ${index + 1}: ${placed} placed; ${sent}`)
	}
}
