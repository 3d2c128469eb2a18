import type { SourceHold, SourcePrice } from '@mercat/catalog/source-price-audit'
import type { LastDecision } from '@mercat/market/last-decisions'
import { holdRules } from '@mercat/market/verdict'

type Money = { currency: string; amountMinor: number }

// The clock of the market and that of the catalog's database may differ so much.
const clocksMs = 60_000

const ownRules = new Set<string>(holdRules)

/**
 * The fault of the price of a product, after the catalog has answered the last call of its source. Whoever may change prices may have
 * set another one since then.
 */
export function acceptedFault(
	{ accepted, acceptedMs, earlier }: LastDecision,
	price: SourcePrice | undefined,
	holds: readonly SourceHold[],
): string | undefined {
	if (accepted === undefined || !price?.isOwned || isSame(price, accepted)) return undefined
	// The catalog has rules and limits of its own.
	if (holds.some((hold) => isSame(hold, accepted))) return undefined
	const beganMs = price.beganMs ?? Number.NEGATIVE_INFINITY
	const finding = `its price is ${textOf(price)}, and its source has had ${textOf(accepted)} accepted`
	if (beganMs <= acceptedMs - clocksMs) return finding
	const isEarlier = price.currency === accepted.currency && earlier.includes(price.amountMinor)
	return isEarlier && beganMs < acceptedMs + clocksMs ? `${finding} later` : undefined
}

/** The fault of what is held of a product. */
export function heldFault(
	{ accepted, held }: LastDecision,
	price: SourcePrice | undefined,
	holds: readonly SourceHold[],
): string | undefined {
	if (!price?.isOwned) return undefined
	if (held !== undefined) {
		// Whatever became of it, the catalog knows of it.
		if (isSame(price, held) || holds.some((hold) => isSame(hold, held))) return undefined
		return `${textOf(held)} is to be held, and the catalog has no such hold`
	}
	if (accepted === undefined) return undefined
	const stale = holds.find((hold) => hold.isOpen && ownRules.has(hold.rule) && !isSame(hold, accepted))
	if (stale === undefined) return undefined
	return `${textOf(stale)} is held (${stale.rule}), and its source has had ${textOf(accepted)} accepted later`
}

function isSame(one: Money, other: Money): boolean {
	return one.currency === other.currency && one.amountMinor === other.amountMinor
}

function textOf({ currency, amountMinor }: Money): string {
	return `${amountMinor} ${currency}`
}
