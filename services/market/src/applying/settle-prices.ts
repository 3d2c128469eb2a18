import type { HeldPrice } from '../holds/open-holds.ts'
import { countPrices, observeLag } from './applying-instruments.ts'
import type { Outcome } from './call-answer.ts'
import type { Decision } from './decision.ts'

export type SettlePricesNeeds = {
	/** Is told of a product whose price belongs to somebody else. */
	isOthers(sku: string): void
	/** Is told of a product whose price belongs to the source. */
	isOwn(sku: string): void
	/** Is told of a price that waits because a check of this service said so. */
	held(price: HeldPrice): void
	/** Is told of a product whose price is no longer held. */
	notHeld(sku: string): void
}

/** Takes note of what became of the prices of a source. */
export function settlePrices(source: string, { isOthers, isOwn, held, notHeld }: SettlePricesNeeds) {
	return (prices: readonly Decision[], outcomes: readonly Outcome[]): void => {
		prices.forEach(({ sku, currency, amountMinor, hold }, index) => {
			const outcome = outcomes[index]
			const { result } = outcome ?? {}
			if (result === 'applied' || result === 'unchanged' || result === 'held') isOwn(sku)
			if (result === 'other_source') isOthers(sku)
			else if (result === 'applied' || result === 'unchanged') notHeld(sku)
			// What the catalog holds by its own rules is for people.
			else if (outcome?.result === 'held' && hold !== undefined) {
				held({ id: outcome.holdId, sku, source, rule: hold.rule, currency, amountMinor })
			}
		})
		for (const [result, settled] of Map.groupBy(outcomes, ({ result }) => result))
			countPrices(source, result, settled.length)
		const now = performance.now()
		for (const { cameAt } of prices) if (cameAt !== undefined) observeLag(source, now - cameAt)
	}
}
