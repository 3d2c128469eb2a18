import type { JudgedTick } from './judged-tick.ts'

/** A price that the catalog is to get: to apply it, or to hold it. */
type DecidedPrice = {
	sku: string
	currency: string
	amountMinor: number
	/** Missing for a price that may be applied. */
	hold?: { rule: string; figures: Record<string, number> }
	/** When its message came, on the clock of `performance.now()`. Missing for a stored tick. */
	cameAt?: number
}

/** The prices of ticks, without those that were refused or came late. */
export function* decisionsOf(ticks: Iterable<JudgedTick>): Generator<DecidedPrice> {
	for (const { sku, currency, amountMinor, verdict, cameAt } of ticks) {
		if (verdict.kind === 'accept') yield { sku, currency, amountMinor, cameAt }
		else if (verdict.kind === 'hold') {
			const { rule, figures } = verdict
			yield { sku, currency, amountMinor, hold: { rule, figures }, cameAt }
		}
	}
}
