import type { CheckSettings } from '../../checking/check-settings.ts'
import { createPriceChecks } from '../../checking/price-checks.ts'
import type { Verdict } from '../../checking/verdict.ts'
import type { JudgedTick } from '../../folding/blocks/judged-tick.ts'
import { createCatalogPrices } from './catalog-prices.ts'
import type { Difference, Judged } from './judging-result.ts'
import { createVerdictCounts, isSameVerdict, tellVerdict } from './verdict-counts.ts'

/** The first accepted price of a product on a day. */
export type FirstPrice = { sku: string; amountMinor: number; atMs: number }

const mostDifferences = 100

/**
 * Judges the ticks of a source again, by other settings than those of the time when they came. The checks know nothing of before. The
 * ticks are given in their order.
 */
export function judgeAgain(settings: CheckSettings) {
	const catalog = createCatalogPrices(settings)
	let current: JudgedTick
	const checks = createPriceChecks({
		settings,
		productOf: () => catalog.productOf(current),
		// Those that were refused for it are not judged again.
		isOthers: () => false,
	})
	const now = createVerdictCounts()
	const before = createVerdictCounts()
	const differences: Difference[] = []
	let ticks = 0
	let different = 0

	function judge(tick: JudgedTick, atMs: number): Verdict {
		if (isOfCatalog(tick.verdict)) return tick.verdict
		current = tick
		const isRepeated = tick.verdict.kind === 'refuse' && tick.verdict.rule === 'KNOWN'
		const verdict = checks.judge(tick, atMs, isRepeated)
		if (verdict.kind === 'accept') catalog.accepted(tick)
		return verdict
	}

	function note({ seq, sku, currency, amountMinor, atMs, verdict: old }: JudgedTick, verdict: Verdict): void {
		ticks++
		now.add(verdict)
		before.add(old)
		if (isSameVerdict(old, verdict)) return
		different++
		if (differences.length === mostDifferences) return
		const verdicts = { before: tellVerdict(old), now: tellVerdict(verdict) }
		differences.push({ seq, sku, currency, amountMinor, atMs, ...verdicts })
	}

	return {
		/** The first prices of the day, before its other ticks. */
		restoreFirst(prices: readonly FirstPrice[]): void {
			for (const price of prices) checks.restoreFirst(price)
		},

		/**
		 * Judges the ticks of a block.
		 *
		 * @param atMs when they were judged then, in milliseconds since 1970
		 * @param isCounted whether they belong to the result, or only come before those that do
		 */
		judge(block: readonly JudgedTick[], atMs: number, isCounted: boolean): void {
			for (const tick of block) {
				const verdict = judge(tick, atMs)
				if (isCounted) note(tick, verdict)
			}
		},

		/** How many ticks belong to the result until now. */
		ticks: () => ticks,

		result: (): Judged => ({
			ticks,
			verdicts: now.read(),
			verdictsBefore: before.read(),
			different,
			differences,
		}),
	}
}

/** Whether the catalog, or the form of the tick, has decided and not the settings. */
function isOfCatalog(verdict: Verdict): boolean {
	if (verdict.kind !== 'refuse') return false
	return verdict.rule === 'BAD_TICK' || verdict.rule === 'UNKNOWN_SKU' || verdict.rule === 'OTHER_SOURCE'
}
