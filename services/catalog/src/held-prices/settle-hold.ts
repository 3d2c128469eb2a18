import type { HoldState } from './held-price.ts'
import { isSamePrice, type Price } from './judge-price.ts'

export type Decision = 'approved' | 'rejected'

/** A hold as a decision finds it. */
export type DecidedHold = { state: HoldState; newPrice: Price }

/**
 * What a decision about the price that a person has seen means for a hold: it takes effect now, it did before, or it comes
 * too late, because the hold has another price or has ended another way.
 */
export function settleHold(
	hold: DecidedHold,
	{ decision, price }: { decision: Decision; price: Price },
): 'now' | 'before' | 'tooLate' {
	if (!isSamePrice(hold.newPrice, price)) return 'tooLate'
	if (hold.state === 'open') return 'now'
	return hold.state === decision ? 'before' : 'tooLate'
}
