import { normalFrom, randomFrom } from '@mercat/market-exchange/random'
import { describe, expect, test } from 'vitest'
import { createPriceChecks } from '../../src/checking/price-checks.ts'
import { type SourceSettings, sourceDefaults } from '../../src/settings/source-settings.ts'

const ticks = 100_000
const skus = Array.from({ length: 20 }, (_, index) => `SKU-${index}`)

/**
 * Random walks of 20 products, a tick every five minutes of each, and how many of 100,000 ticks are held by each rule. A price that is
 * held is not sent again.
 *
 * @param stepPercent the standard deviation of a step
 */
function walk(settings: Partial<SourceSettings>, stepPercent: number): Record<string, number> {
	const random = randomFrom(1)
	const prices = skus.map(() => 1_000_000)
	const checks = createPriceChecks({
		settings: { ...sourceDefaults, ...settings },
		productOf: () => ({ currency: 'EUR', amountMinor: 1_000_000, archived: false }),
		isOthers: () => false,
	})
	const held: Record<string, number> = {}
	let atMs = Date.UTC(2026, 0, 1)
	for (let tick = 0; tick < ticks; tick++) {
		const place = tick % skus.length
		if (place === 0) atMs += 300_000
		const amountMinor = Math.round(prices[place]! * Math.exp((normalFrom(random) * stepPercent) / 100))
		const verdict = checks.judge({ sku: skus[place]!, currency: 'EUR', amountMinor, atMs }, atMs)
		if (verdict.kind === 'accept') prices[place] = amountMinor
		else if (verdict.kind === 'hold') held[verdict.rule] = (held[verdict.rule] ?? 0) + 1
	}
	return held
}

describe('a plain random walk of 100,000 ticks', () => {
	test('with steps of 0.5 % holds nothing', () => {
		expect(walk({}, 0.5)).toEqual({})
	})

	test('holds as many ticks as the threshold and the least move allow', () => {
		const rates: Record<string, unknown>[] = []
		for (const stepPercent of [0.5, 2]) {
			for (const leastMovePercent of [0.5, 2, 5]) {
				for (const threshold of [3, 4, 6]) {
					const held = walk({ leastMovePercent, threshold, maxDayChangePercent: 1_000_000 }, stepPercent)
					const heldPercent = ((held['OUTLIER'] ?? 0) * 100) / ticks
					rates.push({ stepPercent, leastMovePercent, threshold, heldPercent })
				}
			}
		}
		console.table(rates)
		const rateOf = (stepPercent: number, leastMovePercent: number, threshold: number) =>
			rates.find(
				(rate) =>
					rate['stepPercent'] === stepPercent &&
					rate['leastMovePercent'] === leastMovePercent &&
					rate['threshold'] === threshold,
			)?.['heldPercent']
		// Of normally distributed steps 0.27 % are farther than three standard deviations from the mean. A window knows these nearly.
		expect(rateOf(0.5, 0.5, 3)).toBeGreaterThan(0.2)
		expect(rateOf(0.5, 0.5, 3)).toBeLessThan(1)
		expect(rateOf(0.5, 0.5, 6)).toBeLessThan(0.01)
		expect(rateOf(0.5, 5, 3)).toBe(0)
	})
})
