import type { Budget } from '@mercat/service/budget'
import type { FoundBars, History } from './bar-page.ts'
import type { Price } from './price-bars.ts'

/** A price and when it was in force, in microseconds since 1970. The present one has no end. */
export type PricePeriod = Price & { beganAt: number; endedAt: number | undefined }

/** Undefined bounds are those of the history. */
export type Range = { from: number | undefined; to: number | undefined }

export type FoundPeriods = { history: History; periods: PricePeriod[] }

export type BarsRange = {
	stepUs: number
	/** The numbers of the first step and of the one after the last; infinite where the history bounds them. */
	fromStep: number
	toStep: number
	/** How many bars of days to read. */
	mostBars: number
	/** How many prices that are not folded to read. */
	mostPrices: number
}

/** What the pages of a history read. */
export type PriceReads = {
	/** The first prices that were in force in a range, at most so many; undefined when there is no such product. */
	readPeriods(sku: string, range: Range, most: number, budget?: Budget): Promise<FoundPeriods | undefined>
	/** What tells the bars of a range; undefined when there is no such product. */
	readBars(sku: string, range: BarsRange, budget?: Budget): Promise<FoundBars | undefined>
}
