import type { CheckSettings, KnownProduct } from '../../src/checking/check-settings.ts'
import { createPriceChecks } from '../../src/checking/price-checks.ts'
import type { Verdict } from '../../src/checking/verdict.ts'
import { sourceDefaults } from '../../src/settings/source-settings.ts'
import { noon } from '../noon.ts'

/** Checks of a source with one product, whose clock the test moves. */
export function openChecks(settings: Partial<CheckSettings> = {}, product: Partial<KnownProduct> = {}) {
	let known: KnownProduct | undefined = { currency: 'EUR', amountMinor: 10_000, archived: false, ...product }
	let isOthers = false
	let nowMs = noon
	const needs = {
		settings: { ...sourceDefaults, ...settings },
		productOf: (sku: string) => (sku === 'GOLD' ? known : undefined),
		isOthers: () => isOthers,
	}
	const checks = createPriceChecks(needs)
	/** The source sends a price a second after the one before. */
	function send(amountMinor: number, { currency = 'EUR', sku = 'GOLD', agoMs = 0, isRepeated = false } = {}): Verdict {
		nowMs += 1_000
		return checks.judge({ sku, currency, amountMinor, atMs: nowMs - agoMs }, nowMs, isRepeated)
	}
	return {
		send,
		/** Sends a price again and again. */
		settle(amountMinor: number, ticks = 30): void {
			for (let tick = 0; tick < ticks; tick++) send(amountMinor)
		},
		setProduct(product: Partial<KnownProduct> | undefined): void {
			known = product && { currency: 'EUR', amountMinor: 10_000, archived: false, ...product }
		},
		giveToOthers(): void {
			isOthers = true
		},
		wait(ms: number): void {
			nowMs += ms
		},
	}
}

/** A verdict in short: its rule, or its kind. */
export function inShort(verdict: Verdict): string {
	return 'rule' in verdict ? `${verdict.kind} ${verdict.rule}` : verdict.kind
}
