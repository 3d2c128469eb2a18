import type { TraceContext } from '@mercat/service/tracing'
import type { CallPrices } from './round.ts'

export type SendOptions = { signal: AbortSignal; trace?: TraceContext }

export type PriceResult = 'applied' | 'unchanged' | 'held' | 'unknown' | 'archived' | 'other_source'

/** What became of a price. */
export type Outcome = {
	result: PriceResult
	/** Names the hold of a held price. */
	holdId: string
}

/** What the catalog says to a call. */
export type CallAnswer =
	/** One outcome for each price, in their order. */
	| { kind: 'applied'; outcomes: readonly Outcome[] }
	/** The catalog has a later sequence of the source, or other prices with this one. Nothing has changed. */
	| { kind: 'later'; lastSequence: number }
	/** Some of the prices break a rule of every call, so that the catalog took none. It may take the others, which are fewer. */
	| { kind: 'invalid'; valid: CallPrices; detail: string }
