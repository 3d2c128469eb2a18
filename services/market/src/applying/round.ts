import { partsOf } from '@mercat/service/parts-of'
import type { TraceContext } from '@mercat/service/tracing'
import type { Decision } from './decision.ts'
import type { PendingPrices } from './pending-prices.ts'

/** The prices of one call. Each is of another product. */
export type CallPrices = readonly Decision[]

/** Prices that go to the catalog together. They are stored before the first call is sent. */
export type Round = {
	/** The sequence of the first call. Each further call has the next one. */
	firstSequence: number
	calls: readonly CallPrices[]
	/** The round has the newest price of every product in the blocks up to this one. Later blocks are in no round yet. */
	uptoBlock: number
}

/** What a round is stored with: everything but its sequences, which the store gives it. */
export type NewRound = Omit<Round, 'firstSequence'> & {
	/** The latest sequence of the source that this process knows of. */
	previousSequence: number
	/** The sequences of the round are above it. */
	above: number
	trace?: TraceContext
}

// The catalog takes no more.
const mostPrices = 500

/**
 * Divides prices into calls. A product may have an accepted price and a later one that is held: the accepted one is applied
 * first, in a call of its own.
 */
export function toCalls({ accepted, held }: ReturnType<PendingPrices['take']>): CallPrices[] {
	return [...partsOf(accepted, mostPrices), ...partsOf(held, mostPrices)]
}

export function lastSequenceOf({ firstSequence, calls }: Round): number {
	return firstSequence + calls.length - 1
}

/** Whether a sequence is one of the later calls of a round. */
export function isWithin(round: Round, sequence: number): boolean {
	return sequence > round.firstSequence && sequence <= lastSequenceOf(round)
}

/** What is left of a round after its first call. */
export function restOf({ firstSequence, calls, uptoBlock }: Round): Round | undefined {
	return calls.length < 2 ? undefined : { firstSequence: firstSequence + 1, calls: calls.slice(1), uptoBlock }
}
