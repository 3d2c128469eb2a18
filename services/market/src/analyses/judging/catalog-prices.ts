import type { CheckSettings, KnownProduct } from '../../checking/check-settings.ts'
import type { Verdict } from '../../checking/verdict.ts'
import type { JudgedTick } from '../../folding/blocks/judged-tick.ts'

type HeldVerdict = Extract<Verdict, { kind: 'hold' }>
type HeldPrice = { verdict: HeldVerdict; currency: string }
type Limits = Pick<CheckSettings, 'floorMinor' | 'ceilingMinor'>

/**
 * What the catalog has of each product while ticks are judged again. Of the catalog of that time nothing is known but the verdicts
 * from then, so it is taken to have the last price that was accepted now, or was approved then.
 */
export function createCatalogPrices(limits: Limits) {
	const prices = new Map<string, { currency: string; amountMinor: number }>()
	// What a hard guard held last then, by product.
	const held = new Map<string, HeldPrice>()
	const product: KnownProduct = { currency: '', amountMinor: 0, archived: false }

	function set({ sku, currency, amountMinor }: JudgedTick): void {
		const known = prices.get(sku)
		if (known === undefined) prices.set(sku, { currency, amountMinor })
		else {
			known.currency = currency
			known.amountMinor = amountMinor
		}
	}

	/** Whether a price was approved: no tick of the same source releases what a hard guard has held. */
	function isApproved({ sku, currency, amountMinor, verdict }: JudgedTick): boolean {
		if (verdict.kind === 'hold') {
			if (verdict.rule === 'OUTLIER') held.delete(sku)
			else held.set(sku, { verdict, currency })
		}
		if (verdict.kind !== 'accept') return false
		const hold = held.get(sku)
		held.delete(sku)
		if (hold === undefined) return false
		return verdict.anew || isBeyondLimit(hold.verdict, amountMinor) || isChangedCurrency(hold, currency)
	}

	return {
		/** What the catalog has of the product of a tick, before the tick is judged. Each tick changes the object. */
		productOf(tick: JudgedTick): KnownProduct {
			if (isApproved(tick)) set(tick)
			const known = prices.get(tick.sku)
			product.currency = currencyFor(tick, known?.currency)
			product.amountMinor = known?.currency === tick.currency ? known.amountMinor : firstPrice(tick, limits)
			return product
		},

		/** A price was accepted now. */
		accepted: set,
	}
}

/** The currency of the product. It is that of the tick, unless the verdict from then says otherwise. */
function currencyFor({ currency, verdict }: JudgedTick, known: string | undefined): string {
	if (isHeldFor(verdict, 'CURRENCY_CHANGED')) return ''
	const isLate = verdict.kind === 'refuse' && verdict.rule === 'LATE'
	return isLate ? (known ?? currency) : currency
}

/** What the first price of a product is compared with: what it was compared with then, or else itself. */
function firstPrice({ verdict, amountMinor }: JudgedTick, { floorMinor, ceilingMinor }: Limits): number {
	// A change from 0 has no figures.
	if (verdict.kind === 'hold' && isComparedWithLast(verdict)) return verdict.figures['fromMinor'] ?? 0
	// A price beyond a limit that the catalog had would pass.
	return Math.min(Math.max(amountMinor, floorMinor ?? 0), ceilingMinor ?? Number.POSITIVE_INFINITY)
}

function isComparedWithLast(verdict: Verdict): boolean {
	return isHeldFor(verdict, 'TICK_CHANGE') || isHeldFor(verdict, 'OUTLIER')
}

/** Whether a price is still beyond the limit by which one was held. */
function isBeyondLimit({ rule, figures: { floorMinor = 0, ceilingMinor = 0 } }: HeldVerdict, amount: number): boolean {
	return (rule === 'BELOW_FLOOR' && amount < floorMinor) || (rule === 'ABOVE_CEILING' && amount > ceilingMinor)
}

/** Whether a price is in the currency for which one was held. */
function isChangedCurrency({ verdict, currency }: HeldPrice, of: string): boolean {
	return verdict.rule === 'CURRENCY_CHANGED' && currency === of
}

function isHeldFor(verdict: Verdict, rule: string): boolean {
	return verdict.kind === 'hold' && verdict.rule === rule
}
