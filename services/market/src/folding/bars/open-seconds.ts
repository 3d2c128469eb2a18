import { inOrder, mergeSecond, type SecondBar } from './bar.ts'
import { type FoundSeconds, isInSpans, type Span } from './bar-span.ts'
import type { SkuBars } from './open-bars.ts'

/** Bars of a product that were not stored when they were asked for. */
export type OpenBarsOfSource = SkuBars & { source: string }

/** The bars of 1 s of a product with those that were not stored when they were read, in the order of time. */
export function addOpenBars(
	{ bars, folds }: FoundSeconds,
	open: readonly OpenBarsOfSource[],
	spans: readonly Span[],
): SecondBar[] {
	const foldOf = new Map(folds.map(({ source, block }) => [source, block]))
	const all = new Map(bars.map((bar) => [keyOf(bar), bar]))
	for (const { source, after, bars } of open) {
		// They have been stored since.
		if ((foldOf.get(source) ?? 0) > after) continue
		for (const bar of bars.filter(({ beginMs }) => isInSpans(spans, beginMs))) {
			const stored = all.get(keyOf(bar))
			all.set(keyOf(bar), stored === undefined ? bar : mergeSecond(stored, bar))
		}
	}
	return [...all.values()].sort(inOrder)
}

function keyOf({ beginMs, currency }: SecondBar): string {
	return `${beginMs} ${currency}`
}
