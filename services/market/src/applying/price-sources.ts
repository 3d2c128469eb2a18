import type { Budget } from '@mercat/service/budget'

export type PriceSourcesNeeds = {
	/** Stores whose the prices of products are. Both lists are in the same order. */
	store(skus: readonly string[], sources: readonly string[]): Promise<unknown>
	/** The stored source that the price of a product belongs to. */
	find(sku: string, budget?: Budget): Promise<string | undefined>
}

export type PriceSources = {
	/** The catalog has taken a price of a product from a source: the price is its own. */
	note(sku: string, source: string): void
	/** The source that the price of a product belongs to; undefined while the catalog has not said it. */
	find(sku: string, budget?: Budget): Promise<string | undefined>
	/** Stores what has changed. Is called again and again. */
	store(): Promise<void>
}

// With a call every two seconds, ten minutes: another process may have stored another source meanwhile.
const callsUntilForgotten = 300

/** Remembers which source the price of each product belongs to, as the catalog has said last. */
export function createPriceSources({ store, find }: PriceSourcesNeeds): PriceSources {
	const known = new Map<string, string>()
	let changed = new Map<string, string>()
	let calls = 0

	return {
		note(sku, source) {
			if (known.get(sku) === source) return
			known.set(sku, source)
			changed.set(sku, source)
		},
		find: async (sku, budget) => changed.get(sku) ?? find(sku, budget),
		async store() {
			if (++calls % callsUntilForgotten === 0) known.clear()
			if (changed.size === 0) return
			const storing = new Map(changed)
			await store([...storing.keys()], [...storing.values()])
			// What has changed since waits for the next call.
			changed = new Map([...changed].filter(([sku, source]) => storing.get(sku) !== source))
		},
	}
}
