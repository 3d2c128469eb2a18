import { normalFrom, randomFrom } from '@mercat/market-exchange/random'
import { type CheckSettings, checkSettingsOf } from '../../src/checking/check-settings.ts'
import { createPriceChecks } from '../../src/checking/price-checks.ts'
import type { JudgedTick } from '../../src/folding/blocks/judged-tick.ts'
import { sourceDefaults } from '../../src/settings/source-settings.ts'

const startMinor = 10_000

/** Settings of the checks of a source. */
export function settingsWith(settings: Partial<CheckSettings> = {}): CheckSettings {
	return { ...checkSettingsOf(sourceDefaults), ...settings }
}

export type JudgedTicksOptions = {
	settings?: CheckSettings
	products?: number
	/** Of so many ticks, one is a tenth away from the others on average. */
	outlierEvery?: number
	/** The time of the first tick. */
	atMs: number
	/** Each tick is so much later than the one before. */
	everyMs?: number
}

/** Walks that return to their beginning, with a price that is far away now and then, as the checks have judged them. */
export function judgedTicks({
	settings = settingsWith(),
	products = 5,
	outlierEvery = 500,
	atMs,
	everyMs = 10,
}: JudgedTicksOptions) {
	const random = randomFrom(27)
	const amounts = Array.from({ length: products }, () => startMinor)
	const skus = amounts.map((_, product) => `SKU-${product}`)
	const catalog = new Map<string, number>()
	const checks = createPriceChecks({
		settings,
		productOf: (sku) => ({ currency: 'EUR', amountMinor: catalog.get(sku) ?? startMinor, archived: false }),
		isOthers: () => false,
	})
	let seq = 0

	function next(): JudgedTick {
		const product = seq % products
		const sku = skus[product] as string
		const before = amounts[product] as number
		const walked = before + (startMinor - before) / 20 + normalFrom(random) * startMinor * 0.002
		const isOutlier = random() * outlierEvery < 1
		const amountMinor = Math.round(isOutlier ? walked * 1.1 : walked)
		if (!isOutlier) amounts[product] = walked
		const tick = { sku, currency: 'EUR', amountMinor, available: undefined, atMs: Math.floor(atMs + seq * everyMs) }
		const verdict = checks.judge(tick, tick.atMs)
		if (verdict.kind === 'accept') catalog.set(sku, amountMinor)
		seq++
		return { ...tick, seq, verdict }
	}

	return { take: (count: number): JudgedTick[] => Array.from({ length: count }, next) }
}
