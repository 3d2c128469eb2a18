/** An amount in the minor units of its currency. */
export type Price = { currency: string; amountMinor: number }

/** The rules of the catalog itself. A caller that holds a price has rules of its own. */
export const ownRules = ['PRICE_FELL', 'PRICE_ROSE', 'CURRENCY_CHANGED', 'BELOW_FLOOR', 'ABOVE_CEILING'] as const

export type HoldRule = (typeof ownRules)[number]

/** The rule that a new price breaks, with the numbers that it has compared. */
export type RuleBreach = { rule: HoldRule; figures: Record<string, number> }

/** The least and the highest price that a source may set for a product; null where there is none. */
export type PriceLimits = { currency: string; floorMinor: number | null; ceilingMinor: number | null }

export type PriceGuards = {
	/** A price that falls or rises by more is held. */
	maxPriceChangePercent: number
	/** They tell nothing of a price in another currency. */
	limits?: PriceLimits | undefined
}

/** The limit for a source that has none of its own. */
export const usualMaxPriceChangePercent = 50

/** The rule that holds the new price of a source; undefined when the price may be applied at once. */
export function judgePrice(
	old: Price,
	next: Price,
	{ maxPriceChangePercent, limits }: PriceGuards,
): RuleBreach | undefined {
	if (old.currency !== next.currency) return { rule: 'CURRENCY_CHANGED', figures: {} }
	const { floorMinor = null, ceilingMinor = null } = limits?.currency === next.currency ? limits : {}
	if (floorMinor !== null && next.amountMinor < floorMinor) return { rule: 'BELOW_FLOOR', figures: { floorMinor } }
	if (ceilingMinor !== null && next.amountMinor > ceilingMinor) {
		return { rule: 'ABOVE_CEILING', figures: { ceilingMinor } }
	}
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
