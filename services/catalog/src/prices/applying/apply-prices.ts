import type { ApplyPricesRequest__Output as Request } from '@mercat/catalog-api/messages/ApplyPricesRequest'
import type { ApplyPricesResponse as Response } from '@mercat/catalog-api/messages/ApplyPricesResponse'
import type { PriceOutcome } from '@mercat/catalog-api/messages/PriceOutcome'
import type { Budget } from '@mercat/service/budget'
import { countHoldWrites } from '../../held-prices/count-holds.ts'
import type { HoldWrites } from '../../held-prices/hold-book.ts'
import type { SentPrices } from './sent-prices.ts'
import { readSentPrices } from './sent-prices.ts'

/** How a call ended. Only a sequence that is later than all before has written anything. */
export type AppliedPrices =
	| { kind: 'now'; outcomes: PriceOutcome[]; holds: HoldWrites }
	| { kind: 'before'; outcomes: PriceOutcome[] }
	| { kind: 'tooLate'; lastSequence: number }

export type ApplyPricesNeeds = {
	/**
	 * Decides and writes the prices, and stores their outcomes.
	 *
	 * @throws GeneralError INVALID_REQUEST when a hold ends in the past
	 */
	apply(sent: SentPrices, budget: Budget): Promise<AppliedPrices>
}

/** Sets prices of a source, or holds them. The same sequence again has the same outcomes, and an older one does nothing. */
export function applyPrices({ apply }: ApplyPricesNeeds) {
	return async (request: Request, budget: Budget): Promise<Response> => {
		const sent = readSentPrices(request)
		const applied = await apply(sent, budget)
		if (applied.kind === 'tooLate') return { outcomes: [], lastSequence: applied.lastSequence }
		if (applied.kind === 'now') countHoldWrites(applied.holds)
		return { outcomes: applied.outcomes, lastSequence: sent.sequence }
	}
}
