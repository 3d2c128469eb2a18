import { isSampled, newTraceContext, startingFrom } from '@mercat/service/trace-context'
import { failSpan, isTracing, SpanKind, startSpan, type TraceContext } from '@mercat/service/tracing'

/** The span of a step between the message of a source and the catalog. */
export type PipelineSpan = {
	/** The trace for the work of the step. Undefined where no spans are made. */
	trace: TraceContext | undefined
	/** @param errorType one of few texts, when the step has failed */
	end(errorType?: string): void
}

/** Stands for a span where none is made. */
export const noSpan: PipelineSpan = { trace: undefined, end() {} }

type Messages = readonly { seq: number; cameAt: number; ticks: readonly unknown[] }[]

/**
 * Starts the span of a block of ticks, as of the arrival of its first message. It begins a trace, as a source sends none. A span for
 * each message would cost more than the rest.
 */
export function startBlockSpan(source: string, block: number, messages: Messages): PipelineSpan {
	const [first, last] = [messages[0], messages.at(-1)]
	if (!isTracing() || first === undefined) return noSpan
	const startTime = Date.now() - (performance.now() - first.cameAt)
	const { span, context } = startSpan('fold ticks', {
		kind: SpanKind.CONSUMER,
		startTime,
		attributes: {
			'mercat.source': source,
			'mercat.block': block,
			'mercat.first_seq': first.seq,
			'mercat.last_seq': last?.seq,
			'mercat.batch.size': messages.reduce((sum, { ticks }) => sum + ticks.length, 0),
		},
	})
	return {
		trace: context,
		end(errorType) {
			if (errorType !== undefined) failSpan(span, errorType)
			// The SDK has only milliseconds for the end of a span that has been given its start.
			span.end(startTime + performance.now() - first.cameAt)
		},
	}
}

/**
 * Starts the span of a round of prices, which starts from the blocks that decided them ({@link startingFrom}). Without a sampled
 * block a round has no span.
 *
 * @param prices how many the round has
 */
export function startRoundSpan(source: string, blocks: readonly TraceContext[], prices: number): PipelineSpan {
	if (!isTracing()) return noSpan
	if (!blocks.some(isSampled)) {
		// The catalog samples no work of a trace that says that it is not sampled. Of work without a trace it might.
		return { ...noSpan, trace: (blocks.length === 1 ? blocks[0] : undefined) ?? newTraceContext() }
	}
	const { span, context } = startSpan('apply prices', {
		...startingFrom([...blocks]),
		attributes: { 'mercat.source': source, 'mercat.batch.size': prices },
	})
	return {
		trace: context,
		end(errorType) {
			if (errorType !== undefined) failSpan(span, errorType)
			span.end()
		},
	}
}
