import { invalidTime, readTime } from '@mercat/rest-service/time-parameter'
import { type Step, stepMs } from '../folding/bars/bar.ts'
import type { Span } from '../folding/bars/bar-span.ts'

const usualSteps = 500

/**
 * The span of whole steps that a query asks for. Without times it ends now.
 *
 * @throws Problem INVALID_REQUEST unless both times are possible, and the span ends after it begins
 */
export function readSpan({ from, to, step }: { from?: string; to?: string; step: Step }, nowMs: number): Span {
	const length = stepMs[step]
	const toMs = readTime('to', to)?.getTime() ?? nowMs
	const fromMs = readTime('from', from)?.getTime() ?? toMs - usualSteps * length
	if (fromMs >= toMs) throw invalidTime('to', 'must be later than from')
	return { fromMs: Math.floor(fromMs / length) * length, toMs }
}
