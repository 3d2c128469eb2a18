/** An amount in the minor units of its currency. */
export type Price = { currency: string; amountMinor: number }

export type HoldRule = 'PRICE_FELL' | 'PRICE_ROSE' | 'CURRENCY_CHANGED'

/** The rule that a new price breaks, with the numbers that it has compared. */
export type RuleBreach = { rule: HoldRule; figures: Record<string, number> }

/** The limit for a source that has none of its own. */
export const usualMaxPriceChangePercent = 50

/** The rule that holds the new price of a source; undefined when the price may be applied at once. */
export function judgePrice(old: Price, next: Price, maxPriceChangePercent: number): RuleBreach | undefined {
	if (old.currency !== next.currency) return { rule: 'CURRENCY_CHANGED', figures: {} }
	const change = next.amountMinor - old.amountMinor
	// Without a division, a change of exactly the limit is within it: 7 / 100 * 100 is more than 7.
	if (Math.abs(change) * 100 <= maxPriceChangePercent * old.amountMinor) return undefined
	const rule = change < 0 ? 'PRICE_FELL' : 'PRICE_ROSE'
	// From 0 there is no percentage.
	if (old.amountMinor === 0) return { rule, figures: { maxPriceChangePercent } }
	return { rule, figures: { changePercent: (change * 100) / old.amountMinor, maxPriceChangePercent } }
}

export function isSamePrice(one: Price, other: Price): boolean {
	return one.currency === other.currency && one.amountMinor === other.amountMinor
}
