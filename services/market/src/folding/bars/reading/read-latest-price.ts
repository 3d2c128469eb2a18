import type { Budget } from '@mercat/service/budget'
import type { SkuBars } from '../open-bars.ts'

/** The last accepted price of a product. The time is in milliseconds since 1970, by the clock of its source. */
export type LatestPrice = { currency: string; amountMinor: number; atMs: number }

export type ReadLatestPriceNeeds = {
	/** The last price in the stored bars of a product. */
	findLast(sku: string, budget?: Budget): Promise<LatestPrice | undefined>
	/** The bars of a product that this process has not stored yet. */
	openBars(sku: string): SkuBars[]
}

export type ReadLatestPrice = (sku: string, budget?: Budget) => Promise<LatestPrice | undefined>

/** Reads the last accepted price of a product. Of a source that another process follows, it may be some seconds old. */
export function createReadLatestPrice({ findLast, openBars }: ReadLatestPriceNeeds): ReadLatestPrice {
	return async (sku, budget) => {
		// Asked first: bars that are stored meanwhile are in both.
		const open = openBars(sku).flatMap(({ bars }) => bars)
		let latest = await findLast(sku, budget)
		for (const { currency, close, beginMs, closeMs } of open) {
			const atMs = beginMs + closeMs
			if (latest === undefined || atMs >= latest.atMs) latest = { currency, amountMinor: close, atMs }
		}
		return latest
	}
}
