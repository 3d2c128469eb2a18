import type { Tick } from '../ticks/tick.ts'
import type { CheckSettings, KnownProduct } from './check-settings.ts'
import { createOpenHolds } from './open-holds.ts'
import { changeFigures, dayBreach, isBeyond, limitBreach, tickBreach } from './price-guards.ts'
import { createPriceStates } from './price-states.ts'
import { createPriceWindows } from './price-windows.ts'
import { accepted, acceptedAnew, acceptedLate, type Breach, refused, type Verdict } from './verdict.ts'

export type CheckNeeds = {
	settings: CheckSettings
	/** What the catalog has of a product; undefined when there is no such product. */
	productOf(sku: string): KnownProduct | undefined
	/** Whether the catalog has said that the price of the product belongs to another source. */
	isOthers(sku: string): boolean
}

type PricedTick = Pick<Tick, 'sku' | 'currency' | 'amountMinor' | 'atMs'>

export type PriceChecks = ReturnType<typeof createPriceChecks>

// A score of fewer changes says little, unless the source asks for a smaller window.
const usualLeastSamples = 20

/** The checks of the ticks of one source. They remember its accepted and its held prices. */
export function createPriceChecks({ settings, productOf, isOthers }: CheckNeeds) {
	const { leastMovePercent, threshold, maxTickChangePercent, maxDayChangePercent } = settings
	const leastSamples = Math.min(usualLeastSamples, settings.window)
	const maxAgeMs = settings.maxAgeS * 1_000
	const maxAheadMs = settings.maxAheadS * 1_000
	const states = createPriceStates()
	const windows = createPriceWindows(settings.window)
	const holds = createOpenHolds(settings)

	/** The rule that a price breaks when it is compared with those of its source. */
	function findBreach(slot: number, { currency, amountMinor, atMs }: PricedTick, known: number): Breach | undefined {
		const last = states.lastAmount(slot, currency)
		// The first price of a source is compared with that of the catalog.
		if (last === undefined) return tickBreach(known, amountMinor, maxTickChangePercent)
		if (amountMinor === last) return undefined
		const first = states.firstAmount(slot, atMs)
		return (
			tickBreach(last, amountMinor, maxTickChangePercent) ??
			(first === undefined ? undefined : dayBreach(first, amountMinor, maxDayChangePercent)) ??
			outlier(slot, last, amountMinor)
		)
	}

	function outlier(slot: number, last: number, amount: number): Breach | undefined {
		if (!isBeyond(last, amount, leastMovePercent) || windows.count(slot) < leastSamples) return undefined
		const score = windows.score(slot, Math.log(amount / last))
		if (score <= threshold) return undefined
		const figures = { ...changeFigures(last, amount), threshold }
		// A price that was steady before has an infinite score.
		return { rule: 'OUTLIER', figures: Number.isFinite(score) ? { ...figures, score } : figures }
	}

	/**
	 * Whether a price that breaks a rule was approved: it agrees with the price that the catalog has, which breaks the same rule. A
	 * person has approved it, or the catalog got it from a second source.
	 */
	function isApproved(slot: number, { currency, amountMinor, atMs }: PricedTick, known: number, { rule }: Breach) {
		if (isBeyond(known, amountMinor, leastMovePercent)) return false
		const base = rule === 'DAY_CHANGE' ? states.firstAmount(slot, atMs) : states.lastAmount(slot, currency)
		return base !== undefined && isBeyond(base, known, rule === 'DAY_CHANGE' ? maxDayChangePercent : leastMovePercent)
	}

	function accept(slot: number, { currency, amountMinor, atMs }: PricedTick, anew: boolean): void {
		const last = states.lastAmount(slot, currency)
		if (anew || last === undefined) windows.clear(slot)
		else if (amountMinor === last) windows.push(slot, 0)
		// A change from 0 or to 0 has no logarithm.
		else if (amountMinor === 0 || last === 0) windows.clear(slot)
		else windows.push(slot, Math.log(amountMinor / last))
		states.accept(slot, currency, amountMinor, atMs, anew)
		holds.end(slot)
	}

	function isKnown(slot: number, { currency, amountMinor, atMs }: PricedTick): boolean {
		const lastMs = states.lastTime(slot)
		return atMs < lastMs || (atMs === lastMs && amountMinor === states.lastAmount(slot, currency))
	}

	/** @param known the price that the catalog has, in the currency of the tick */
	function judgePrice(slot: number, tick: PricedTick, known: number): Verdict {
		const limit = limitBreach(tick.amountMinor, known, settings)
		const breach = limit ?? findBreach(slot, tick, known)
		if (tick.atMs < states.lastTime(slot)) {
			if (breach !== undefined) return refused('LATE')
			states.acceptLate(slot, tick.amountMinor, tick.atMs)
			return acceptedLate
		}
		if (breach === undefined) {
			const isAnew = states.hasPrice(slot) && states.lastAmount(slot, tick.currency) === undefined
			accept(slot, tick, isAnew)
			return isAnew ? acceptedAnew : accepted
		}
		const isReleased =
			(limit === undefined && isApproved(slot, tick, known, breach)) ||
			holds.note(slot, tick, breach.rule !== 'OUTLIER')
		if (!isReleased) return { kind: 'hold', ...breach }
		accept(slot, tick, true)
		return acceptedAnew
	}

	return {
		/**
		 * Judges a tick, and remembers the verdict.
		 *
		 * @param nowMs milliseconds since 1970
		 * @param isRepeated whether it is of a snapshot, so that it may have come before
		 */
		judge(tick: PricedTick, nowMs: number, isRepeated = false): Verdict {
			const { sku, currency, atMs } = tick
			if (atMs > nowMs + maxAheadMs) return refused('CLOCK_AHEAD')
			if (atMs < nowMs - maxAgeMs) return refused('TOO_OLD')
			const product = productOf(sku)
			if (product === undefined || product.archived) return refused('UNKNOWN_SKU')
			if (isOthers(sku)) return refused('OTHER_SOURCE')
			const slot = states.slotOf(sku)
			if (isRepeated && isKnown(slot, tick)) return refused('KNOWN')
			if (product.currency === currency) return judgePrice(slot, tick, product.amountMinor)
			if (atMs < states.lastTime(slot)) return refused('LATE')
			holds.note(slot, tick, true)
			return { kind: 'hold', rule: 'CURRENCY_CHANGED', figures: {} }
		},

		/** Remembers a tick that was judged before, with its verdict, as if it had been judged now. */
		replay(tick: PricedTick, verdict: Verdict): void {
			const { kind } = verdict
			if (kind === 'refuse') return
			const slot = states.slotOf(tick.sku)
			if (kind === 'accept') accept(slot, tick, verdict.anew)
			else if (kind === 'late') states.acceptLate(slot, tick.amountMinor, tick.atMs)
			else holds.note(slot, tick, verdict.rule !== 'OUTLIER')
		},

		/** Restores the first accepted price of the day that has `atMs`, before later prices are replayed. */
		restoreFirst({ sku, amountMinor, atMs }: Omit<PricedTick, 'currency'>): void {
			states.restoreFirst(states.slotOf(sku), amountMinor, atMs)
		},

		/** Restores the last accepted price of a product that no tick has told since the start. */
		restoreLast(tick: PricedTick): void {
			const slot = states.slotOf(tick.sku)
			if (!states.hasPrice(slot)) accept(slot, tick, false)
		},
	}
}
