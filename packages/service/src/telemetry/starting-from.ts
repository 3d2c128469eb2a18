import { spanContextOf } from './trace-context.ts'
import type { SpanStart, TraceContext } from './tracing.ts'

/**
 * How the span of work for several causes starts. The work for a single one is a part of its trace. The work for several has a
 * trace of its own, which is sampled: its caller asks before whether the trace of any cause is. It has a link to each cause.
 *
 * @param causes their traces; undefined for a cause without one
 */
export function startingFrom(causes: (TraceContext | undefined)[]): Pick<SpanStart, 'parent' | 'links' | 'sampling'> {
	const parent = causes.length === 1 ? causes[0] : undefined
	return {
		parent,
		links: causes.flatMap((cause) => spanContextOf(cause) ?? []).map((context) => ({ context })),
		sampling: parent === undefined ? 'always' : undefined,
	}
}
