import type { Ticks } from '@mercat/market-api/tick-schemas'
import type { Budget } from '@mercat/service/budget'
import type { ReadLatestPrice } from '../folding/bars/reading/read-latest-price.ts'
import { isStale, type SourceState } from '../sources/list-sources.ts'

export type TellLatestNeeds = {
	readLatestPrice: ReadLatestPrice
	/** The source that the price of a product belongs to; undefined while the catalog has not said it. */
	sourceOf(sku: string, budget: Budget): Promise<string | undefined>
	readStates(budget: Budget): Promise<SourceState[]>
	/** How long each source of the settings may be silent. */
	staleAfterS: ReadonlyMap<string, number>
}

export type TellLatest = (sku: string, budget: Budget) => Promise<Ticks['latest']>

/** Tells the last accepted price of a product, whose it is, and whether it may be another one by now. */
export function tellLatest({ readLatestPrice, sourceOf, readStates, staleAfterS }: TellLatestNeeds): TellLatest {
	return async (sku, budget) => {
		const [price, source, states] = await Promise.all([
			readLatestPrice(sku, budget),
			sourceOf(sku, budget),
			readStates(budget),
		])
		if (price === undefined) return undefined
		const { currency, amountMinor, atMs } = price
		const state = states.find(({ name }) => name === source)
		return {
			price: { amountMinor, currency },
			at: new Date(atMs).toISOString(),
			...(source !== undefined && { source }),
			stale: state === undefined || isStale(state, staleAfterS),
		}
	}
}
