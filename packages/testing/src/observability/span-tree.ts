import type { CollectedSpan } from './otlp-trace.ts'

/** The spans as lines, each below the span above it and further to the right. Siblings are in the order of their start. */
export function treeOf(spans: CollectedSpan[]): string[] {
	const ids = new Set(spans.map(({ spanId }) => spanId))
	const linesUnder = (parent: string | undefined, depth: number): string[] =>
		spans
			.filter(({ parentSpanId = '' }) => (parent === undefined ? !ids.has(parentSpanId) : parentSpanId === parent))
			.flatMap((span) => [`${'  '.repeat(depth)}${span.name}`, ...linesUnder(span.spanId, depth + 1)])
	return linesUnder(undefined, 0)
}
