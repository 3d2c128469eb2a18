import type { LargerStep, SecondBar } from './bar.ts'

/** A part of the time, in milliseconds since 1970. The end does not belong to it. */
export type Span = { fromMs: number; toMs: number }

/** A larger bar of a product that is to be made or to be made again. */
export type DirtyBar = { step: LargerStep; beginMs: number }

/** The bars of 1 s of a product, and the last block of each source whose ticks they have. */
export type FoundSeconds = { bars: SecondBar[]; folds: { source: string; block: number }[] }

/** Steps of one length as spans, each as long as possible. */
export function joinSteps(begins: Iterable<number>, lengthMs: number): Span[] {
	const spans: Span[] = []
	for (const fromMs of [...begins].sort((one, other) => one - other)) {
		const last = spans.at(-1)
		if (last?.toMs === fromMs) last.toMs += lengthMs
		else spans.push({ fromMs, toMs: fromMs + lengthMs })
	}
	return spans
}

export function isInSpans(spans: readonly Span[], ms: number): boolean {
	return spans.some(({ fromMs, toMs }) => ms >= fromMs && ms < toMs)
}
