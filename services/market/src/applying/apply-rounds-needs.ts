import type { TraceContext } from '@mercat/service/tracing'
import type { PipelineSpan } from '../telemetry/pipeline-spans.ts'
import type { CallAnswer, Outcome, SendOptions } from './call-answer.ts'
import type { CallPrices, NewRound } from './round.ts'

export type ApplyRoundsNeeds = {
	/**
	 * Stores a round in place of the one before. The same call again stores nothing if the first one did.
	 *
	 * @returns the first sequence of the round; undefined when another process has the source now
	 */
	storeRound(round: NewRound): Promise<number | undefined>
	/** Sends one call. Any error means that it may or may not have been applied. */
	send(sequence: number, prices: CallPrices, options: SendOptions): Promise<CallAnswer>
	/** Starts the span of a round with so many prices, which blocks of these traces have decided. */
	startSpan(blocks: readonly TraceContext[], prices: number): PipelineSpan
	/** Is told what became of the prices of a call. */
	settled(prices: CallPrices, outcomes: readonly Outcome[]): void
	/** Is told of prices that the catalog takes in no call. */
	refused(count: number): void
	/** Is called when another process has the source. Nothing is sent after it. */
	lost(): void
	log: { warn(facts: object, message: string): void; info(facts: object, message: string): void }
}
